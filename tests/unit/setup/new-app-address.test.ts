import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { newAppAddress } from '../../../electron/setup/new-app-address.ts';

const manifest = readFileSync('slack-manifest.yml', 'utf8');

describe('the address of Slack’s page for a new app', () => {
  it('brings along what the manifest says, without its comments, in at most 2,000 characters', () => {
    const address = newAppAddress(manifest) ?? '';
    const url = new URL(address);
    expect(url.origin + url.pathname).toBe('https://api.slack.com/apps');
    expect([...url.searchParams.keys()]).toEqual(['new_app', 'manifest_json']);
    expect(url.searchParams.get('new_app')).toBe('1');
    expect(JSON.parse(url.searchParams.get('manifest_json') ?? '')).toEqual(parse(manifest));
    expect(address.length).toBeLessThanOrEqual(2_000);
    expect(address).toBe(url.href);
  });

  it('keeps what a team wrote into its own manifest', () => {
    const own = manifest.replace('display_name: ticket_agent', 'display_name: "Hilfe & Co. #1 + 日本"');
    const read = JSON.parse(new URL(newAppAddress(own) ?? '').searchParams.get('manifest_json') ?? '');
    expect(read.features.bot_user.display_name).toBe('Hilfe & Co. #1 + 日本');
  });

  it('is none where it would be longer, or where that is no manifest', () => {
    expect(newAppAddress(manifest.replace('AI Ticket Agent', 'A'.repeat(200)))).toBeNull();
    expect(newAppAddress('')).toBeNull();
    expect(newAppAddress('a: b: c')).toBeNull();
  });
});
