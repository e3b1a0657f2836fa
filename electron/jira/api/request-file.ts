import type { RichText } from '../../rich-text/rich-text.ts';

/** Name of the file with the whole text of a request. */
export function fileOfRequest(requestId: string): string {
  return `request-${requestId.slice(0, 12)}.txt`;
}

/** Whether a text was cut, and says that the rest is in the request's file. */
export function namesFile(text: RichText, requestId: string): boolean {
  return JSON.stringify(text).includes(fileOfRequest(requestId));
}
