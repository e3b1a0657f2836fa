import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { issueKeyPattern } from '../../shared/issue-key.ts';
import { listOf, mapOf } from '../network/bounded-schema.ts';

const issueTypeSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    subtask: z.boolean().default(false),
    hierarchyLevel: z.number().nullish(),
  })
  .transform(({ id, name, subtask, hierarchyLevel }) => {
    return { id, name, subtask, standard: !subtask && (hierarchyLevel ?? 0) === 0 };
  });
/** Lists go by their own name in Cloud's documentation, and by `values` in older answers. */
const listNamed = (name: string) => (page: unknown) =>
  page && typeof page === 'object' && 'values' in page ? { [name]: page.values, ...page } : page;
export const issueTypePageSchema = z.preprocess(
  listNamed('issueTypes'),
  z.object({ total: z.number().optional(), issueTypes: listOf(issueTypeSchema) }),
);

const screenFieldSchema = z.object({ fieldId: z.string(), name: z.string() });
export const screenPageSchema = z.preprocess(
  listNamed('fields'),
  z.object({ total: z.number().optional(), fields: listOf(screenFieldSchema) }),
);

export const createdSchema = z.object({ id: z.string().min(1), key: z.string().regex(issueKeyPattern) });

const named = z.object({ name: z.string() });
export const issueSchema = z.object({
  id: z.string(),
  key: z.string().regex(issueKeyPattern),
  fields: z.object({
    summary: z.string().nullish(),
    issuetype: named,
    status: named.nullish(),
    assignee: z.object({ displayName: z.string().nullish() }).nullish(),
    created: z.string().nullish(),
    updated: z.string().nullish(),
  }),
  properties: z.record(z.string(), z.unknown()).default({}),
});
export const searchSchema = z.object({ issues: listOf(issueSchema), nextPageToken: z.string().nullish() });
export const bulkSchema = z.object({ issues: listOf(issueSchema), issueErrors: z.array(z.unknown()).default([]) });
export const transitionsSchema = z.object({
  transitions: listOf(
    z.object({ id: z.string(), to: z.object({ statusCategory: z.object({ key: z.string() }) }).nullish() }),
  ),
});
export const accountSchema = z.object({ displayName: z.string().nullish() });
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
export const permissionsSchema = z.object({
  permissions: mapOf(z.object({ havePermission: z.boolean() })),
});
export const serverInfoSchema = z.object({ baseUrl: z.url({ protocol: /^https?$/ }) });

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
