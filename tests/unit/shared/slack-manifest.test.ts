import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { botScopes, scopeUses, slackManifest } from '../../../shared/slack-manifest.ts';
import { ourFiles, readOurs } from '../tools/documents.ts';

const text = readFileSync('slack-manifest.yml', 'utf8');
const code = ourFiles('electron/**/*.ts').map(readOurs).join('\n');

/** Events, and the scopes that Slack wants for them. Source: each event's page on docs.slack.dev/reference/events. */
const eventScopes: Record<string, string[]> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
  reaction_added: ['reactions:read'],
};

describe('slack-manifest.yml', () => {
  it('says what its source says', () => {
    expect(parse(text)).toEqual(slackManifest);
  });

  it('gives a reason above each scope and event', () => {
    const lines = text.split('\n').map((line) => line.trim());
    const above = [...botScopes, ...slackManifest.settings.event_subscriptions.bot_events].map(
      (name) => lines[lines.indexOf(`- ${name}`) - 1],
    );
    expect(above.filter((line) => !line?.startsWith('# '))).toEqual([]);
    expect(above.length).toBeGreaterThan(12);
  });

  it('asks for the scopes of its events, for none twice, and for no event without a scope', () => {
    const events = slackManifest.settings.event_subscriptions.bot_events;
    expect(Object.keys(eventScopes).toSorted()).toEqual(events.toSorted());
    for (const event of events) expect(botScopes).toEqual(expect.arrayContaining(eventScopes[event] ?? []));
    expect(new Set(botScopes).size).toBe(botScopes.length);
  });

  it('keeps to Slack’s limits: names of 24, descriptions of 150 characters', () => {
    expect(slackManifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(slackManifest.display_information.description.length).toBeLessThanOrEqual(140);
    for (const { name, description } of slackManifest.features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });

  it('has each scope explained in the privacy page', () => {
    const page = readOurs('docs/privacy.md');
    expect(botScopes.filter((scope) => !page.includes(`\`${scope}\``))).toEqual([]);
  });

  it.each(slackManifest.features.slash_commands.map(({ command }) => command))(
    'offers %s, which is answered',
    (name) => {
      expect(code).toContain(`'${name}'`);
    },
  );

  it('says what is lost without each scope', () => {
    for (const { loss, reason } of scopeUses) expect(loss.length * reason.length).toBeGreaterThan(0);
  });
});
