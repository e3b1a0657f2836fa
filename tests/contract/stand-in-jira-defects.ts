import type { AnySchema } from 'ajv';

export interface Operation {
  operationId: string;
  parameters?: Array<{ name: string; in: string; schema?: Record<string, unknown> }>;
  requestBody?: { required?: boolean; content?: Record<string, { schema?: AnySchema }> };
  responses: Record<string, { content?: Record<string, { schema?: AnySchema }> }>;
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, { properties?: Record<string, AnySchema>; additionalProperties?: AnySchema }>;
  };
}

/** Lets Cloud name types in create metadata as they were before somebody translated them, which its document forbids. */
export function mendCloudDocument({ components }: OpenApiDocument): void {
  const type = components.schemas['IssueTypeIssueCreateMetadata']?.properties;
  if (type !== undefined) type['untranslatedName'] = { type: 'string' };
}

/** Mends what Data Center's document is known to say wrong; all else stays as strict as it is. */
export function mendDataCenterDocument(document: OpenApiDocument): void {
  const { schemas } = document.components;
  const anything = {};
  // Fields are declared as objects; Atlassian's own examples have strings, numbers, lists and nulls.
  for (const name of ['IssueBean', 'IssueUpdateBean']) {
    const properties = schemas[name]?.properties;
    if (properties !== undefined) properties['fields'] = { type: 'object', additionalProperties: anything };
  }
  // Where issue properties are asked for, they come by their keys, without another `properties` between.
  schemas['PropertiesBean'] = { additionalProperties: anything };
  // A property's value is any JSON, not its text.
  const property = schemas['EntityPropertyBean']?.properties;
  if (property !== undefined) property['value'] = anything;
  const propertyPath = '/api/2/issue/{issueIdOrKey}/properties/{propertyKey}';
  const written = document.paths[propertyPath]?.['put']?.requestBody?.content?.['application/json'];
  if (written !== undefined) written.schema = anything;
  // Lists are declared as their items, pages of create metadata too.
  for (const [path, method] of [
    ['/api/2/project', 'get'],
    ['/api/2/user/search', 'get'],
    ['/api/2/issue/{issueIdOrKey}/attachments', 'post'],
  ] as const) {
    changeAnswer(document, path, method, (items) => ({ type: 'array', items }));
  }
  const createMeta = '/api/2/issue/createmeta/{projectIdOrKey}/issuetypes';
  for (const [path, newName] of [
    [createMeta, 'issueTypes'],
    [`${createMeta}/{issueTypeId}`, 'fields'],
  ] as const) {
    changeAnswer(document, path, 'get', (items) => page(items, newName));
  }
}

/** Older versions call the list `values`, newer ones by what is in it. */
function page(items: AnySchema, newName: string): AnySchema {
  const number = { type: 'integer' };
  return {
    type: 'object',
    required: ['startAt', 'maxResults', 'total'],
    properties: {
      startAt: number,
      maxResults: number,
      total: number,
      isLast: { type: 'boolean' },
      values: { type: 'array', items },
      [newName]: { type: 'array', items },
    },
    additionalProperties: false,
    anyOf: [{ required: ['values'] }, { required: [newName] }],
  };
}

function changeAnswer(
  { paths }: OpenApiDocument,
  path: string,
  method: string,
  change: (schema: AnySchema) => AnySchema,
): void {
  const answer = paths[path]?.[method]?.responses['200']?.content?.['application/json'];
  if (answer?.schema === undefined) throw new Error(`The document has no answer to ${method} ${path}.`);
  answer.schema = change(answer.schema);
}
