import { Ajv, type ValidateFunction } from 'ajv';
import { readContract } from './stand-in-contracts.ts';

/** Checks a document against Atlassian's whole schema of ADF. */
export function adfValidator(): ValidateFunction {
  const schema = readContract('adf/adf-schema-57.7.22.full.json');
  if (typeof schema !== 'object' || schema === null) throw new Error('The schema of ADF cannot be read.');
  // It is written for draft 4, of which Ajv knows no meta-schema; none of its keywords has another meaning since.
  const ajv = new Ajv({ strict: false, validateSchema: false });
  return ajv.compile({ ...schema, $schema: '' });
}
