import { WebAPIPlatformError } from '@slack/web-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announcement } from '../../../electron/slack/blocks.ts';
import { translateSlackError } from '../../../electron/slack/errors.ts';
import * as replies from '../../../electron/slack/replies.ts';
import { teammateWords } from '../../../electron/slack/teammate-words.ts';
import { AppError, type ErrorCode, errorCodes } from '../../../shared/errors.ts';
import { allRows } from '../../../shared/settings.ts';
import { textsIn } from '../../../stand-ins/slack/blocks.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { ourFiles, readOurs } from '../tools/documents.ts';

/** What nobody who asks, approves or decides can do anything about. */
const forbidden =
  /config\.ya?ml|settings\.json|slack-manifest|(?<!\w)\.env\b|customfield|\bHTTP\b|\b[A-Z]+_[A-Z_]+\b|\b[a-z]+_[a-z]+(?:_[a-z]+)*\b|\bE[A-Z]{5,}\b|\b[45]\d\d\b/;
const names = allRows.map(({ name }) => name);

/** Every sentence that this error can become in Slack, whatever became of the ticket. */
function saidOf(error: AppError): string[] {
  const tickets = [
    aTicket({ issueKey: null, step: 'received', status: 'received' }),
    aTicket({ issueKey: null, step: 'classified', status: 'failed' }),
    aTicket({ issueKey: null, step: 'creating', status: 'received' }),
    aTicket({ issueKey: null, step: 'unconfirmed', status: 'failed' }),
    aTicket({ step: 'created' }),
    aTicket({ step: 'announced' }),
    aTicket({ step: 'announced', supplements: ['files'] }),
    aTicket({ step: 'announced', channelName: 'mpdm-ann--bob-1' }),
    aTicket({ step: 'announced', channel: 'D1', channelName: 'directmessage' }),
  ];
  const { code, message } = error;
  const again = { request: 'a'.repeat(32), team: 'T1', channel: 'C1', ts: '1.000001', threadTs: '1.000001' };
  const failed = aTicket({ issueKey: null, status: 'failed', error: { code, message } });
  return [
    ...tickets.flatMap((ticket) => [
      replies.notCreated(ticket, error).text.replace(/\n>.*$/, ''),
      replies.onlyYou(ticket, error, 'bot').replace(/<#\w+>/, ''),
      replies.notRead(ticket, error, 'bot').text,
    ]),
    replies.notReceived(error),
    replies.notDecided(error),
    replies.notRelabelled(error),
    replies.statusFailed('KAN-7', error),
    replies.messageHasTicket(failed, again).text,
    textsIn(announcement(aTicket({ note: message })).blocks)
      .filter((text) => text.startsWith(':information_source:'))
      .map((text) => text.replace(':information_source:', ''))
      .join(),
  ];
}

/** Words that stand where the program fills something in. */
const fillings = ['HTTP 503', 'customfield_10010', 'JIRA_BASE_URL', 'ECONNREFUSED', 'config.yml', 'KAN'];

/** All errors that the program makes of a literal, by the code and words in its source. */
function errorsOfSource(): { code: ErrorCode; message: string }[] {
  const made = /new AppError\(\s*'([a-z_]+)',\s*(?:'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/g;
  const listed = /\['([a-z_]+)',\s*'((?:[^'\\]|\\.)*)'/g;
  return ourFiles('electron/{slack,jira,tickets,classifier,log,network,app}/**/*.ts').flatMap((file) => {
    const source = readOurs(file);
    const found = [...source.matchAll(made), ...(file.endsWith('errors.ts') ? source.matchAll(listed) : [])];
    return found.flatMap(([, code, plain, template]) => {
      const known = errorCodes.find((each) => each === code);
      const words = plain ?? template ?? '';
      if (known === undefined || words === '') return [];
      return fillings.map((filling) => ({ code: known, message: words.replace(/\$\{[^}]*\}/g, filling) }));
    });
  });
}

describe('what a requester or an approver reads of an error', () => {
  it('names no file, setting, variable, field id, code or status, for every error that the program makes', () => {
    const errors = errorsOfSource();
    expect(errors.length).toBeGreaterThan(300);
    const wrong = errors.flatMap(({ code, message }) =>
      saidOf(new AppError(code, message)).filter((text) => forbidden.test(text)),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('names none for every code that Slack has', () => {
    const codes = [...readOurs('electron/slack/errors.ts').matchAll(/^ {2}([a-z_]+): \[/gm)].map(
      ([, code = '']) => code,
    );
    expect(codes.length).toBeGreaterThan(30);
    for (const code of [...codes, 'missing_scope', 'a_code_of_tomorrow']) {
      const answer = {
        ok: false,
        error: code,
        needed: 'files:read',
        response_metadata: { messages: ['[ERROR] must_be'] },
      };
      for (const text of saidOf(translateSlackError(new WebAPIPlatformError(answer))))
        expect(text).not.toMatch(forbidden);
    }
  });

  it('names none, whatever another side puts into its words', () => {
    const secret = fc.constantFrom(
      ...names,
      ...[
        'config.yml',
        '.env',
        'settings.json',
        'customfield_10020',
        'HTTP 503',
        'HTTP/1.1',
        '503 Service Unavailable',
      ],
      ...[
        'status 404',
        'NODE_EXTRA_CA_CERTS',
        'ECONNRESET',
        'jira_default_fields',
        'label_to_issue_type',
        'missing_scope',
      ],
    );
    const words = fc.array(fc.oneof(secret, fc.constantFrom('Jira', 'says', 'no.', '“x”', '(', ')', ':', '\n')), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.constantFrom(...errorCodes), words, (code, parts) => {
        for (const text of saidOf(new AppError(code, parts.join(' ')))) expect(text).not.toMatch(forbidden);
      }),
    );
  });

  it.each([
    [
      'Jira refused the issue. customfield_10010: Severity is required.',
      'Jira refused the issue. Severity is required.',
    ],
    ['Jira has no project OPS. Check JIRA_PROJECT_KEY.', 'Jira has no project OPS.'],
    ['Jira answered with HTTP 503. Try KAN-503 later.', 'Try KAN-503 later.'],
    ['Check config.yml. It says more. That helps. Ask again.', 'Ask again.'],
    ['Jira has no such type. It has others. Check JIRA_BASE_URL.', 'Jira has no such type. It has others.'],
    ['It is in MY_PROJECT-7.', 'It is in MY_PROJECT-7.'],
    ['A summary has at most 500 characters.', 'A summary has at most 500 characters.'],
    [
      'Not attached: “my_error_log 503.txt” (Jira refused it).',
      'Not attached: “my_error_log 503.txt” (Jira refused it).',
    ],
    [
      'Jira wants a captcha. Log in to https://jira.example once.',
      'Jira wants a captcha. Log in to https://jira.example once.',
    ],
  ])('keeps what says something to them: %s', (message, said) => {
    expect(teammateWords({ code: 'invalid_input', message })).toBe(said);
  });

  it('says what happens next, and that whoever runs the desktop sees it', () => {
    for (const code of ['invalid_input', 'forbidden', 'not_found', 'bug'] as const) {
      const failed = aTicket({ issueKey: null, step: 'classified', status: 'failed' });
      const { text } = replies.notCreated(failed, new AppError(code, 'Set JIRA_BASE_URL in config.yml.'));
      expect(text).toMatch(
        /you need not send it again: the person whose desktop runs AI Ticket Agent sees it in its window/,
      );
    }
  });

  it('has no hint to invite the app into a conversation between people', () => {
    for (const code of ['not_in_channel', 'channel_not_found']) {
      const error = translateSlackError(new WebAPIPlatformError({ ok: false, error: code }));
      for (const place of [
        { channel: 'C1', channelName: 'mpdm-ann--bob-1' },
        { channel: 'D1', channelName: 'directmessage' },
        { channel: 'D1', channelName: null },
      ]) {
        const ticket = aTicket({ ...place, step: 'created' });
        for (const said of [replies.notCreated(ticket, error).text, replies.onlyYou(ticket, error, 'bot')]) {
          expect(said).not.toContain('/invite');
        }
        expect(replies.notRead(ticket, error, 'bot').text).not.toContain('/invite');
      }
      expect(replies.onlyYou(aTicket(), error, 'bot')).toContain('/invite @bot');
    }
  });
});
