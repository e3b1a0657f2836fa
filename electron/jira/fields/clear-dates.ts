/**
 * A date as Jira takes it, `2026-12-24`; null where it is not clear which day is meant. Clear are ISO 8601, dates with
 * points or year first, and those with slashes whose day cannot be a month.
 */
export function clearDate(words: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T\S*)?$/.exec(words);
  if (iso !== null) return realDate(iso[1], iso[2], iso[3]);
  const points = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(words);
  if (points !== null) return realDate(points[3], points[2], points[1]);
  const slashes = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(words);
  if (slashes === null) return null;
  const [, first, second, year] = slashes;
  if (first === second || Number(first) > 12) return realDate(year, second, first);
  return Number(second) > 12 ? realDate(year, first, second) : null;
}

/**
 * A moment as Jira takes it, `2026-12-24T14:30:00.000+0000`; null where it is not clear which one is meant. Without a zone
 * it is this computer's.
 */
export function clearMoment(words: string): string | null {
  const parts = /^([\d./-]{6,12})[T ] {0,2}(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}(?::?\d{2})?)?$/i.exec(
    words,
  );
  const date = clearDate(parts?.[1] ?? '');
  if (parts === null || date === null) return null;
  const [, , time = '', zone = ''] = parts;
  const clock = /^\d:/.test(time) ? `0${time}` : time;
  const offset = zone.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, hours, minutes) => `${hours}:${minutes ?? '00'}`);
  const at = new Date(`${date}T${clock.length === 5 ? `${clock}:00` : clock}${offset.toUpperCase()}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString().replace('Z', '+0000');
}

/** Null for a day that the calendar does not have. */
function realDate(year = '', month = '', day = ''): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null;
}
