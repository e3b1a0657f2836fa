import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAtlassianCloud, isUnprotected, readJiraAddress } from '../../../shared/jira-address.ts';

const cloud = 'https://your-team.atlassian.net';
const onPrem = 'https://jira.example.com';
const gateway = 'https://api.atlassian.com/ex/jira/11111111-2222-4333-8444-555555555555';

describe('a Jira in the Cloud', () => {
  it.each([
    ['your-team', null],
    ['Your-Team', null],
    ['your-team.atlassian.net', null],
    ['your-team.atlassian.net.', null],
    ['HTTPS://Your-Team.atlassian.net/', null],
    ['http://your-team.atlassian.net', null],
    ['//your-team.atlassian.net/', null],
    ['your-team.atlassian.net:443', null],
    ['https://your-team.atlassian.net/browse/KAN-1', 'KAN'],
    ['your-team.atlassian.net/browse/kan-1?focusedCommentId=10', 'KAN'],
    ['https://your-team.atlassian.net/browse/KAN', 'KAN'],
    ['https://your-team.atlassian.net/jira/software/projects/KAN/boards/1', 'KAN'],
    ['https://your-team.atlassian.net/jira/software/c/projects/KAN/boards/1/backlog?selectedIssue=OPS-4', 'OPS'],
    ['https://your-team.atlassian.net/jira/software/c/projects/KAN/issues?jql=status%20%3D%20Done', 'KAN'],
    ['https://your-team.atlassian.net/jira/core/projects/KAN/board', 'KAN'],
    ['https://your-team.atlassian.net/jira/polaris/projects/IDEA/ideas/view/12', 'IDEA'],
    ['https://your-team.atlassian.net/jira/servicedesk/projects/HELP/queues/custom/5/HELP-12', 'HELP'],
    ['https://your-team.atlassian.net/jira/servicedesk/projects/HELP/queues', 'HELP'],
    ['https://your-team.atlassian.net/servicedesk/customer/portal/3/HELP-12', 'HELP'],
    ['https://your-team.atlassian.net/servicedesk/customer/portals', null],
    ['https://your-team.atlassian.net/projects/KAN', 'KAN'],
    ['https://your-team.atlassian.net/projects/KAN/summary', 'KAN'],
    ['https://your-team.atlassian.net/issues/?jql=project%20%3D%20KAN', 'KAN'],
    ['https://your-team.atlassian.net/issues/KAN-5?filter=myopenissues', 'KAN'],
    ['https://your-team.atlassian.net/secure/RapidBoard.jspa?rapidView=3&projectKey=KAN', 'KAN'],
    ['https://your-team.atlassian.net/jira/your-work', null],
    ['https://your-team.atlassian.net/jira/dashboards/10001#x', null],
    ['https://your-team.atlassian.net/rest/api/3/issue/KAN-1', 'KAN'],
  ])('is read from %s', (given, project) => {
    expect(readJiraAddress(given)).toEqual({ base: cloud, project, trouble: null });
  });

  it('keeps its way through the gateway of tokens with scopes', () => {
    for (const given of [gateway, `${gateway}/`, `${gateway}/rest/api/3/myself`, gateway.replace('https://', '')]) {
      expect(readJiraAddress(given).base).toBe(gateway);
    }
  });
});

describe('a Data Center', () => {
  it.each([
    ['jira.example.com', '', null],
    ['https://JIRA.example.com//', '', null],
    ['jira.example.com/browse/OPS-7', '', 'OPS'],
    ['https://jira.example.com/projects/OPS/issues/OPS-7?filter=allopenissues', '', 'OPS'],
    ['https://jira.example.com/projects/OPS/queues/custom/4', '', 'OPS'],
    ['https://jira.example.com/projects?selectedCategory=all', '', null],
    ['https://jira.example.com/secure/RapidBoard.jspa?rapidView=3&projectKey=OPS&view=planning', '', 'OPS'],
    ['https://jira.example.com/secure/Dashboard.jspa', '', null],
    ['https://jira.example.com/secure/ViewProfile.jspa?name=ana', '', null],
    ['https://jira.example.com/plugins/servlet/project-config/OPS/summary', '', 'OPS'],
    ['https://jira.example.com/issues/?jql=project%20in%20(OPS)%20ORDER%20BY%20created', '', 'OPS'],
    ['https://jira.example.com/issues/?jql=project+%3D+"OPS"+AND+status+%3D+Open', '', 'OPS'],
    ['https://jira.example.com/issues/?jql=project = "Service desk"', '', null],
    ['https://jira.example.com/issues/?jql=project%20%3D%20OPS%20OR%20project%20%3D%20WEB', '', null],
    ['https://jira.example.com/issues/?jql=project%20!%3D%20OPS', '', null],
    ['https://jira.example.com/login.jsp?os_destination=%2Fbrowse%2FOPS-7', '', 'OPS'],
    ['https://jira.example.com/default.jsp', '', null],
    ['jira.example.com/jira', '/jira', null],
    ['jira.example.com/jira/browse/OPS-7', '/jira', 'OPS'],
    ['https://jira.example.com/jira/projects/OPS', '/jira', 'OPS'],
    ['https://jira.example.com/jira/projects/ops/summary', '/jira', 'OPS'],
    ['https://jira.example.com/jira/servicedesk/customer/portal/2/OPS-4', '/jira', 'OPS'],
    ['https://jira.example.com/tools/jira/secure/RapidBoard.jspa?rapidView=1', '/tools/jira', null],
    ['https://jira.example.com/issues/browse/OPS-7', '/issues', 'OPS'],
    ['https://jira.example.com/projects/browse/OPS-7', '/projects', 'OPS'],
    ['https://jira.example.com/jira;jsessionid=0AB12', '/jira', null],
    ['https://jira.example.com/jira/login.jsp;jsessionid=0AB12?os_destination=%2Fbrowse%2FOPS-7', '/jira', 'OPS'],
    ['https://jira.example.com/login.jsp%3Bjsessionid=0AB12', '', null],
    ['https://jira.example.com/browse/OPS-7;jsessionid=0AB12', '', 'OPS'],
    ['https://jira.example.com/jira/issues/', '/jira', null],
    ['https://jira.example.com/jira/projects', '/jira', null],
    ['https://jira.example.com/tools/jira8/dashboard', '/tools/jira8', null],
    ['https://jira.example.com/issues', '/issues', null],
    ['https://jira.example.com/tools/issues', '/tools/issues', null],
    ['https://jira.example.com/jira/issues/browse/OPS-7', '/jira', 'OPS'],
    ['https://jira.example.com/jira/r/OPS-7', '/jira', 'OPS'],
    ['https://jira.example.com/r/browse/OPS-7', '/r', 'OPS'],
    ['https://jira.example.com/jira/si/jira.issueviews:issue-html/OPS-7/OPS-7.html', '/jira', 'OPS'],
    ['https://jira.example.com/sr/jira.issueviews:searchrequest-xml/temp/S.xml?jql=project%3DOPS', '', 'OPS'],
    ['https://jira.example.com/jira/download/attachments/10001/log.txt', '/jira', null],
    ['https://https://jira.example.com/jira', '/jira', null],
    ['http://https://jira.example.com', '', null],
    ['https//jira.example.com', '', null],
    ['https:/jira.example.com', '', null],
    // A Cloud under a name of its own.
    ['https://jira.example.com/jira/software/c/projects/OPS/boards/2', '', 'OPS'],
  ])('is read from %s', (given, path, project) => {
    expect(readJiraAddress(given)).toEqual({ base: `${onPrem}${path}`, project, trouble: null });
  });

  it.each([
    ['jira.example.com:8443/jira/browse/OPS-7', 'https://jira.example.com:8443/jira'],
    ['https://jira', 'https://jira'],
    ['jira', 'https://jira'],
    ['jira/browse/OPS-7', 'https://jira'],
    ['jira:8443', 'https://jira:8443'],
    ['http://jira.example.com:8080/secure/Dashboard.jspa', 'http://jira.example.com:8080'],
    ['http://jira.example.com', 'http://jira.example.com'],
    ['localhost:2990/jira', 'http://localhost:2990/jira'],
    ['localhost', 'http://localhost'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['[::1]:8080/browse/KAN-1', 'http://[::1]:8080'],
    ['http://[::1]', 'http://[::1]'],
    ['https://wiki.example.com/jira/browse/OPS-7', 'https://wiki.example.com/jira'],
    ['https://localhost:8443', 'https://localhost:8443'],
    ['https://münchen.example/browse/OPS-7', 'https://xn--mnchen-3ya.example'],
  ])('keeps scheme, port and host of %s', (given, base) => {
    expect(readJiraAddress(given).base).toBe(base);
  });
});

it('of several words the only address counts, and what is copied around it does not', () => {
  for (const given of [
    '<https://jira.example.com/browse/OPS-7|OPS-7>',
    'our board: https://jira.example.com/browse/OPS-7, I think',
    '[OPS-7](https://jira.example.com/browse/OPS-7)',
    '„https://jira.example.com/browse/OPS-7“.',
    '\ufeffjira.example.com/browse/OPS-7\u200b\r\n',
  ]) {
    expect(readJiraAddress(given)).toEqual({ base: onPrem, project: 'OPS', trouble: null });
  }
  expect(readJiraAddress(`${cloud} ${onPrem}`).base).toBeNull();
});

it.each([
  ['ana@example.com', /an email address\. Enter the address of your Jira/],
  ['mailto:ana@example.com', /an email address/],
  ['https://your-team.slack.com/archives/C1', /an address of Slack/],
  ['app.slack.com', /an address of Slack/],
  ['https://your-team.atlassian.net/wiki/spaces/OPS/pages/12', /Confluence.*without \/wiki/],
  ['https://confluence.example.com/display/OPS/Home', /Confluence\. Open Jira in the browser/],
  ['https://wiki.example.com/browse/OPS-7', /Confluence/],
  ['https://example.com/wiki/browse/OPS-7', /Confluence/],
  ['https://example.com/confluence/pages/viewpage.action?pageId=7', /Confluence/],
  ['https://id.atlassian.com/login?continue=x', /begins with your team’s name/],
  ['your-team.atlassian.com', /begins with your team’s name/],
  ['atlassian.net', /begins with your team’s name/],
  ['https://trello.com/b/x', /another product/],
  ['https://api.atlassian.com/', /<cloud id>/],
  ['https://api.atlassian.com/ex/confluence/1', /<cloud id>/],
  ['https://ana:secret@jira.example.com', /without them/],
  ['KAN-1', /the key of an issue/],
  ['ATATT3xFfGF0', /a token/],
  ['xapp-1-A1', /a token/],
  ['ftp://jira.example.com', /Expected the address/],
  ['our Jira', /Expected the address/],
  ['jiraserver', /host in a network of your own, or a team’s name/],
  ['jira-prod', /host in a network of your own, or a team’s name/],
  ['Jira01', /host in a network of your own, or a team’s name/],
  ['https://https', /Expected the address/],
  ['//http/jira', /Expected the address/],
  ['https://', /Expected the address/],
  ['https://jira..example', /Expected the address/],
  ['jira.example.com:99999', /Expected the address/],
  ['...', /Expected the address/],
  ['', /Expected the address/],
  ['x'.repeat(2049), /longer than an address/],
])('says what is wrong with %s', (given, words) => {
  const { base, trouble } = readJiraAddress(given);
  expect(base).toBeNull();
  expect(trouble).toMatch(words);
  // It may be anything, a secret as well.
  if (given.length > 20 && !given.includes('api.')) expect(trouble).not.toContain(given.replace(/^https?:\/\//, ''));
});

it('knows Atlassian’s own hosts, and what can be read on the way', () => {
  expect([cloud, gateway, onPrem, 'https://atlassian.net.example.com'].map(isAtlassianCloud)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const addresses = ['http://jira.example.com', 'http://127.0.0.1:8080', onPrem, 'nonsense'];
  expect(addresses.map(isUnprotected)).toEqual([true, false, false, false]);
});

describe('whatever is given', () => {
  it('is a base without slash, query and login that reads as itself, or words', () => {
    const pieces = fc.constantFrom(
      'https://',
      'http:',
      '//',
      '/',
      ';',
      'issues',
      '@',
      ':',
      '.',
      '?jql=',
      '#',
      '%',
      ' ',
      '<',
      '|',
      ')',
      'wiki',
      'browse',
      'KAN-1',
      'jira',
      'localhost',
      '.atlassian.net',
      '\\',
      '[::1]',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.array(pieces).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { base, project, trouble } = readJiraAddress(text);
        if (base === null) {
          expect(trouble).toMatch(/\.$/);
          return;
        }
        const { search, hash, username, password, protocol } = new URL(base);
        expect([search, hash, username, password]).toEqual(['', '', '', '']);
        expect(protocol).toMatch(/^https?:$/);
        expect(base).not.toMatch(/\/$/);
        expect(readJiraAddress(base)).toMatchObject({ base, trouble: null });
        if (project !== null) expect(project).toMatch(/^[A-Z][A-Z0-9_]+$/);
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same site, and the same project, by every page, scheme and wrapping', () => {
    const key = fc.stringMatching(/^[A-Z][A-Z0-9_]{1,9}$/);
    const pageOf = fc.constantFrom<(key: string) => string>(
      (of) => `/browse/${of}-12`,
      (of) => `/projects/${of}/issues`,
      (of) => `/secure/RapidBoard.jspa?rapidView=1&projectKey=${of}`,
      (of) => `/issues/?jql=project%20%3D%20${of}%20ORDER%20BY%20created`,
      (of) => `/browse/WEB-1?selectedIssue=${of}-3`,
      (of) => `/servicedesk/customer/portal/1/${of}-9`,
    );
    const wrapping = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => `  ${text}\t`,
      (text) => `<${text}>`,
      (text) => `"${text}"`,
      (text) => `(${text}).`,
    );
    const site = fc.record({
      host: fc.constantFrom('team-7.atlassian.net', 'jira.example.com', 'issues.example.org:8443', 'jira.local'),
      path: fc.constantFrom('', '/jira', '/tools/jira', '/issues'),
    });
    fc.assert(
      fc.property(site, key, pageOf, wrapping, fc.boolean(), ({ host, path }, project, page, wrap, hasScheme) => {
        const isCloud = host.endsWith('.atlassian.net');
        const below = isCloud ? '' : path;
        const given = wrap(`${hasScheme ? 'https://' : ''}${host}${below}${page(project)}`);
        expect(readJiraAddress(given)).toEqual({ base: `https://${host}${below}`, project, trouble: null });
      }),
    );
  });
});
