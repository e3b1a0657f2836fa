import { type Label, labels } from '../../shared/labels.ts';

const synonyms = new Map<string, Label>([
  ['task', 'Task'],
  ['tasks', 'Task'],
  ['chore', 'Task'],
  ['todo', 'Task'],
  ['service request', 'Task'],
  ['bug', 'Bug'],
  ['bugs', 'Bug'],
  ['bug report', 'Bug'],
  ['defect', 'Bug'],
  ['error', 'Bug'],
  ['incident', 'Incident'],
  ['incidents', 'Incident'],
  ['outage', 'Incident'],
  ['feature request', 'Feature Request'],
  ['feature requests', 'Feature Request'],
  ['feature', 'Feature Request'],
  ['enhancement', 'Feature Request'],
  ['improvement', 'Feature Request'],
  ['question', 'Question'],
  ['questions', 'Question'],
  ['support question', 'Question'],
]);

/**
 * The label that a reply means: whatever its case, punctuation, wording ("feature_request", "bug report") or
 * wrapping ({"label": "Bug"}, "Label: Bug"). null where it is none or could be several.
 */
export function normaliseLabel(reply: string): Label | null {
  const text = wordsOf(unwrap(reply));
  const exact = synonyms.get(text);
  if (exact !== undefined) return exact;
  const named = labels.filter((label) => ` ${text} `.includes(` ${label.toLowerCase()} `));
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** The text inside JSON, where the reply is JSON: a string, or the only text in an object or a list. */
function unwrap(reply: string): string {
  const fenced = withoutFence(reply.trim());
  try {
    const parsed: unknown = JSON.parse(fenced);
    const inside = typeof parsed === 'object' && parsed !== null ? Object.values(parsed) : [parsed];
    const texts = inside.filter((value) => typeof value === 'string');
    return texts.length === 1 && texts[0] !== undefined ? texts[0] : fenced;
  } catch {
    return fenced;
  }
}

/** The text without the marks of a code block around it. */
function withoutFence(reply: string): string {
  const opened = reply.startsWith('```') ? reply.replace(/^```\w*/, '') : reply;
  return (opened.endsWith('```') ? opened.slice(0, -3) : opened).trim();
}

function wordsOf(text: string): string {
  const spaced = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const words = spaced.replace(/[^a-z]+/g, ' ').trim();
  return words.replace(/^(label|type|answer|category|the answer is|it is a|this is an?|an?) /, '');
}
