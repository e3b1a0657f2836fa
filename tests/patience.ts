import { vi } from 'vitest';

/** Longer than any machine needs, however busy it is: what never comes is told by this, and nothing else. */
export const patienceMs = 40_000;

// Vitest gives up after a second, and nothing in its configuration changes that.
const { waitFor } = vi;
vi.waitFor = (check, options = {}) => {
  const { timeout = 0, ...others } = typeof options === 'number' ? { timeout: options } : options;
  return waitFor(check, { ...others, timeout: Math.max(timeout, patienceMs) });
};
