// node tools/check-regexes.ts: whether every regular expression of the program takes linear time on any text.
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BoundedRegex, boundedRegexes } from './bounded-regexes.ts';
import { type FoundRegex, findRegexes } from './find-regexes.ts';
import { judgeVersion, regexJudge, type Verdict } from './judge-regex.ts';
import { projectDir } from './paths.ts';

const cacheFile = path.join(projectDir, '.cache', 'regexes.json');

/** What each regular expression was found to be, by `key`; judging all of them takes some ten seconds. */
function readCache(): Map<string, Verdict> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(cacheFile, 'utf8'))));
  } catch {
    return new Map();
  }
}

const key = ({ source, flags }: { source: string; flags: string }) => `${judgeVersion} /${source}/${flags}`;

/** One line for each regular expression in these files that is neither linear nor listed, and each that is listed in vain. */
export async function regexProblems(
  files: readonly { file: string; text: string }[],
  listed: readonly BoundedRegex[],
  known: Map<string, Verdict> = new Map(),
): Promise<string[]> {
  const judge = await regexJudge();
  const problems: string[] = [];
  const met = new Set<BoundedRegex>();

  function verdictOn({ regex }: FoundRegex): Verdict {
    if (regex === null) return 'it is put together at run time, so it cannot be judged here';
    const verdict = known.get(key(regex)) ?? (known.has(key(regex)) ? null : judge(regex));
    known.set(key(regex), verdict);
    return verdict;
  }

  for (const { file, text } of files) {
    for (const found of findRegexes(text, file)) {
      const verdict = verdictOn(found);
      if (verdict === null) continue;
      const excuse = listed.find((each) => each.file === file && found.written.startsWith(each.written));
      if (excuse === undefined) problems.push(`${file}:${found.line} ${found.written} is not linear: ${verdict}`);
      else met.add(excuse);
    }
  }
  const idle = listed.filter((each) => !met.has(each));
  return [...problems, ...idle.map(({ file, written }) => `${written} of ${file} need not be listed any more`)];
}

async function check(): Promise<void> {
  const known = readCache();
  const names = globSync('{electron,stand-ins,shared,renderer}/**/*.{ts,tsx}', { cwd: projectDir }).sort();
  const files = names.map((name) => {
    return { file: name.replaceAll('\\', '/'), text: readFileSync(path.join(projectDir, name), 'utf8') };
  });
  const problems = await regexProblems(files, boundedRegexes, known);
  mkdirSync(path.dirname(cacheFile), { recursive: true });
  writeFileSync(cacheFile, JSON.stringify(Object.fromEntries(known), null, 1));
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) return;
  console.error(
    'A text that somebody else wrote could hold the program up. Rewrite them, or list them in tools/bounded-regexes.ts.',
  );
  process.exitCode = 1;
}

if (import.meta.main) await check();
