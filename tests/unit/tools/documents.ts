import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '../../../tools/paths.ts';

const elsewhere = /^(?:node_modules|dist|release|coverage|tests\/e2e\/output)\/|^\./;

/** Paths of our files from the project's folder on, with `/` between, as `pattern` says; nothing that git ignores. */
export const ourFiles = (pattern: string): string[] =>
  globSync(pattern, {
    cwd: projectDir,
    exclude: (name) => name === 'node_modules' || name === 'dist' || name === 'release',
  })
    .map((name) => name.replaceAll(path.sep, '/'))
    .filter((name) => !elsewhere.test(name))
    .sort();

export const ourDocuments = (): string[] => ourFiles('**/*.md');

export const readOurs = (name: string): string => readFileSync(path.join(projectDir, name), 'utf8');

export const lineCount = (text: string): number => text.trimEnd().split('\n').length;

/** A document without its blocks of code, in which nothing is a heading or a link. */
export const prose = (markdown: string): string => markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
