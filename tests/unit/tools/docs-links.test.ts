import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectDir } from '../../../tools/paths.ts';
import { lineCount, ourDocuments, prose, readOurs } from './documents.ts';

/** What GitHub makes of a heading: https://docs.github.com/get-started/writing-on-github, "Section links". */
function anchors(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const made = prose(markdown)
    .match(/(?<=^#{1,6} ).+$/gm)
    ?.map((heading) => {
      const anchor = heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-');
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    });
  return new Set(made);
}

/** Where the document's links and pictures lead, but for other sites. */
const targets = (markdown: string): string[] =>
  [
    ...prose(markdown)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$/gm),
  ]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));

function isBroken(document: string, target: string): boolean {
  const [name = '', anchor] = target.split('#');
  const file = name === '' ? document : path.posix.join(path.posix.dirname(document), name);
  if (!existsSync(path.join(projectDir, file))) return true;
  return anchor !== undefined && !anchors(readOurs(file)).has(anchor);
}

const documents = ourDocuments();

describe('the documents', () => {
  it('link to files and headings that exist', () => {
    const links = documents.flatMap((document) => targets(readOurs(document)).map((target) => ({ document, target })));
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter(({ document, target }) => isBroken(document, target))).toEqual([]);
  });

  it('are all reached from the README, but for those of folders', () => {
    const reached = new Set(['README.md']);
    for (const document of reached) {
      for (const target of targets(readOurs(document))) {
        const file = path.posix.join(path.posix.dirname(document), target.replace(/#.*/, ''));
        if (documents.includes(file)) reached.add(file);
      }
    }
    expect(documents.filter((name) => !name.endsWith('/README.md') && !reached.has(name))).toEqual([]);
  });

  it('have a front door of at most 150 lines, with the commands to try, start and test it', () => {
    const readme = readOurs('README.md');
    expect(lineCount(readme)).toBeLessThanOrEqual(150);
    for (const command of ['npm run demo', 'npm ci && npm start', 'npm ci && npm test']) {
      expect(readme.split('\n')).toContain(command);
    }
  });

  it('say what a folder is in at most 20 lines', () => {
    const folders = documents.filter((name) => name.endsWith('/README.md'));
    expect(folders.length).toBeGreaterThan(15);
    expect(folders.filter((name) => lineCount(readOurs(name)) > 20)).toEqual([]);
  });
});
