import { Ajv, type AnySchema } from 'ajv';
import addFormats from 'ajv-formats';
import { readContract } from './stand-in-contracts.ts';
import {
  mendCloudDocument,
  mendDataCenterDocument,
  type OpenApiDocument,
  type Operation,
} from './stand-in-jira-defects.ts';

export interface JiraContract {
  /**
   * What is wrong with this request; empty where the document has nothing against it. `target` is the path from `/rest`
   * on, with the query. Throws where the document knows no such operation.
   */
  requestFaults(method: string, target: string, body: unknown, contentType?: string): string[];
  /** The same for an answer; a status that the document does not know is a fault, an error needs Jira's shape. */
  responseFaults(method: string, path: string, status: number, body: unknown): string[];
  /** What ADF's schema has against a document. */
  adfFaults(document: unknown): string[];
}

const documents = {
  cloud: { file: 'jira/cloud-v3.openapi.json', mend: mendCloudDocument, below: '' },
  datacenter: { file: 'jira/datacenter-10.3.openapi.json', mend: mendDataCenterDocument, below: '/rest' },
};

const errorCollection = {
  type: 'object',
  required: ['errorMessages', 'errors'],
  properties: {
    errorMessages: { type: 'array', items: { type: 'string' } },
    errors: { type: 'object', additionalProperties: { type: 'string' } },
  },
};
/** Statuses that Jira sends although the documents forget them for single operations. */
const everywhere = ['400', '403', '404'];

/** Atlassian's OpenAPI document of a Jira and the ADF schema as judges of requests and answers. */
export function openJiraContract(deployment: 'cloud' | 'datacenter'): JiraContract {
  const { file, mend, below } = documents[deployment];
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  addFormats(ajv);
  const document = rewrite(readContract(file)) as OpenApiDocument;
  mend(document);
  ajv.addSchema(document, 'jira');
  ajv.addSchema(readContract('adf/adf-schema-57.7.22.full.json') as AnySchema, 'adf');
  const compiled = new Map<AnySchema, ReturnType<typeof ajv.compile>>();

  function faults(schema: AnySchema, value: unknown): string[] {
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  function find(method: string, path: string): Operation {
    for (const [template, operations] of Object.entries(document.paths)) {
      const operation = operations[method.toLowerCase()];
      if (operation !== undefined && isInstance(path, below + template)) return operation;
    }
    throw new Error(`The document has no ${method} ${path}.`);
  }

  function bodyFaults({ requestBody }: Operation, body: unknown, contentType: string): string[] {
    const content = requestBody?.content ?? {};
    if (body === undefined) return requestBody?.required === true ? ['the body is missing'] : [];
    const media = content[contentType] ?? content['*/*'];
    if (media === undefined) return [`a body of ${contentType} is not documented`];
    // What a form's parts look like is described by the classes that take them.
    return media.schema === undefined || contentType !== 'application/json' ? [] : faults(media.schema, body);
  }

  return {
    requestFaults(method, target, body, contentType = 'application/json') {
      const [path = '', query = ''] = target.split('?');
      const operation = find(method, path);
      return [
        ...queryFaults(operation, new URLSearchParams(query)),
        ...bodyFaults(operation, body, contentType),
        ...adfDocuments(body).flatMap((document) => faults(adfSchema, document)),
      ];
    },
    responseFaults(method, path, status, body) {
      const { responses } = find(method, path.split('?')[0] ?? '');
      const response = responses[String(status)];
      if (response === undefined && !everywhere.includes(String(status))) return [`status ${status} is not documented`];
      if (status === 204) return body === undefined ? [] : ['204 has a body'];
      const schema = response?.content?.['application/json']?.schema;
      if (status >= 400) return faults(schema ?? errorCollection, body);
      return schema === undefined || body === undefined ? [] : faults(schema, body);
    },
    adfFaults: (value) => faults(adfSchema, value),
  };
}

const adfSchema = { $ref: 'adf#' };

/** Names that the operation does not know, and values that are no numbers or truths where those are wanted. */
function queryFaults({ parameters = [] }: Operation, query: URLSearchParams): string[] {
  return [...query].flatMap(([name, value]) => {
    const known = parameters.find((parameter) => parameter.in === 'query' && parameter.name === name);
    if (known === undefined) return [`the query parameter ${name} is not documented`];
    const type = typeof known.schema === 'object' ? known.schema['type'] : undefined;
    const isFit = type === 'integer' ? /^-?\d+$/.test(value) : type === 'boolean' ? /^(true|false)$/.test(value) : true;
    return isFit ? [] : [`the query parameter ${name} is ${value}, not of type ${type}`];
  });
}

/** Every Atlassian document within a request. */
function adfDocuments(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'doc' && 'version' in value) return [value];
  return Object.values(value).flatMap(adfDocuments);
}

/** Literal parts before placeholders: `/issue/bulkfetch` is no issue. */
function isInstance(path: string, template: string): boolean {
  const given = path.split('/');
  const wanted = template.split('/');
  const reserved = ['bulkfetch', 'createmeta', 'search', 'picker', 'archive'];
  return (
    given.length === wanted.length &&
    wanted.every((part, index) => {
      const actual = given[index] ?? '';
      return part.startsWith('{') ? !reserved.includes(actual) : part === actual;
    })
  );
}

/** OpenAPI 3.0 as JSON Schema: references into the document, and `nullable` as a type. */
function rewrite(value: unknown): AnySchema {
  const rewritten: unknown = walk(value);
  return rewritten as AnySchema;
}

function walk(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(walk);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'example' && key !== 'examples');
  const copy: Record<string, unknown> = Object.fromEntries(entries.map(([key, entry]) => [key, walk(entry)]));
  if (typeof copy['$ref'] === 'string') copy['$ref'] = copy['$ref'].replace(/^#/, 'jira#');
  if (copy['nullable'] === true && typeof copy['type'] === 'string') copy['type'] = [copy['type'], 'null'];
  return copy;
}
