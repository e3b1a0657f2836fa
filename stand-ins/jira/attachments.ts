import type { JiraCall, JiraOperation } from './call.ts';
import { JiraFailure } from './failure.ts';
import { theIssue } from './issues.ts';
import type { JiraAttachment } from './jira-issue.ts';
import type { JiraState } from './state.ts';
import type { JiraViews } from './views.ts';

/** Attaching files to issues, and what may be. Throws JiraFailure. */
export function createJiraAttachments(
  state: JiraState,
  views: JiraViews,
): Record<'addAttachment' | 'getAttachmentMeta', JiraOperation> {
  return {
    getAttachmentMeta: () => ({
      status: 200,
      body: { enabled: state.attachmentsOn, uploadLimit: state.attachmentLimit },
    }),

    addAttachment(call) {
      // Without this header any web page could make a browser send the form.
      const token = call.headers['x-atlassian-token'];
      if (token !== 'no-check' && token !== 'nocheck') return { status: 403, body: 'XSRF check failed' };
      const issue = theIssue(state, call, 'attach');
      if (!state.attachmentsOn) throw new JiraFailure(404, 'Attachments are disabled.');
      const files = readFiles(call);
      if (files.length === 0) throw new JiraFailure(400, 'No file was given: the part must be named file.');
      for (const { content } of files) {
        if (Buffer.byteLength(content) > state.attachmentLimit) {
          const limit = `${Math.round(state.attachmentLimit / 1024)} kB`;
          throw new JiraFailure(413, `The file exceeds its maximum permitted size of ${limit}.`);
        }
      }
      const author = state.account.email;
      const added: JiraAttachment[] = files.map((file) => ({
        ...file,
        id: state.nextId(),
        author,
        createdAt: state.now(),
      }));
      issue.attachments.push(...added);
      state.changed(issue);
      return { status: 200, body: added.map(views.attachment) };
    },
  };
}

/** The parts named `file` of a form. Throws JiraFailure 415 and 400. */
function readFiles({ headers, text }: JiraCall): Pick<JiraAttachment, 'name' | 'mimeType' | 'content'>[] {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) throw new JiraFailure(415, 'Unsupported Media Type');
  const parts = text.split(`--${boundary}`);
  if (parts.at(-1)?.trim() !== '--') throw new JiraFailure(400, 'The form ends too early.');
  return parts.slice(1, -1).flatMap((part) => {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, end);
    const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
    const name = /filename="([^"]*)"/.exec(disposition)?.[1];
    if (!/[; ]name="file"/.test(disposition) || name === undefined) return [];
    const mimeType = /^content-type:\s*(\S+)/im.exec(head)?.[1]?.replace(/;$/, '') ?? 'application/octet-stream';
    return [{ name, mimeType, content: part.slice(end + 4, -2) }];
  });
}
