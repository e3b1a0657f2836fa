import { z } from 'zod';
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

/** Texts as files on an issue. */
export function createAttachments(jira: JiraClient): Pick<JiraApi, 'attach' | 'attachmentNames'> {
  return {
    async attach(issueIdOrKey, { name, content }) {
      const file = new Blob([content], { type: 'text/plain; charset=utf-8' });
      await jira.issueAttachments.addAttachment({ issueIdOrKey, attachments: { filename: name, content: file } });
    },

    async attachmentNames(issueIdOrKey) {
      const answer = await jira.issues.getIssue({ issueIdOrKey, fields: ['attachment'] });
      return (read(attachedSchema, answer, 'attachments').fields.attachment ?? []).map(({ filename }) => filename);
    },
  };
}
