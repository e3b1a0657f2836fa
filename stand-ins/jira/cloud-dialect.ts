import { adfLength, adfParagraphs, isAdf, toPlainAdf } from './adf.ts';
import type { JiraDialect } from './dialect.ts';

/** Jira Cloud, REST v3: Atlassian documents, people by account id. */
export const cloudDialect: JiraDialect = {
  faultOfText: (value) =>
    isAdf(value) ? null : 'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
  textLength: adfLength,
  paragraphs: adfParagraphs,
  toText: toPlainAdf,
  personKey: 'accountId',
  person: ({ accountId }) => ({ accountId, accountType: 'atlassian' }),
};
