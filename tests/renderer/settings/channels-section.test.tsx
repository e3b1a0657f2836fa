import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { parseFields, printFields } from '../../../renderer/features/settings/channel-items.ts';
import { draftEntry } from '../../../renderer/features/settings/settings-draft.ts';
import { SettingsPage } from '../../../renderer/features/settings/settings-page.tsx';
import type { ChannelMap } from '../../../shared/channel-rules.ts';
import type { SettingPlace } from '../../../shared/setting-row.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { nobody, saved, settingsView } from '../../fakes/settings-view.ts';
import { show } from '../show.tsx';

const keys = ['ops', 'web', 'default', 'C0123456789'];
afterEach(() => {
  for (const key of keys) draftEntry('channels', key, undefined);
});

function withChannels(channels: ChannelMap, places: Record<string, SettingPlace[]> = {}): SettingsView {
  const view = settingsView({ JIRA_PROJECT_KEY: saved('KAN') });
  const own = Object.fromEntries(Object.keys(channels).map((key) => [key, ['settings.json'] as SettingPlace[]]));
  return {
    ...view,
    maps: { ...view.maps, channels },
    entryPlaces: { ...view.entryPlaces, channels: { ...own, ...places } },
  };
}

/** The section over these settings; `saves` are the channels that main was asked to save. */
async function open(view: SettingsView) {
  let current = view;
  const page = show(
    <SettingsPage />,
    { 'settings:read': () => current, 'owner:read': () => nobody, 'settings:save': () => current },
    { page: 'Settings', section: 'channels' },
  );
  await screen.findByRole('heading', { name: 'Channels' });
  return {
    ...page,
    become(next: SettingsView) {
      current = next;
      act(() => page.bridge.change('settings'));
    },
    saves: () => page.bridge.asked.filter(({ channel }) => channel === 'settings:save').map(({ request }) => request),
  };
}

const row = (name: string | RegExp) => {
  const found = screen.getAllByRole('listitem').find((item) => within(item).queryByText(name) !== null);
  if (found === undefined) throw new Error(`No row has ${name}.`);
  return within(found);
};
/** The field for a rule of the channel that is open; the page Jira has one of that name, too. */
const rule = (label: string) => within(screen.getByRole('group', { name: /^(#|All other)/ })).getByLabelText(label);
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const typed = (change: object) => [{ change: { channels: change }, allowPlainText: false }];

describe('the list of channels', () => {
  it('says in words what is different for each, the others last', async () => {
    await open(
      withChannels({
        default: { answer: 'requester' },
        web: {},
        ops: { project: 'OPS', labelToIssueType: { Bug: 'Fault' }, emoji: '', neverCloud: true },
        C0123456789: { labels: ['vip'], defaults: { Office: 'Berlin' }, threadReplies: 'off', jsmComments: 'public' },
      }),
    );
    const items = within(screen.getByRole('list', { name: 'Channels with rules' })).getAllByRole('listitem');
    expect(items.map((item) => item.textContent)).toEqual([
      expect.stringMatching(/^C0123456789Labelled vip · Office · no replies become comments · public comments/),
      expect.stringMatching(/^#opsProject OPS · Bug becomes Fault · no emoji files · never to the cloud/),
      expect.stringMatching(/^#webAs usual/),
      expect.stringMatching(/^All other channelsAnswers only who asked/),
    ]);
    expect(screen.queryByRole('button', { name: 'Rules for all others' })).toBeNull();
  });

  it('says that there are none, and takes the first by the keyboard alone', async () => {
    const { user, saves } = await open(withChannels({}));
    expect(screen.getByText('All channels are alike')).toBeTruthy();
    await user.type(screen.getByLabelText('Channel'), '#Ops{Enter}');
    expect(saves()).toEqual([]);
    // The focus is on its first rule.
    await user.keyboard('ops');
    expect(row('#ops').getByText('Project OPS')).toBeTruthy();
    await user.click(button('Save'));
    expect(saves()).toEqual(typed({ ops: { project: 'ops' } }));
  });

  it.each([
    ['', 'Enter the name of a channel, such as ops, or its ID.'],
    ['  #OPS', '#ops is in the list already.'],
    ['two words', 'A channel’s name has no spaces.'],
  ])('does not take %j, and says why', async (name, words) => {
    const { user } = await open(withChannels({ ops: {} }));
    if (name !== '') await user.type(screen.getByLabelText('Channel'), name);
    await user.click(button('Add channel'));
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });

  it('takes rules for all others', async () => {
    const { user, saves } = await open(withChannels({}));
    await user.click(button('Rules for all others'));
    await user.click(screen.getByRole('switch', { name: 'Never to a cloud model' }));
    await user.click(button('Save'));
    expect(saves()).toEqual(typed({ default: { never_cloud: true } }));
    expect(await screen.findByText('Saved.')).toBeTruthy();
  });

  it('removes one when it is saved, and keeps it where that was a mistake', async () => {
    const { user, saves } = await open(withChannels({ ops: { project: 'OPS' }, web: {} }));
    await user.click(button('Remove #ops'));
    expect(row('#ops').getByText('goes when you save')).toBeTruthy();
    await user.click(button('Keep #ops'));
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    await user.click(button('Remove #ops'));
    await user.click(button('Save'));
    expect(saves()).toEqual(typed({ ops: null }));
  });

  it('removes none that stands in a file, which it names', async () => {
    const { user, saves } = await open(
      withChannels(
        { ops: { project: 'OPS' }, web: { project: 'WEB' }, default: {} },
        { ops: ['config.yml'], web: ['config.yml', 'settings.json'], default: ['./config.yml'] },
      ),
    );
    expect(row('#ops').getByText('From config.yml. What you save here wins.')).toBeTruthy();
    expect(row('All other channels').getByText(/^From config.yml in the folder that/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Remove #ops' })).toBeNull();
    await user.click(button('Use config.yml’s for #web'));
    expect(row('#web').getByText('Then config.yml counts.')).toBeTruthy();
    await user.click(button('Save'));
    expect(saves()).toEqual(typed({ web: null }));
    await user.click(button('Edit #ops'));
    await user.type(rule('Project'), 'X');
    await user.click(button('Undo #ops'));
    expect(row('#ops').getByText('Project OPS')).toBeTruthy();
  });
});

describe('the rules of a channel', () => {
  it('are edited, each in a field of its own, and what is as usual is not saved', async () => {
    const { user, saves } = await open(withChannels({ ops: { project: 'OPS', answer: 'requester', emoji: 'fire' } }));
    await user.click(button('Edit #ops'));
    const group = within(screen.getByRole('group', { name: '#ops' }));
    await user.clear(rule('Project'));
    await user.type(group.getByLabelText('Labels'), 'from-slack, vip');
    await user.type(group.getByLabelText('Issue type for Bug'), 'Fault');
    await user.type(group.getByLabelText(/Values for Jira/), 'Office: Berlin{Enter}components: [[{{"name":"Backend"}]');
    await user.click(group.getByRole('switch', { name: 'No emoji files here' }));
    await user.click(group.getByRole('combobox', { name: 'Who sees the answer' }));
    await user.click(screen.getByRole('option', { name: 'Everybody in the channel' }));
    await user.click(button('Save'));
    expect(saves()).toEqual(
      typed({
        ops: {
          labels: 'from-slack, vip',
          label_to_issue_type: { Bug: 'Fault' },
          defaults: { Office: 'Berlin', components: [{ name: 'Backend' }] },
          emoji: '',
        },
      }),
    );
  });

  it('keep what this page does not show as it is', async () => {
    const defaults = { components: [{ name: 'Backend' }], Note: 'two\nlines' };
    const { user, saves } = await open(withChannels({ ops: { defaults } }));
    await user.click(button('Edit #ops'));
    await user.type(rule('Project'), 'OPS');
    await user.click(button('Save'));
    expect(saves()).toEqual(typed({ ops: { defaults, project: 'OPS' } }));
  });

  it('are not saved where one cannot be used; the reason stands beside it, and the focus goes there', async () => {
    const { user, saves } = await open(withChannels({ ops: {} }));
    await user.click(button('Edit #ops'));
    await user.type(rule('Project'), 'no key');
    expect(screen.getByText(/^Expected a project key such as KAN/)).toBeTruthy();
    await user.click(button('Save'));
    expect(saves()).toEqual([]);
    expect(document.activeElement).toBe(rule('Project'));
    await user.clear(rule('Project'));
    await user.type(screen.getByLabelText(/Values for Jira/), 'Office');
    expect(screen.getByText(/a colon and its value/)).toBeTruthy();
  });

  it('are kept from the cloud by the rule for all others, until they say that they may go there', async () => {
    const { user, saves } = await open(withChannels({ ops: {}, default: { neverCloud: true } }));
    await user.click(button('Edit #ops'));
    const never = screen.getByRole('switch', { name: 'Never to a cloud model' });
    expect(never).toHaveProperty('checked', true);
    await user.click(never);
    await user.click(button('Save'));
    expect(saves()).toEqual(typed({ ops: { never_cloud: false } }));
  });

  it('are no change where they are typed as they are saved', async () => {
    const { user } = await open(withChannels({ ops: { project: 'OPS', labels: ['a', 'b'] } }));
    await user.click(button('Edit #ops'));
    const project = rule('Project');
    await user.type(project, 'X');
    expect(button('Save')).toBeTruthy();
    await user.type(project, '{Backspace}');
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });

  it('stay as typed while config.yml changes beneath them', async () => {
    const { user, become } = await open(withChannels({ ops: {} }));
    await user.click(button('Edit #ops'));
    await user.type(rule('Project'), 'OPS');
    become(withChannels({ ops: { emoji: 'fire' }, web: {} }));
    expect(await screen.findByText('#web')).toBeTruthy();
    expect(rule('Project')).toHaveProperty('value', 'OPS');
  });
});

describe('values for fields', () => {
  it.each<[unknown, string]>([
    [{ Office: 'Berlin', 'Story points': 3 }, 'Office: Berlin\nStory points: 3'],
    [{ components: [{ name: 'Backend' }] }, 'components: [{"name":"Backend"}]'],
    [{ Link: 'https://a.example/b' }, 'Link: https://a.example/b'],
    [{ Quoted: '"a"', Padded: ' a ' }, 'Quoted: "\\"a\\""\nPadded: " a "'],
    [undefined, ''],
  ])('%j stand on lines', (fields, text) => {
    expect(printFields(fields)).toBe(text);
    const read = parseFields(text);
    // A number is as good as its text to Jira's fields.
    expect(JSON.stringify(read)?.replace('"3"', '3')).toEqual(JSON.stringify(fields));
  });

  it.each(['Office', ': Berlin', 'a: {broken', 'Office: x\nand'])('%j says none yet', (text) => {
    expect(parseFields(text)).toBe(text);
  });
});
