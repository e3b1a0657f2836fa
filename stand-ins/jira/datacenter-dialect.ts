import type { JiraDialect } from './dialect.ts';
import { toWikiText, wikiParagraphs } from './wiki.ts';

/** Jira Data Center, REST v2: wiki text, people by their names. */
export const dataCenterDialect: JiraDialect = {
  faultOfText: (value) => (typeof value === 'string' ? null : 'Operation value must be a string'),
  textLength: (value) => (typeof value === 'string' ? value.length : 0),
  paragraphs: (value) => (typeof value === 'string' ? wikiParagraphs(value) : []),
  toText: toWikiText,
  personKey: 'name',
  person: ({ name }) => ({ name, key: `JIRAUSER${name}` }),
};
