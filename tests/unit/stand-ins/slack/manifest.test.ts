import { expect, it } from 'vitest';
import { readManifest } from '../../../../stand-ins/slack/manifest.ts';
import { everyDoor } from '../../../fixtures/slack-manifest.ts';

it("reads this program's own manifest unless given another", () => {
  expect(readManifest().commands.map(({ command }) => command)).toContain('/ticket');
  expect(readManifest()).toEqual(readManifest('slack-manifest.yml'));
});

it('takes what a manifest says, as an object or as YAML', () => {
  const read = readManifest(everyDoor);
  expect(read).toEqual(readManifest(JSON.stringify(everyDoor)));
  expect(read).toMatchObject({ hasHome: true, hasMessages: true, takesMessages: true, isInteractive: true });
  expect(read.shortcuts).toContainEqual({ type: 'message', name: 'File a ticket', callbackId: 'file_message' });
});

it('has nothing that the manifest does not ask for', () => {
  expect(readManifest({ display_information: { name: 'Bare' } })).toEqual({
    commands: [],
    shortcuts: [],
    botEvents: [],
    scopes: [],
    hasHome: false,
    hasMessages: false,
    takesMessages: false,
    isInteractive: false,
  });
});

it('has no command and no shortcut without the scope for them', () => {
  const { commands, shortcuts } = readManifest({ ...everyDoor, oauth_config: { scopes: { bot: ['chat:write'] } } });
  expect([commands, shortcuts]).toEqual([[], []]);
});

it.each([
  ['no name', { display_information: {} }],
  ['a long name', { display_information: { name: 'x'.repeat(36) } }],
  ['no manifest', 'just words'],
  ['a command without a slash', { features: { slash_commands: [{ command: 'ticket', description: 'x' }] } }],
  ['a command without words', { features: { slash_commands: [{ command: '/ticket' }] } }],
  ['a shortcut of another type', { features: { shortcuts: [{ type: 'local', name: 'x' }] } }],
  [
    'a shortcut with a long name',
    { features: { shortcuts: [{ type: 'global', name: 'x'.repeat(25), callback_id: 'x', description: 'x' }] } },
  ],
])('refuses %s', (_what, change) => {
  expect(() => readManifest(typeof change === 'string' ? change : { ...everyDoor, ...change })).toThrow(/manifest/);
});
