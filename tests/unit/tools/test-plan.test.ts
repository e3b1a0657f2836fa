import { describe, expect, it } from 'vitest';
import { testPlan } from '../../../tools/test-plan.ts';

describe('testPlan', () => {
  it('runs everything where nothing keeps the app from starting', () => {
    expect(testPlan(null, { CI: 'true' })).toEqual({ arguments: ['run'], notice: null, mustFail: false });
  });

  it("leaves the e2e tests out on a person's machine that cannot run them, and says why", () => {
    const plan = testPlan('There is no display.', { CI: '' });
    expect(plan).toMatchObject({ arguments: ['run', '--project=!e2e'], mustFail: false });
    expect(plan.notice).toContain('NOT run: There is no display.');
  });

  it('fails in CI without the e2e tests, and says so', () => {
    const plan = testPlan('There is no display.', { CI: 'true' });
    expect(plan.mustFail).toBe(true);
    expect(plan.notice).toMatch(/There is no display\.\n.*fails/);
  });
});
