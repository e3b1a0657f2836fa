/** Text without what JSON, XML or Jira refuse: control characters, halves of surrogate pairs, noncharacters. */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\uFFFE\uFFFF]/g, '');
}
