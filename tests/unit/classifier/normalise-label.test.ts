import { describe, expect, it } from 'vitest';
import { normaliseLabel } from '../../../electron/classifier/normalise-label.ts';
import { labels } from '../../../shared/labels.ts';

describe('normaliseLabel', () => {
  it.each(labels)('takes %s as it is, in any case and inside JSON', (label) => {
    expect(normaliseLabel(label)).toBe(label);
    expect(normaliseLabel(`  ${label.toUpperCase()}.\n`)).toBe(label);
    expect(normaliseLabel(JSON.stringify({ label }))).toBe(label);
  });

  it.each([
    ['feature', 'Feature Request'],
    ['feature_request', 'Feature Request'],
    ['FeatureRequest', 'Feature Request'],
    ['bug report', 'Bug'],
    ['**Bug**', 'Bug'],
    ['Label: Incident', 'Incident'],
    ['This is a question.', 'Question'],
    ['"Task"', 'Task'],
    ['["Bug"]', 'Bug'],
    ['```json\n{"label": "task"}\n```', 'Task'],
    ['```\nBug ```', 'Bug'],
    ['```{"label": "task"}', 'Task'],
  ])('takes %j as %s', (reply, label) => {
    expect(normaliseLabel(reply)).toBe(label);
  });

  it.each(['', 'I cannot help with that.', 'Bug or Incident', '{"label": 3}', 'null', 'constructor', '```', '``````'])(
    'takes %j as no label',
    (reply) => {
      expect(normaliseLabel(reply)).toBeNull();
    },
  );
});
