import { describe, expect, it } from 'vitest';
import { certificateFailure, connectFailure, failuresOf } from '../../../electron/network/failures.ts';

const failing = (message: string, about: { code?: string; syscall?: string } = {}, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), about);

describe('the failures behind an error', () => {
  it('are itself, what caused it, what a library keeps as its original, and each address that was tried', () => {
    const tried = new AggregateError([failing('v6', { code: 'ENETUNREACH' }), failing('v4', { code: 'ECONNREFUSED' })]);
    const thrown = Object.assign(new Error('request failed'), { original: failing('fetch failed', {}, tried) });
    expect(failuresOf(thrown).map(({ message, code }) => [message, code])).toEqual([
      ['request failed', ''],
      ['fetch failed', ''],
      ['', ''],
      ['v6', 'ENETUNREACH'],
      ['v4', 'ECONNREFUSED'],
    ]);
  });

  it('end where causes go in a circle', () => {
    const thrown = failing('round', {});
    thrown.cause = thrown;
    expect(failuresOf(thrown)).toHaveLength(6);
  });

  it('are none of what is no error', () => {
    expect(failuresOf('text')).toEqual([]);
  });
});

it.each([
  ['CERT_HAS_EXPIRED', true],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', true],
  ['ECONNRESET', false],
])('%s is about a certificate: %s', (code, isCertificate) => {
  expect(certificateFailure(failuresOf(failing('x', { code }))) !== undefined).toBe(isCertificate);
});

it.each([
  [{ code: 'ECONNREFUSED' }, true],
  [{ code: 'ENOTFOUND' }, true],
  [{ code: 'EAI_AGAIN' }, true],
  [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, true],
  [{ code: 'EHOSTUNREACH', syscall: 'connect' }, true],
  [{ code: 'ESERVFAIL', syscall: 'getaddrinfo' }, true],
  [{ code: 'ECONNRESET', syscall: 'read' }, false],
  [{ code: 'EPIPE', syscall: 'write' }, false],
])('%j shows that no byte left: %s', (about, isUnsent) => {
  expect(connectFailure(failuresOf(failing('x', about))) !== undefined).toBe(isUnsent);
});
