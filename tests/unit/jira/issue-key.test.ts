import { describe, expect, it } from 'vitest';
import { parseIssueKey, parseIssueReference } from '../../../shared/issue-key.ts';

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
    ['acme.atlassian.net/browse/KAN-7', 'KAN-7'],
    ['jira.acme.example:8443/jira/browse/kan-7/', 'KAN-7'],
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

describe('parseIssueReference', () => {
  it('takes an address without its scheme for one', () => {
    expect(parseIssueReference('other.atlassian.net/browse/KAN-1', 'KAN')).toEqual({
      key: 'KAN-1',
      address: 'https://other.atlassian.net/browse/KAN-1',
    });
  });

  it.each([
    ['kan-7', { key: 'KAN-7', address: null }],
    ['7', { key: 'KAN-7', address: null }],
    ['HTTPS://ACME.example:443/browse/kan-7', { key: 'KAN-7', address: 'https://acme.example/browse/kan-7' }],
    ['<https://evil.example/x|https://acme.example/browse/KAN-7>', { key: null, address: 'https://evil.example/x' }],
    [
      'see <https://evil.example/browse/KAN-7|KAN-7>, please',
      { key: 'KAN-7', address: 'https://evil.example/browse/KAN-7' },
    ],
    [
      'https://acme.example@evil.example/browse/KAN-7',
      { key: 'KAN-7', address: 'https://acme.example@evil.example/browse/KAN-7' },
    ],
    [
      'https://acme.example/?u=https://b.example/browse/KAN-7',
      { key: null, address: 'https://acme.example/?u=https://b.example/browse/KAN-7' },
    ],
  ])('tells of %s which issue and which site is meant', (input, reference) => {
    expect(parseIssueReference(input, 'KAN')).toEqual(reference);
  });

  it.each(['https://[bad/browse/KAN-7', 'https://a b/browse/KAN-7', 'what about KAN-7?', 'ftp://acme.example/KAN-7'])(
    'reads nothing in %s',
    (input) => {
      expect(parseIssueReference(input, 'KAN')).toBeNull();
    },
  );
});
