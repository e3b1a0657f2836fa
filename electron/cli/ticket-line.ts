type Id = string | number | null;

/** A line `{"id": ..., "text": "..."}`, or why it is not one; the id wherever there is one. */
export function parseTicketLine(line: string): { id: Id; text: string } | { id: Id; error: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { id: null, error: 'This line is not JSON.' };
  }
  if (typeof parsed !== 'object' || parsed === null) return { id: null, error: 'Expected an object {"id", "text"}.' };
  const given = 'id' in parsed ? parsed.id : null;
  const id = typeof given === 'string' || typeof given === 'number' ? given : null;
  const text = 'text' in parsed ? parsed.text : undefined;
  return typeof text === 'string' ? { id, text } : { id, error: 'Expected "text" to be a string.' };
}
