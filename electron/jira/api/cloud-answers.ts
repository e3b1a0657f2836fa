import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { issueKeyPattern } from '../../../shared/issue-key.ts';
import { listOf, mapOf } from '../../network/bounded-schema.ts';
import type { FieldOption, ScreenField } from './jira-api.ts';

/** Data Center gives numbers for some. */
const id = z.union([z.string(), z.number().transform(String)]);
const paging = { total: z.number().optional(), isLast: z.boolean().optional() };
const issueTypeSchema = z
  .object({
    id,
    name: z.string(),
    untranslatedName: z.string().nullish(),
    subtask: z.boolean().default(false),
    hierarchyLevel: z.number().nullish(),
  })
  .transform(({ id, name, untranslatedName = null, subtask, hierarchyLevel }) => {
    return { id, name, untranslatedName, subtask, standard: !subtask && (hierarchyLevel ?? 0) === 0 };
  });
/** Lists go by their own name in Cloud's documentation, and by `values` in older answers and in Data Center's. */
const listNamed = (name: string) => (page: unknown) =>
  page && typeof page === 'object' && 'values' in page ? { [name]: page.values, ...page } : page;
export const issueTypePageSchema = z.preprocess(
  listNamed('issueTypes'),
  z.object({ ...paging, issueTypes: listOf(issueTypeSchema) }),
);

const idSchema = id.nullish().catch(null);
/** Options, versions, priorities, people: what each calls its words differs. */
const optionSchema = z
  .object({
    id: idSchema,
    value: z.string().optional().catch(undefined),
    name: z.string().optional().catch(undefined),
    displayName: z.string().optional().catch(undefined),
    children: z.array(z.object({ id: idSchema, value: z.string() })).catch([]),
  })
  .transform(({ id = null, value, name, displayName, children }): FieldOption => {
    const inner = children.map((child) => ({ id: child.id ?? null, name: child.value, children: [] }));
    return { id, name: value ?? name ?? displayName ?? '', children: inner };
  });
const word = z.string().nullable().catch(null);
const screenFieldSchema = z
  .object({
    fieldId: z.string(),
    name: z.string(),
    required: z.boolean().catch(false),
    hasDefaultValue: z.boolean().catch(false),
    schema: z
      .object({ type: word, items: word, system: word, custom: word })
      .catch({ type: null, items: null, system: null, custom: null }),
    allowedValues: z.array(optionSchema).nullish().catch(null),
  })
  .transform(({ fieldId, name, required, hasDefaultValue, schema, allowedValues }): ScreenField => {
    const options = allowedValues?.filter((option) => option.name !== '') ?? null;
    return { id: fieldId, name, required, hasDefault: hasDefaultValue, schema, options };
  });
export const screenPageSchema = z.preprocess(
  listNamed('fields'),
  z.object({ ...paging, fields: listOf(screenFieldSchema) }),
);

const createdSchema = z.object({ id: id.pipe(z.string().min(1)), key: z.string().regex(issueKeyPattern) });

const named = z.object({ name: z.string() });
export const issueSchema = z.object({
  id,
  key: z.string().regex(issueKeyPattern),
  fields: z.object({
    summary: z.string().nullish(),
    issuetype: named.extend({ id: id.nullable().catch(null) }),
    status: named.nullish(),
    assignee: z.object({ displayName: z.string().nullish() }).nullish(),
    labels: z.array(z.string()).catch([]),
    created: z.string().nullish(),
    updated: z.string().nullish(),
  }),
  /** Absent where Jira does not list them. */
  properties: z.record(z.string(), z.unknown()).optional(),
});
export type IssueAnswer = z.infer<typeof issueSchema>;
export const searchSchema = z.object({
  issues: listOf(issueSchema),
  nextPageToken: z.string().nullish(),
  /** Number of issues on all pages; Data Center says it. */
  total: z.number().nullish(),
});
export const bulkSchema = z.object({ issues: listOf(issueSchema), issueErrors: z.array(z.unknown()).default([]) });
export const transitionsSchema = z.object({
  transitions: listOf(
    z.object({ id, to: z.object({ statusCategory: z.object({ key: z.string() }).nullish() }).nullish() }),
  ),
});
export const accountSchema = z.object({
  displayName: z.string().nullish(),
  accountId: z.string().optional(),
  name: z.string().optional(),
});
/** The account that asks: an answer without any of these is somebody else's. */
export const selfSchema = accountSchema
  .extend({ key: z.string().optional(), emailAddress: z.string().nullish() })
  .refine((account) => Object.values(account).some((value) => typeof value === 'string'));
const personSchema = accountSchema.extend({
  emailAddress: z.string().nullish(),
  active: z.boolean().default(true),
  accountType: z.string().nullish(),
});
export type PersonAnswer = z.infer<typeof personSchema>;
export const peopleSchema = listOf(personSchema);
export const propertyValueSchema = z.object({ value: z.unknown() });
export const commentPageSchema = z.object({
  comments: listOf(
    z.object({
      id,
      author: accountSchema.nullish(),
      body: z.unknown(),
      /** Absent where Jira does not list them. */
      properties: listOf(z.object({ key: z.string(), value: z.unknown() })).optional(),
    }),
  ),
});
export const projectPageSchema = z.object({
  values: listOf(
    z.object({
      id: z.string(),
      key: z.string(),
      name: z.string(),
      insight: z.object({ totalIssueCount: z.number().nullish() }).nullish(),
    }),
  ),
  total: z.number().nullish(),
  isLast: z.boolean().nullish(),
});
export const projectListSchema = listOf(
  z.object({ id, key: z.string(), name: z.string(), archived: z.boolean().nullish().catch(null) }),
);
export const permissionsSchema = z.object({
  permissions: mapOf(z.object({ havePermission: z.boolean() })),
});
export const serverInfoSchema = z.object({ baseUrl: z.url({ protocol: /^https?$/ }) });

/** The issue that a create made. Throws `unconfirmed` where the answer names none. */
export function createdIn(answer: unknown): { id: string; key: string } {
  const created = createdSchema.safeParse(answer);
  if (created.success) return created.data;
  const message = 'Jira took the issue, and its answer does not say which one it is.';
  throw new AppError('unconfirmed', message, { cause: created.error });
}

/** jira.js hands on answers that do not fit its schemas, so what is used here is checked here. */
export function read<Schema extends z.ZodType>(schema: Schema, answer: unknown, what: string): z.infer<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  const place = where === '' ? '' : ` (at ${where})`;
  throw new AppError('bad_response', `Jira answered a question for ${what} with something else${place}.`, {
    cause: parsed.error,
  });
}
