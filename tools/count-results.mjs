// node tools/count-results.mjs RESULTS CODE
// Says how the tests ended: RESULTS is the file of vitest's JSON reporter, which may be missing, CODE the exit status of
// the command that ran them. The last line is "N passed, N failed[, N skipped]"; the exit status says whether all is well.
// Plain JavaScript, because it must also run where the project's own Node could not be installed.
import { existsSync, readFileSync } from 'node:fs';

const [file, code] = process.argv.slice(2);
const files = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).testResults : [];
const count = { passed: 0, failed: 0, skipped: 0 };

for (const { status, assertionResults } of files) {
  for (const test of assertionResults) count[test.status in count ? test.status : 'skipped'] += 1;
  // A file that cannot even be loaded has no tests to count.
  if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) count.failed += 1;
}

if (files.length > 0 && !files.some(({ name }) => /[\\/]tests[\\/]e2e[\\/]/.test(name))) {
  console.log('The e2e tests did not run; see above. That counts as a failure.');
  count.failed += 1;
}
if (code !== '0' && count.failed === 0) {
  console.log(`The commands ended with code ${code} although no test failed; see above.`);
  count.failed = 1;
}
if (count.passed === 0) console.log('No test ran.');

const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
