const two = (number: number) => String(number).padStart(2, '0');

/** Slack's value of a date, time or moment as the browser's input takes it: moments in this machine's time zone. */
export function toInputValue(kind: 'date' | 'time' | 'datetime', value: string): string {
  if (kind !== 'datetime' || value === '') return value;
  const at = new Date(Number(value) * 1000);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What Slack has for what the browser's input holds: of a moment, the seconds since 1970. */
export function fromInputValue(kind: 'date' | 'time' | 'datetime', typed: string): string[] {
  if (typed === '') return [];
  return [kind === 'datetime' ? String(Math.floor(new Date(typed).getTime() / 1000)) : typed];
}
