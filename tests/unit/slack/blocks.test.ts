import { describe, expect, it } from 'vitest';
import {
  announcement,
  classifierLine,
  decidedAnnouncement,
  issueStatus,
  privacyLine,
} from '../../../electron/slack/blocks.ts';
import { approveValueIn } from '../../../electron/slack/button-value.ts';
import { textsIn } from '../../../stand-ins/slack/blocks.ts';
import { aTicket } from '../../fakes/ticket.ts';

const decision = { status: 'approved', by: 'U2', at: '2026-01-02T04:00:00.000Z' } as const;

describe('the announcement', () => {
  it('shows the key as a link, summary, type, classifier and confidence, who asked, and both buttons', () => {
    const shown = JSON.stringify(announcement(aTicket()).blocks);
    expect(shown).toContain('<https://acme.example/browse/KAN-7|KAN-7>');
    expect(shown).toContain('VPN drops every ten minutes');
    expect(shown).toContain('*Type*\\nBug');
    expect(shown).toContain("Classified by gemma.gguf on a teammate's desktop, 83 % sure");
    expect(shown).toContain('<@U1>');
    expect(shown).toContain('"action_id":"approve_ticket"');
    expect(shown).toContain('"action_id":"reject_ticket"');
  });

  it('leaves out of a note what only whoever runs the desktop can do', () => {
    const shown = JSON.stringify(announcement(aTicket({ note: 'It failed. Check JIRA_PROJECT_KEY.' })).blocks);
    expect(shown).toContain('It failed.');
    expect(shown).not.toContain('Check');
    expect(announcement(aTicket({ note: 'Check JIRA_PROJECT_KEY.' }))).toEqual(announcement(aTicket({ note: null })));
  });

  it('escapes everything a person wrote, in the blocks and in the text', () => {
    const shown = JSON.stringify(announcement(aTicket({ summary: '<!channel> & <@U9>', note: 'no <type>' })));
    expect(shown).not.toMatch(/<!channel>|<@U9>|no <type>/);
    expect(shown).toContain('&lt;!channel&gt; &amp; &lt;@U9&gt;');
  });

  it('shows a summary with marks of Slack literally, in a line of its own', () => {
    const summary = ':white_check_mark: *Approved* by <@U9>';
    const { text, blocks } = announcement(aTicket({ summary }));
    expect(blocks[0]).toMatchObject({ text: { type: 'mrkdwn', text: expect.not.stringContaining('pproved') } });
    const literal = { type: 'plain_text', text: ':white_check_mark: *Approved* by &lt;@U9&gt;', emoji: false };
    expect(blocks[1]).toEqual({ type: 'section', text: literal });
    expect(text).not.toMatch(/:white_check_mark:|\*/);
  });

  it('lets neither a name nor a note of others pass for words of its own', () => {
    const { classification } = aTicket();
    const hostile = '`x*\n*Approved* by';
    const ticket = aTicket({
      issueType: hostile,
      note: hostile,
      classification: classification && { ...classification, model: hostile },
    });
    const { text, blocks } = announcement(ticket);
    const mrkdwn = [text, ...textsIn(blocks)].filter((each) => each.includes('pproved'));
    expect(mrkdwn).toHaveLength(4);
    for (const each of mrkdwn) expect(each).not.toMatch(/`|\*Approved|\n.*pproved.*\n/);
  });

  it('has no link to what is no address of the web, and none that ends early', () => {
    expect(JSON.stringify(announcement(aTicket({ issueUrl: 'javascript:alert(1)' })).blocks)).not.toContain(
      'javascript',
    );
    expect(JSON.stringify(announcement(aTicket({ issueUrl: 'https://acme.example/a|b>c' })).blocks)).toContain(
      '<https://acme.example/a%7Cb%3Ec|KAN-7>',
    );
  });

  it('says so when the type in Jira is not the label', () => {
    const ticket = aTicket();
    const { classification } = ticket;
    const shown = JSON.stringify(
      announcement(
        aTicket({
          classification: classification && { ...classification, label: 'Feature Request' },
          issueType: 'Task',
        }),
      ).blocks,
    );
    expect(shown).toContain('Feature Request, filed as Task');
  });

  it('has room for the longest summary that only consists of characters to escape', () => {
    const { blocks } = announcement(aTicket({ summary: '&'.repeat(255) }));
    for (const block of blocks) {
      if (block.type === 'section' && block.text) expect(block.text.text.length).toBeLessThanOrEqual(3000);
      if (block.type !== 'actions') continue;
      for (const element of block.elements) {
        if ('value' in element) expect(element.value?.length).toBeLessThanOrEqual(2000);
      }
    }
  });
});

describe('the decided announcement', () => {
  it('names who decided and when, and has no buttons', () => {
    const shown = JSON.stringify(decidedAnnouncement(aTicket({ status: 'approved', decision })).blocks);
    expect(shown).toContain('*Approved* by <@U2>');
    expect(shown).toContain(`<!date^${Date.parse(decision.at) / 1000}^`);
    expect(shown).not.toContain('"actions"');
  });

  it('does not say who classified a ticket that was loaded from Jira, which does not know', () => {
    const ticket = aTicket({ origin: 'jira', status: 'approved', decision });
    expect(JSON.stringify(decidedAnnouncement(ticket).blocks)).toContain('Classified on another desktop');
  });

  it('does not say so either, nor who asked, of a ticket learnt by a click on a message that does not tell', () => {
    const { classification } = aTicket();
    const asGuessed = classification && { ...classification, source: 'none' as const, model: null, confidence: null };
    const ticket = aTicket({ origin: 'click', user: '', classification: asGuessed });
    const { text, blocks } = announcement(ticket);
    const shown = `${text} ${JSON.stringify(blocks)}`;
    expect(shown).toContain('Classified on another desktop');
    expect(shown).not.toMatch(/Not classified|[Aa]sked by|<@>/);
    expect(approveValueIn(blocks)).toMatchObject({ request: ticket.requestId, key: 'KAN-7', user: '' });
  });

  it('tells a rejection apart', () => {
    const rejected = aTicket({ status: 'rejected', decision: { ...decision, status: 'rejected' } });
    expect(decidedAnnouncement(rejected).text).toContain('rejected by <@U2>');
  });
});

describe('the classifier line', () => {
  it.each([
    ['openai', 'Classified by OpenAI (m), 50 % sure'],
    ['builtin', 'Classified by the built-in model, 50 % sure'],
  ] as const)('names %s', (source, line) => {
    const { classification } = aTicket();
    if (classification === null) throw new Error('no classification');
    expect(classifierLine({ ...classification, source, model: 'm', confidence: 0.5 })).toBe(line);
  });
});

describe('the line on where the text went', () => {
  const { classification } = aTicket();

  it('says that nobody else got it', () => {
    expect(privacyLine(aTicket())).toBe('The text went to Jira and to nobody else');
  });

  it('does not say so where OpenAI answered and an older version wrote nothing down', () => {
    expect(
      privacyLine(aTicket({ classification: classification && { ...classification, source: 'openai' } })),
    ).toBeNull();
  });
});

describe('the status answer', () => {
  it('shows status, type, assignee, summary, last update and link', () => {
    const shown = JSON.stringify(
      issueStatus({
        id: '1',
        key: 'KAN-7',
        url: 'https://acme.example/browse/KAN-7',
        summary: 'VPN <down>',
        status: 'In Progress',
        issueType: 'Bug',
        issueTypeId: null,
        assignee: null,
        updatedAt: '2026-01-02T04:00:00.000Z',
        label: null,
        isOurs: true,
      }).blocks,
    );
    for (const part of ['|KAN-7>', 'VPN &lt;down&gt;', 'In Progress', 'Bug', 'Nobody yet', '<!date^']) {
      expect(shown).toContain(part);
    }
  });
});
