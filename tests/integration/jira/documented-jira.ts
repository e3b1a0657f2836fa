import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import type { ReceivedRequest } from '../../../stand-ins/loopback-server.ts';

interface Operation {
  parameters?: Array<{ name: string; in: string }>;
  requestBody?: unknown;
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
}

/** What Atlassian's documents say about requests; for tests. */
export interface DocumentedJira {
  /** What is wrong with a request, in words; empty where it is as documented. */
  faultsIn(request: Pick<ReceivedRequest, 'method' | 'path' | 'query' | 'body'>): string[];
}

/** Reads Jira Cloud's OpenAPI document and ADF's JSON schema from the folder of contracts. */
export function readDocumentedJira(folder: string): DocumentedJira {
  const read = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
  const api: OpenApi = read('jira/cloud-v3.openapi.json');
  const { $schema: _draft4, ...adfSchema } = read('adf/adf-schema-57.7.22.full.json');
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(api, 'jira');
  const isAdf = ajv.compile(adfSchema);

  function faultsOf(validate: ValidateFunction, value: unknown, what: string): string[] {
    return validate(value) ? [] : [`${what}: ${ajv.errorsText(validate.errors)}`];
  }

  return {
    faultsIn({ method, path: given, query, body }) {
      const place = `${method} ${given}`;
      const template = Object.keys(api.paths)
        .filter((each) => api.paths[each]?.[method.toLowerCase()] && toPattern(each).test(given))
        // A literal part wins over a parameter.
        .sort((one, other) => one.split('{').length - other.split('{').length)[0];
      const operation = template === undefined ? undefined : api.paths[template]?.[method.toLowerCase()];
      if (template === undefined || operation === undefined) return [`${place} is not documented`];
      const known = (operation.parameters ?? []).filter((each) => each.in === 'query').map((each) => each.name);
      const strange = [...query.keys()].filter((name) => !known.includes(name));
      const faults = strange.map((name) => `${place} takes no ${name}`);
      if (operation.requestBody === undefined) return body === '' ? faults : [...faults, `${place} takes no body`];

      const pointer = [template, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
      const escaped = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
      const value: unknown = JSON.parse(body);
      faults.push(...faultsOf(ajv.compile({ $ref: `jira#/paths/${escaped.join('/')}` }), value, place));
      const description = (value as { fields?: { description?: unknown } }).fields?.description;
      if (description !== undefined) faults.push(...faultsOf(isAdf, description, `${place}, description`));
      return faults;
    },
  };
}

function toPattern(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
}
