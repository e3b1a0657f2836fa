import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { secretNames } from '../../shared/settings.ts';
import { errorCode } from '../files/error-code.ts';

/** Says which file descriptor a launcher left the secrets at, on Linux. */
export const secretsFdVariable = 'TICKET_AGENT_SECRETS_FD';

/** A few values, each at most as long as the kernel allows in an environment. */
const mostBytes = 1024 * 1024;
/** They wait in the pipe already; only somebody else's pipe keeps its reader waiting. */
const patienceMs = 3_000;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment with the secrets that the launcher took out of it, as if they stood there. Reads the pipe once and
 * closes it. `problem`: why there are none though the variable is set, in words; what is no pipe stays untouched.
 */
export function withInheritedSecrets(env: Environment): { env: Environment; problem: string | null } {
  const { [secretsFdVariable]: given, ...rest } = env;
  if (given === undefined || given === '') return { env: rest, problem: null };
  try {
    return { env: { ...readSecrets(given), ...rest }, problem: null };
  } catch (thrown) {
    const why = thrown instanceof NoSecrets ? thrown.message : errorCode(thrown);
    const problem = `${secretsFdVariable} is set, but no tokens could be read from there (${why}). Only the program's launcher sets it.`;
    return { env: rest, problem };
  }
}

class NoSecrets extends Error {}

function readSecrets(given: string): Record<string, string> {
  const fd = /^\d{1,4}$/.test(given) ? Number(given) : 0;
  // Standard input and output belong to whoever started us.
  if (fd < 3) throw new NoSecrets('no file descriptor');
  if (!fstatSync(fd).isFIFO()) throw new NoSecrets('no pipe');
  const text = readPipe(fd).toString('utf8');
  const entries = text.split('\0').flatMap((entry): [string, string][] => {
    const [name = '', ...value] = entry.split('=');
    return secretNames.some((secret) => secret === name) ? [[name, value.join('=')]] : [];
  });
  return Object.fromEntries(entries);
}

/** Opened anew, so that reading cannot hang for ever on a pipe that is not the launcher's. */
function readPipe(fd: number): Buffer {
  const own = openSync(`/proc/self/fd/${fd}`, constants.O_RDONLY | constants.O_NONBLOCK);
  closeSync(fd);
  try {
    const chunks: Buffer[] = [];
    const started = performance.now();
    for (let size = 0; ; ) {
      const chunk = readSome(own);
      if (chunk?.byteLength === 0) return Buffer.concat(chunks);
      if (chunk !== null) chunks.push(chunk);
      size += chunk?.byteLength ?? 0;
      if (size > mostBytes) throw new NoSecrets('too long');
      if (chunk === null && performance.now() - started > patienceMs) throw new NoSecrets('no end');
    }
  } finally {
    closeSync(own);
  }
}

/** null where nothing has come yet; empty at the end. */
function readSome(fd: number): Buffer | null {
  const buffer = Buffer.alloc(64 * 1024);
  try {
    return buffer.subarray(0, readSync(fd, buffer));
  } catch (thrown) {
    if (errorCode(thrown) !== 'EAGAIN') throw thrown;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return null;
  }
}
