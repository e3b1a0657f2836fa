import { describe, expect, it } from 'vitest';
import type { JiraFieldSeed } from '../../../stand-ins/jira/field-kinds.ts';
import type { Entry } from '../../../stand-ins/slack/enter-values.ts';
import { everyDoor } from '../../fixtures/slack-manifest.ts';
import { aWorld, theTicket } from './desk.ts';

const colours = ['Red', 'Green, dark & <light>', 'Blue'];
const many = Array.from({ length: 250 }, (_, index) => `Customer ${index}`);

/** A required field of every kind, what a person enters for it, and what Jira has to get. */
const kinds: [JiraFieldSeed, Entry, unknown][] = [
  [{ id: 'customfield_1', name: 'Team', type: 'string' }, 'Blue & <green>', 'Blue & <green>'],
  [{ id: 'customfield_2', name: 'Steps', type: 'textarea' }, 'First.\n\nThen.', 'rich'],
  [{ id: 'customfield_3', name: 'Seats', type: 'number' }, '12', 12],
  [
    { id: 'customfield_4', name: 'Colour', type: 'option', values: colours },
    'Green, dark &amp; &lt;light&gt;',
    { id: '10101' },
  ],
  [
    { id: 'customfield_5', name: 'Colours', type: 'options', values: colours },
    ['Red', 'Blue'],
    [{ id: '10100' }, { id: '10102' }],
  ],
  [
    { id: 'customfield_6', name: 'Place', type: 'cascading', values: ['Berlin > Mitte', 'Berlin > Wedding', 'Wien'] },
    'Berlin &gt; Wedding',
    { id: '10100', child: { id: '10501' } },
  ],
  [{ id: 'customfield_7', name: 'Seen in', type: 'checkboxes', values: colours }, ['Blue'], [{ id: '10102' }]],
  [{ id: 'customfield_8', name: 'Impact', type: 'radio', values: ['High', 'Low'] }, 'Low', { id: '10101' }],
  [{ id: 'duedate', name: 'Due date' }, '2026-12-24', '2026-12-24'],
  [{ id: 'customfield_10', name: 'Since', type: 'datetime' }, '1798122600', '2026-12-24T14:30:00.000+0000'],
  [{ id: 'customfield_11', name: 'Approver', type: 'user' }, 'alice', 'person'],
  [{ id: 'customfield_12', name: 'Tags', type: 'labels' }, 'customer portal, vip', ['customer-portal', 'vip']],
  [{ id: 'components', name: 'Components', values: ['Backend', 'Frontend'] }, ['Backend'], [{ id: '10100' }]],
  [{ id: 'fixVersions', name: 'Fix versions', values: ['1.0', '2.0'] }, ['2.0'], [{ id: '10101' }]],
  [{ id: 'priority', name: 'Priority', values: ['High', 'Low'] }, 'High', { id: '10100' }],
  [{ id: 'customfield_16', name: 'Link', type: 'url' }, 'https://example.com/a', 'https://example.com/a'],
  [{ id: 'customfield_20', name: 'Approvers', type: 'users' }, ['alice', 'bob'], 'people'],
  [{ id: 'customfield_21', name: 'Group', type: 'group', values: ['admins'] }, 'admins', { name: 'admins' }],
  [{ id: 'customfield_22', name: 'Release', type: 'version', values: ['1.0'] }, '1.0', { id: '10100' }],
  [{ id: 'customfield_23', name: 'Customer', type: 'option', values: many }, 'Customer 237', { id: '10337' }],
  [
    { id: 'customfield_24', name: 'Customers', type: 'options', values: many },
    ['Customer 3', 'Customer 249'],
    [{ id: '10103' }, { id: '10349' }],
  ],
];

describe.each([{ deployment: 'cloud' as const }, { deployment: 'datacenter' as const, contextPath: '/jira' }])(
  'a required field of every kind, on %o',
  (make) => {
    const people = [{ email: 'alice@example.com' }, { email: 'bob@example.com' }];
    const customFields = kinds.map(([field]) => ({ ...field, required: true }));

    async function start() {
      const jira = { ...make, people, projects: [{ key: 'KAN', customFields }] };
      const world = await aWorld({ slack: { manifest: everyDoor }, jira });
      const { log } = await world.desk();
      const given = Object.fromEntries(kinds.map(([{ name }, entry]) => [name, entry]));
      async function expectFiled() {
        const { note } = await theTicket(log, ({ step }) => step === 'announced');
        expect(note).toBeNull();
        const fields = world.jira.issues[0]?.fields ?? {};
        const accounts = people.map(({ email }) => {
          const person = world.jira.people.find((each) => each.email === email);
          return make.deployment === 'datacenter' ? { name: person?.name } : { accountId: person?.accountId };
        });
        for (const [{ id, name }, , wanted] of kinds) {
          const value = Reflect.get(fields, id);
          if (wanted === 'rich')
            expect([name, JSON.stringify(value)]).toEqual([name, expect.stringContaining('First.')]);
          else if (wanted === 'person') expect([name, value]).toEqual([name, accounts[0]]);
          else if (wanted === 'people') expect([name, value]).toEqual([name, accounts]);
          else expect([name, value]).toEqual([name, wanted]);
        }
      }
      return { ...world, log, given, expectFiled };
    }

    it('is filled in in the form', async () => {
      const { slack, given, expectFiled } = await start();
      await slack.slash('/ticket', '', { user: 'alice', channel: 'support' });
      const view = await slack.waitForView(
        (each) => each.type === 'modal' && !JSON.stringify(each.blocks).includes('Loading'),
      );
      await slack.pick(view, 'Type', 'Bug');
      await slack.waitForView((each) => JSON.stringify(each.blocks).includes('Customers'));
      expect(await slack.submit(view, { Summary: 'VPN', ...given })).toMatchObject({ outcome: 'closed' });
      await expectFiled();
    });

    it('is filled in afterwards, by the button', async () => {
      const { slack, log, given, expectFiled } = await start();
      await slack.slash('/ticket', 'VPN is down', { user: 'alice', channel: 'support' });
      await theTicket(log, ({ step, announcement }) => step === 'needs_fields' && announcement !== null);
      const question = await slack.waitForMessage(({ blocks }) => JSON.stringify(blocks).includes('complete_ticket'));
      await slack.click(question, 'complete_ticket', { user: 'alice' });
      const view = await slack.waitForView((each) => JSON.stringify(each.blocks).includes('Customers'));
      expect(await slack.submit(view, given)).toMatchObject({ outcome: 'closed' });
      await expectFiled();
    });
  },
);
