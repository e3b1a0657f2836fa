/** `2026-01-31T09:00:00.000+0000`. */
export function toJiraTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}
