import { Ajv, type AnySchema } from 'ajv';
import addFormats from 'ajv-formats';
import { readContract } from './stand-in-contracts.ts';

interface Operation {
  operationId: string;
  requestBody?: { content?: Record<string, { schema?: AnySchema }> };
  responses: Record<string, { content?: Record<string, { schema?: AnySchema }> }>;
}

interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, AnySchema> }> };
}

export interface JiraContract {
  /** What is wrong with this request body; empty where the document has nothing against it. */
  requestFaults(method: string, path: string, body: unknown): string[];
  /** The same for an answer; a status that the document does not know is a fault, an error needs Jira's shape. */
  responseFaults(method: string, path: string, status: number, body: unknown): string[];
  /** What ADF's schema has against a document. */
  adfFaults(document: unknown): string[];
}

const errorCollection = { $ref: '#/components/schemas/ErrorCollection' };
/** Statuses that Jira Cloud sends although the document forgets them for single operations. */
const everywhere = ['400', '403', '404'];

/** Atlassian's OpenAPI document of Jira Cloud v3 and the ADF schema as judges of requests and answers. */
export function openJiraContract(): JiraContract {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  addFormats(ajv);
  const document = rewrite(readContract('jira/cloud-v3.openapi.json')) as OpenApiDocument;
  tellWhatItForgets(document);
  ajv.addSchema(document, 'jira');
  ajv.addSchema(readContract('adf/adf-schema-57.7.22.full.json') as AnySchema, 'adf');

  function faults(schema: AnySchema, value: unknown): string[] {
    const validate = ajv.compile(schema);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  function find(method: string, path: string): Operation {
    for (const [template, operations] of Object.entries(document.paths)) {
      const operation = operations[method.toLowerCase()];
      if (operation !== undefined && isInstance(path, template)) return operation;
    }
    throw new Error(`The document has no ${method} ${path}.`);
  }

  return {
    requestFaults(method, path, body) {
      const schema = find(method, path).requestBody?.content?.['application/json']?.schema;
      return schema === undefined ? [] : faults(schema, body);
    },
    responseFaults(method, path, status, body) {
      const { responses } = find(method, path);
      const response = responses[String(status)];
      if (response === undefined && !everywhere.includes(String(status))) return [`status ${status} is not documented`];
      if (status === 204) return body === undefined ? [] : ['204 has a body'];
      const schema = response?.content?.['application/json']?.schema;
      if (status >= 400) return faults(schema ?? rewrite(errorCollection), body);
      return schema === undefined || body === undefined ? [] : faults(schema, body);
    },
    adfFaults: (value) => faults({ $ref: 'adf#' }, value),
  };
}

/** Cloud names types in create metadata as they were before somebody translated them; the document allows no such field. */
function tellWhatItForgets({ components }: OpenApiDocument): void {
  const type = components.schemas['IssueTypeIssueCreateMetadata']?.properties;
  if (type !== undefined) type['untranslatedName'] = { type: 'string' };
}

/** Literal parts before placeholders: `/issue/bulkfetch` is no issue. */
function isInstance(path: string, template: string): boolean {
  const given = path.split('/');
  const wanted = template.split('/');
  const reserved = ['bulkfetch', 'createmeta', 'search'];
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
