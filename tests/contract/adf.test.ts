import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAdf } from '../../electron/jira/texts/adf.ts';
import { readMrkdwn } from '../../electron/rich-text/read-mrkdwn.ts';
import { plainText } from '../../electron/rich-text/rich-text.ts';
import { anyTree, typed } from '../unit/rich-text/any-text.ts';
import { adfValidator } from './adf-schema.ts';
import { hasContracts } from './stand-in-contracts.ts';

describe.skipIf(!hasContracts)('what is sent as ADF', () => {
  const isValid = hasContracts ? adfValidator() : null;
  const faultsOf = (document: unknown) => (isValid?.(document) === true ? [] : (isValid?.errors ?? []));

  it('is valid by Atlassian’s schema whatever was typed', () => {
    fc.assert(
      fc.property(typed, (text) => {
        expect(faultsOf(toAdf(readMrkdwn(text)))).toEqual([]);
        expect(faultsOf(toAdf(plainText(text)))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is valid for any tree', () => {
    fc.assert(
      fc.property(anyTree, (tree) => void expect(faultsOf(toAdf(tree))).toEqual([])),
      { numRuns: 1_000 },
    );
  });

  it('is refused by the schema where it is wrong', () => {
    const text = { type: 'text', text: 'x', marks: [{ type: 'code' }, { type: 'strong' }] };
    expect(faultsOf({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [text] }] })).not.toEqual([]);
  });
});
