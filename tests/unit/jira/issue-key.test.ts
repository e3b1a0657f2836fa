import { describe, expect, it } from 'vitest';
import { parseIssueKey } from '../../../shared/issue-key.ts';

describe('parseIssueKey', () => {
  it.each([
    ['KAN-7', 'KAN-7'],
    ['  kan-7 ', 'KAN-7'],
    ['`Kan-7`.', 'KAN-7'],
    ['(KAN-7)?', 'KAN-7'],
    ['"A_1-10"', 'A_1-10'],
    ['7', 'KAN-7'],
    ['#7', 'KAN-7'],
    ['https://acme.atlassian.net/browse/KAN-7', 'KAN-7'],
    ['https://acme.atlassian.net/browse/kan-7?focusedCommentId=1#top', 'KAN-7'],
    ['<https://acme.atlassian.net/browse/OPS-12|acme.atlassian.net/browse/OPS-12>', 'OPS-12'],
    ['<https://acme.atlassian.net/browse/OPS-12>', 'OPS-12'],
    ['https://acme.atlassian.net/jira/software/projects/KAN/boards/1?selectedIssue=KAN-8', 'KAN-8'],
    ['https://acme.atlassian.net/jira/software/c/projects/KAN/issues/KAN-9/', 'KAN-9'],
    ['http://127.0.0.1:4000/jira/browse/KAN-7.', 'KAN-7'],
  ])('reads %s as %s', (input, key) => {
    expect(parseIssueKey(input, 'KAN')).toBe(key);
  });

  it.each([
    '',
    'KAN',
    'KAN-0',
    'KAN-07',
    'K-1',
    '1AN-7',
    '-7',
    'KAN-7/../../x',
    'KAN-7/../../rest/api/3/myself',
    'KAN-7?fields=*all',
    'KAN-7 OR project = X',
    'KAN-7\nKAN-8',
    'KAN-7%2F..',
    'ſan-7',
    'https://acme.atlassian.net/browse/',
    'https://acme.atlassian.net/browse/KAN-7/../../x',
    'https://acme.atlassian.net/browse/KAN-7%2F..%2Fx',
    'https://',
    'javascript:KAN-7',
    `KAN-${'7'.repeat(3000)}`,
  ])('reads no key in %s', (input) => {
    expect(parseIssueKey(input, 'KAN')).toBeNull();
  });

  it('reads a bare number only where the key of the project is known', () => {
    expect(parseIssueKey('7', '10001')).toBeNull();
    expect(parseIssueKey('7', null)).toBeNull();
    expect(parseIssueKey('kan-7', null)).toBe('KAN-7');
  });
});
