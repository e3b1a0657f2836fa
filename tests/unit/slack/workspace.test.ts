import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isExternal, isForeign } from '../../../electron/slack/workspace.ts';

const ours = { teamId: 'T111' };
const inGrid = { teamId: 'T111', enterpriseId: 'E1' };
/** `auth.test` of an app that is installed for a whole organisation. */
const orgWide = { teamId: 'E1', enterpriseId: 'E1' };

const command = (place: object) => ({ command: '/ticket', user_id: 'U1', text: 'x', ...place });
const click = (place: object) => ({ type: 'block_actions', actions: [], user: { id: 'U1' }, ...place });
const event = (place: object) => ({ type: 'event_callback', event: { type: 'app_mention' }, ...place });

describe('a foreign delivery', () => {
  it.each([
    ['a command of another workspace', command({ team_id: 'T9' }), ours],
    ['a command of another enterprise', command({ team_id: 'T9', enterprise_id: 'E9' }), inGrid],
    ['a command of an enterprise, where we have none', command({ team_id: 'T9', enterprise_id: 'E9' }), ours],
    ['a click of another workspace', click({ team: { id: 'T9', domain: 'evil' }, enterprise: null }), ours],
    ['a click of another organisation', click({ team: null, enterprise: { id: 'E9', name: 'x' } }), orgWide],
    ['an event for another installation', event({ team_id: 'T9', authorizations: [{ team_id: 'T9' }] }), ours],
    ['an event that was delivered for another workspace', event({ context_team_id: 'T9' }), ours],
    ['an event that was delivered for another enterprise', event({ context_enterprise_id: 'E9' }), inGrid],
    [
      'a view of another installation',
      { type: 'view_submission', team: null, view: { app_installed_team_id: 'T9' } },
      ours,
    ],
  ])('is %s', (_, body, workspace) => {
    expect(isForeign(body, workspace)).toBe(true);
  });

  it.each([
    ['a command of our workspace', command({ team_id: 'T111', is_enterprise_install: 'false' }), ours],
    ['a command of another workspace of our enterprise', command({ team_id: 'T2', enterprise_id: 'E1' }), inGrid],
    [
      'a command in an org-wide install',
      command({ team_id: 'T2', enterprise_id: 'E1', is_enterprise_install: 'true' }),
      orgWide,
    ],
    [
      'a click in an org-wide install',
      click({ team: null, enterprise: { id: 'E1' }, is_enterprise_install: true }),
      orgWide,
    ],
    ['a click whose team alone names our enterprise', click({ team: { id: 'T2', enterprise_id: 'E1' } }), inGrid],
    [
      'a click of our workspace by somebody of another',
      click({ team: { id: 'T111' }, user: { id: 'U9', team_id: 'T9' } }),
      ours,
    ],
    [
      'an event of a shared channel, delivered for us',
      event({ team_id: 'T9', authorizations: [{ team_id: 'T111' }] }),
      ours,
    ],
    ['an event of a shared channel, of our context', event({ team_id: 'T9', context_team_id: 'T111' }), ours],
    [
      'an event of a shared channel, of our organisation',
      event({ team_id: 'T9', context_enterprise_id: 'E1' }),
      inGrid,
    ],
    [
      'a view opened through Slack Connect, installed with us',
      { type: 'view_submission', team: { id: 'T9' }, view: { app_installed_team_id: 'T111' } },
      ours,
    ],
    ['one that names no place', click({ team: null, enterprise: null }), ours],
    ['one with empty places', command({ team_id: '', enterprise_id: null }), inGrid],
    ['one that is no object', null, ours],
  ])('is not %s', (_, body, workspace) => {
    expect(isForeign(body, workspace)).toBe(false);
  });
});

it('is not read out of a list of whom an event is for that is longer than any', () => {
  const authorizations = Array.from({ length: 80_000 }, () => ({}));
  // Each entry costs, and such a list says nothing: the rest counts.
  expect(isForeign(event({ team_id: 'T9', authorizations }), ours)).toBe(true);
  expect(isForeign(event({ team_id: 'T111', authorizations }), ours)).toBe(false);
  expect(isForeign(event({ authorizations: [...authorizations, { team_id: 'T9' }] }), ours)).toBe(false);
});

describe('an external person', () => {
  const by = (team_id: unknown, place: object = { team: { id: 'T111' } }) =>
    click({ user: { id: 'U9', team_id }, ...place });

  it.each([
    ['of another workspace', by('T9'), ours],
    ['of another organisation', by('E9'), inGrid],
    ['of another workspace, where the delivery is of no enterprise', by('T9'), inGrid],
    [
      'of another workspace, where the delivery is of another enterprise',
      by('T9', { team: { id: 'T111', enterprise_id: 'E9' } }),
      inGrid,
    ],
    [
      'of another workspace, where neither has an enterprise',
      by('T9', { team: { id: 'T111' }, enterprise: null }),
      ours,
    ],
  ])('is somebody %s', (_, body, workspace) => {
    expect(isExternal(body, workspace)).toBe(true);
  });

  it.each([
    ['of ours', by('T111'), ours],
    ['whose workspace Slack does not tell', by(undefined), ours],
    ['whose workspace is empty', by(''), ours],
    ['of our organisation, by its own id', by('E1'), inGrid],
    ['of another workspace of our enterprise', by('T2', { team: { id: 'T111' }, enterprise: { id: 'E1' } }), inGrid],
    ['in an org-wide install', by('T2', { team: null, enterprise: { id: 'E1' } }), orgWide],
  ])('is nobody %s', (_, body, workspace) => {
    expect(isExternal(body, workspace)).toBe(false);
  });
});

const contracts = process.env['CONTRACTS_DIR'];
describe.skipIf(contracts === undefined)("Slack's own samples", () => {
  it.each(['slash_commands.command', 'interactive.block_actions', 'events_api.app_mention'])(
    'belong where they say: %s',
    (name) => {
      const file = join(contracts ?? '', 'slack', 'socket-mode', `${name}.json`);
      const { payload } = JSON.parse(readFileSync(file, 'utf8'));
      expect([isForeign(payload, ours), isExternal(payload, ours)]).toEqual([false, false]);
      expect(isForeign(payload, { teamId: 'T222' })).toBe(true);
    },
  );
});
