import { type Label, labels } from '../../../shared/labels.ts';

/** One number a label: logits, log-probabilities or probabilities. */
export type LabelScores = Record<Label, number>;

export interface LabelTokens {
  label: Label;
  tokens: readonly number[];
}

/** The model's logits for `candidates` as the token after `path` (tokens of the answer so far). */
export type LogitsAfter = (
  path: readonly number[],
  candidates: readonly number[],
) => Promise<ReadonlyMap<number, number>>;

/** A record over the five labels. */
export function eachLabel(value: (label: Label) => number): LabelScores {
  return {
    Task: value('Task'),
    Bug: value('Bug'),
    Incident: value('Incident'),
    'Feature Request': value('Feature Request'),
    Question: value('Question'),
  };
}

/** exp(value - log(sum(exp(values)))) for each value; sums to 1. */
export function softmax(values: readonly number[]): number[] {
  const highest = Math.max(...values);
  const weights = values.map((value) => Math.exp(value - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Probabilities over the five labels; `temperature` above 1 makes them less sure. */
export function labelProbabilities(scores: LabelScores, temperature = 1): LabelScores {
  const probabilities = softmax(labels.map((label) => scores[label] / temperature));
  return eachLabel((label) => probabilities[labels.indexOf(label)] ?? 0);
}

/** The likeliest label; the first of `labels` where several are equal. */
export function likeliest(probabilities: LabelScores): Label {
  return labels.reduce((best, label) => (probabilities[label] > probabilities[best] ? label : best));
}

/**
 * Log-probability of each label as the model's answer, given that the answer is one of them. A label of
 * several tokens gets the sum over its tokens. The model is asked only where labels part, so one evaluation
 * serves all five where their first tokens differ.
 * @throws Error where the vocabulary gives two labels the same tokens
 */
export async function scoreLabels(answers: readonly LabelTokens[], logitsAfter: LogitsAfter): Promise<LabelScores> {
  const scores = eachLabel(() => Number.NEGATIVE_INFINITY);

  async function descend(group: readonly LabelTokens[], depth: number, logProbability: number): Promise<void> {
    const [first] = group;
    if (first === undefined) return;
    if (group.length === 1) {
      scores[first.label] = logProbability;
      return;
    }
    const branches = new Map<number, LabelTokens[]>();
    for (const answer of group) {
      const token = answer.tokens[depth];
      if (token === undefined) throw new Error(`its vocabulary cannot tell ${answer.label} from the other labels`);
      branches.set(token, [...(branches.get(token) ?? []), answer]);
    }
    const candidates = [...branches.keys()];
    const shares =
      candidates.length === 1 ? [1] : softmax(await logitsOf(candidates, first.tokens.slice(0, depth), logitsAfter));
    for (const [index, branch] of [...branches.values()].entries()) {
      await descend(branch, depth + 1, logProbability + Math.log(shares[index] ?? 0));
    }
  }

  await descend(answers, 0, 0);
  return scores;
}

async function logitsOf(candidates: readonly number[], path: readonly number[], logitsAfter: LogitsAfter) {
  const logits = await logitsAfter(path, candidates);
  return candidates.map((token) => logits.get(token) ?? Number.NEGATIVE_INFINITY);
}
