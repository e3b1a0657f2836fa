import { describe, expect, it } from 'vitest';
import { createScopeNotice } from '../../../electron/app/scope-notice.ts';
import { botScopes } from '../../../shared/slack-manifest.ts';

/** What the manifest asked for before there were doors beside the commands. */
const oldScopes = ['commands', 'chat:write', 'channels:history', 'groups:history', 'users:read', 'users:read.email'];

function aNotice() {
  const lines: string[] = [];
  const warnings: string[] = [];
  const notice = createScopeNotice({
    print: (line) => void lines.push(line),
    warn: (message) => void warnings.push(message),
    onChange() {},
  });
  return { notice, lines, warnings };
}

describe('scopes that are missing', () => {
  it('are named with what does not work without them, and once on stdout and in the log', () => {
    const { notice, lines, warnings } = aNotice();
    notice.granted(oldScopes);
    notice.granted(oldScopes);
    const said = notice.current() ?? '';
    for (const scope of botScopes) expect(said.includes(scope)).toBe(!oldScopes.includes(scope));
    expect(said).toContain('an emoji on a message files nothing (reactions:read)');
    expect(said).toContain('Everything else works.');
    expect(said).toContain('install the app again');
    expect(lines).toEqual([
      'scopes: missing app_mentions:read, reactions:read, im:history, mpim:history, channels:read, groups:read, files:read',
    ]);
    expect(warnings).toEqual([said]);
  });

  it('are said again only when they change, and no more once the app has them', () => {
    const { notice, lines } = aNotice();
    notice.granted(botScopes.filter((scope) => scope !== 'files:read'));
    notice.granted([...botScopes, 'files:write']);
    expect(notice.current()).toBeNull();
    notice.granted(botScopes);
    expect(lines).toEqual(['scopes: missing files:read', 'scopes: ok']);
  });

  it('are not spoken of where all are there, or nobody knows', () => {
    const { notice, lines } = aNotice();
    notice.granted(botScopes);
    notice.granted(null);
    expect([notice.current(), lines]).toEqual([null, []]);
  });

  it('promise nothing of the rest where the app cannot work', () => {
    const { notice } = aNotice();
    notice.granted(botScopes.filter((scope) => scope !== 'chat:write'));
    expect(notice.current()).toContain('nothing can be posted (chat:write)');
    expect(notice.current()).not.toContain('Everything else works');
  });
});
