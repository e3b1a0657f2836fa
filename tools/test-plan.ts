export interface TestPlan {
  /** What vitest is given before the person's own arguments. */
  arguments: string[];
  /** A line for the person, or null. */
  notice: string | null;
  /** The e2e tests are missing where they must not be: the command fails however the others end. */
  mustFail: boolean;
}

/**
 * What `npm test` runs. `obstacle`: what keeps the e2e tests from running here, or null. A person's machine may do
 * without them; a CI, which sets `CI`, may not, or it would stay green without ever having started the app.
 */
export function testPlan(obstacle: string | null, env: NodeJS.ProcessEnv): TestPlan {
  if (obstacle === null) return { arguments: ['run'], notice: null, mustFail: false };
  const mustFail = Boolean(env['CI']);
  const consequence = mustFail ? '\nThey must run where CI is set, so this fails.' : '';
  return {
    arguments: ['run', '--project=!e2e'],
    notice: `The e2e tests are NOT run: ${obstacle}${consequence}`,
    mustFail,
  };
}
