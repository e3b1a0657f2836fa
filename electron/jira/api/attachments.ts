import { z } from 'zod';
import { reactionTo, toAppError } from '../../../shared/errors.ts';
import { listOf } from '../../network/bounded-schema.ts';
import { read } from './cloud-answers.ts';
import type { JiraApi } from './jira-api.ts';
import type { JiraClient } from './jira-client.ts';

const attachedSchema = z.object({
  fields: z.object({
    attachment: listOf(z.object({ filename: z.string() }))
      .nullish()
      .catch(null),
  }),
});

const rulesSchema = z.object({
  enabled: z.boolean().nullish().catch(null),
  uploadLimit: z.number().int().nonnegative().nullish().catch(null),
});

/** Files on an issue. */
export function createAttachments(jira: JiraClient): Pick<JiraApi, 'attach' | 'attachmentRules' | 'attachmentNames'> {
  return {
    async attach(issueIdOrKey, { name, content }) {
      const file = typeof content === 'string' ? new Blob([content], { type: 'text/plain; charset=utf-8' }) : content;
      await jira.issueAttachments.addAttachment({ issueIdOrKey, attachments: { filename: name, content: file } });
    },

    async attachmentRules() {
      // Who may not ask, or finds nobody who knows, tries: each file is refused by itself then.
      const answer = await jira.issueAttachments.getAttachmentMeta().catch((thrown: unknown) => {
        if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
        return {};
      });
      const { enabled, uploadLimit } = rulesSchema.catch({}).parse(answer);
      return { areOn: enabled ?? true, mostBytes: uploadLimit ?? null };
    },

    async attachmentNames(issueIdOrKey) {
      const answer = await jira.issues.getIssue({ issueIdOrKey, fields: ['attachment'] });
      return (read(attachedSchema, answer, 'attachments').fields.attachment ?? []).map(({ filename }) => filename);
    },
  };
}
