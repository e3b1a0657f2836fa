import { describe, expect, it } from 'vitest';
import {
  duplicateOf,
  filedAlready,
  mentionUsage,
  messageHasTicket,
  notCreated,
  notDecided,
  notRead,
  notRelabelled,
  onlyYou,
  otherSite,
  statusFailed,
  statusNotShown,
} from '../../../electron/slack/replies.ts';
import { AppError, type ErrorCode, errorCodes, reactionTo } from '../../../shared/errors.ts';
import { slackManifest } from '../../../shared/slack-manifest.ts';
import { aTicket } from '../../fakes/ticket.ts';

const failure = (code: ErrorCode) => new AppError(code, 'It was refused.');
const reason = (...about: Parameters<typeof notCreated>) => notCreated(...about).text;
const finalCodes = errorCodes.filter((code) => reactionTo(code) === 'give_up');

describe('the reason why a ticket is not made or announced', () => {
  it('has nobody type it again where there is no issue', () => {
    const text = reason(aTicket({ issueKey: null, step: 'classified' }), failure('invalid_input'));
    expect(text).toContain('could not be created: It was refused. Nothing is lost, and you need not send it again');
  });

  it('names no settings, which only whoever runs the desktop can change', () => {
    const error = new AppError('unavailable', 'Jira cannot be reached. Check JIRA_BASE_URL and HTTPS_PROXY.');
    const ticket = aTicket({ issueKey: null, step: 'classified' });
    for (const text of [reason(ticket, error), notDecided(error), notRelabelled(error), statusFailed('KAN-7', error)]) {
      expect(text).toContain('Jira cannot be reached.');
      expect(text).not.toMatch(/Check|[A-Z]_[A-Z]/);
    }
    expect(statusNotShown('HR-1', ['KAN'])).not.toMatch(/[A-Z]_[A-Z]/);
  });

  it('does not promise that it goes on by itself where a person must do something first', () => {
    const captcha = new AppError('unauthorized', 'Jira wants a captcha.', { needsPerson: true });
    const text = reason(aTicket({ issueKey: null, step: 'classified' }), captcha);
    expect(text).toMatch(/Jira wants a captcha\. Nothing goes on by itself before that/);
    expect(text).not.toMatch(/tried again by itself|token/);
  });

  it.each([
    ['is in Jira', aTicket({ step: 'created' })],
    ['may be in Jira', aTicket({ issueKey: null, step: 'creating' })],
    ['is perhaps in Jira, as nobody can tell', aTicket({ issueKey: null, step: 'unconfirmed' })],
  ])('advises nobody to send again what %s', (_, ticket) => {
    for (const code of errorCodes) expect(reason(ticket, failure(code))).not.toMatch(/send the command|Jira admin/);
  });

  it.each(finalCodes.filter((code) => code !== 'model_failed'))('says that the ticket is there, for %s', (code) => {
    const text = reason(aTicket({ step: 'created' }), failure(code));
    expect(text).toMatch(/^KAN-7 is created, but could not be announced: .* there is no need to send it again\./);
  });

  it('speaks of the correction once the ticket is announced, and of the decision once there is one', () => {
    const decision = { status: 'approved', by: 'U2', at: '2026-01-02T04:00:00.000Z' } as const;
    const refused = failure('unauthorized');
    expect(reason(aTicket({ step: 'announced' }), refused)).toMatch(
      /^The corrected type of KAN-7 could not be passed on yet: /,
    );
    expect(reason(aTicket({ step: 'announced', status: 'approved', decision }), refused)).toMatch(
      /^The decision on KAN-7 could not be passed on yet: /,
    );
  });
});

it('what is wrong with an address is no connection that comes back', () => {
  const error = new AppError('unavailable', 'jira.example redirects to jira.example/jira.', { isHeldBack: true });
  const text = reason(aTicket({ issueKey: null, step: 'classified' }), error);
  expect(text).toMatch(/redirects to jira\.example\/jira\. It goes on by itself as soon as that works\.$|works\.\n/);
});

it('what Jira said stays on its line and without marks', () => {
  const error = new AppError('invalid_input', 'no:\n*Approved* by <@U1>\n> `x');
  const ticket = aTicket({ issueKey: null, step: 'classified', summary: '*bold* `x' });
  expect(reason(ticket, error)).toMatch(
    /^Your ticket could not be created: no: ∗Approved∗ by &lt;@U1&gt; &gt; ˋx .*\n>∗bold∗ ˋx$/,
  );
});

it('a ticket comes back to the letter, so that it can be sent again', () => {
  const error = failure('invalid_input');
  const ticket = aTicket({ issueKey: null, step: 'classified', summary: '*VPN* down & `x` :fire:' });
  expect(notCreated(ticket, error).blocks).toEqual([
    { type: 'section', text: { type: 'mrkdwn', text: expect.stringMatching(/file it there\.$/), verbatim: true } },
    { type: 'section', text: { type: 'plain_text', text: '*VPN* down &amp; `x` :fire:', emoji: false } },
  ]);
  const plain = notCreated(aTicket({ issueKey: null, step: 'classified', summary: 'VPN down' }), error);
  expect(plain.blocks).toMatchObject([{ text: { type: 'mrkdwn', text: expect.stringMatching(/\n>VPN down$/) } }]);
});

it('a click that failed is no reason to send a command again', () => {
  for (const code of errorCodes) {
    for (const text of [notDecided(failure(code)), notRelabelled(failure(code))]) {
      expect(text).not.toMatch(/send the command|looks like KAN-7/);
    }
  }
});

it('a status that could not be read may be asked for again only where that can help', () => {
  expect(statusFailed(null, failure('unavailable'))).toMatch(
    /^The status could not be read: .* Ask again in a moment\.$/,
  );
  for (const code of ['unauthorized', 'forbidden'] as const) {
    expect(statusFailed('KAN-7', failure(code))).toMatch(/^The status of KAN-7 could not be read: /);
    expect(statusFailed('KAN-7', failure(code))).not.toContain('Ask again');
  }
});

it.each([
  [
    'a captcha',
    'unauthorized',
    true,
    /has to see to that, and then to test Jira in its Settings; then send the command/,
  ],
  ['a login page or a revoked token', 'unauthorized', false, /has to see to that, .* then send the command again\.$/],
  [
    'what this program is too old for (410), or too large (413)',
    'invalid_input',
    false,
    /The command is right: tell the person .*, and send it again/,
  ],
  ['what the account may not', 'forbidden', false, /A Jira administrator has to allow that; then send the command/],
  ['a wrong address', 'bad_response', false, /Ask again in a moment; if it stays, the person whose desktop/],
] as const)(
  'a status that was kept back by %s is promised by nobody, but somebody is named who mends it',
  (_, code, needsPerson, words) => {
    const text = statusFailed('KAN-7', new AppError(code, 'It was refused.', { needsPerson }));
    expect(text).toMatch(words);
    expect(text).not.toMatch(/by itself|Change what it complains about/);
  },
);

it.each([
  [[], 'shows those issues that AI Ticket Agent made'],
  [['KAN'], 'shows issues of the project KAN, and those that AI Ticket Agent made'],
  [['KAN', 'OPS'], 'shows issues of the projects KAN, OPS, and those that AI Ticket Agent made'],
])('a key of a project that is not shown is answered with those that are: %j', (projects, words) => {
  expect(statusNotShown('HR-1', projects)).toContain(words);
});

it.each(['bug', 'storage_failed'] as const)('the inner words of %s stay on the computer', (code) => {
  const error = new AppError(code, '/home/ana/tickets.db cannot be opened');
  expect(statusFailed('KAN-7', error)).not.toContain('/home/ana');
  expect(reason(aTicket({ issueKey: null, step: 'classified' }), error)).not.toContain('/home/ana');
});

it('a host that is named is named whole, unless it is longer than hosts are', () => {
  expect(otherSite('jira.example')).toContain('`jira.example`');
  const long = otherSite(`${'x'.repeat(300)}.example`);
  expect(long).toContain('x…`');
  expect(long).not.toContain('x'.repeat(101));
});

describe('a pause', () => {
  const paused = (retryAfterMs: number) => new AppError('rate_limited', 'Jira asks to slow down.', { retryAfterMs });

  it('of a moment is called one', () => {
    expect(reason(aTicket({ issueKey: null, step: 'classified' }), paused(5_000))).toContain('by itself in a moment');
  });

  it('of an hour is said with its end, and that it can be tried sooner', () => {
    const text = reason(aTicket({ issueKey: null, step: 'classified' }), paused(3_600_000));
    expect(text).toMatch(/It goes on by itself <!date\^\d+\^.*>; the person whose desktop .* can try it sooner/);
    expect(statusFailed('KAN-7', paused(3_600_000))).toMatch(/Ask again <!date\^/);
  });
});

it('a ticket that was tried often enough is said to need the person at the desktop', () => {
  const over = aTicket({ issueKey: null, step: 'classified', status: 'failed', nextTryAt: null });
  const text = reason(over, failure('bad_response'));
  expect(text).toMatch(/^Your ticket could not be created: .* sees it in its window, and decides there\./);
});

describe('what only its requester sees', () => {
  const told = (channel: string, channelName: string | null) =>
    onlyYou(aTicket({ channel, channelName }), failure('forbidden'), 'agent');
  it.each([
    ['D1', null],
    ['D1', 'directmessage'],
    ['G1', 'mpdm-ann--bob-1'],
  ])('is a conversation between people in %s called %s', (channel, channelName) => {
    expect(told(channel, channelName)).toMatch(/apps cannot post into a conversation between people/);
  });
  it.each([
    ['C1', 'it-help'],
    ['C1', null],
    ['G1', 'privategroup'],
  ])('is what Slack refused in %s called %s', (channel, channelName) => {
    expect(told(channel, channelName)).toMatch(/It was refused/);
  });
});

describe('what is said of a ticket without an issue to who asks for it again', () => {
  const error = { code: 'unavailable', message: 'Jira does not answer.' } as const;
  const again = { request: 'a'.repeat(32), team: 'T1', channel: 'C1', ts: '1.000001', threadTs: '1.000001' };

  it.each([
    [{ step: 'creating' }, /it is being created right now/],
    [{ step: 'needs_fields', user: 'U7', error }, /it waits for a few fields from <@U7>/],
    [{ step: 'classified', error }, /it is saved and goes on by itself/],
    [{ step: 'unconfirmed', status: 'failed', error }, /could not be filed yet; the person whose desktop runs/],
  ] as const)('is where it is: %o', (change, words) => {
    const ticket = aTicket({ issueKey: null, status: 'received', error: null, ...change });
    const said = [duplicateOf(ticket).text, filedAlready(ticket)];
    if (ticket.status !== 'failed') said.push(messageHasTicket(ticket, again).text);
    for (const text of said) {
      expect(text).toMatch(words);
      expect(text).not.toContain('is filed');
    }
  });
});

it('who may not have a message read is sent to its menu, by the name that the manifest has', () => {
  const text = notRead(aTicket(), failure('forbidden'), 'bot').text;
  const names = slackManifest.features.shortcuts.map(({ name }) => `“${name}”`);
  expect(names.some((name) => text.includes(`choose ${name}`))).toBe(true);
  expect(text).not.toContain('with its words');
  expect(notRead(aTicket(), failure('not_found'), 'bot').text).not.toContain('menu');
});

it('the example of a mention has the bot’s own name', () => {
  expect(mentionUsage('helper')).toContain('`@helper The VPN');
});
