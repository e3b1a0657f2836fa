import { type Label, labels } from '../../../shared/labels.ts';
import { softmax } from '../scoring/label-scoring.ts';
import { mapWithPauses } from '../scoring/pause.ts';
import { featurise } from './features.ts';
import { type LinearModel, logitsOf } from './linear-model.ts';

/** A ticket whose label a person corrected. */
export interface CorrectedTicket {
  text: string;
  label: Label;
}

export interface PersonalOptions {
  /** Number that divides the model's logits before they are probabilities. */
  temperature: number;
  /** Awaited every few tickets, so that the process can do something else. */
  pause?: () => Promise<void>;
  signal?: AbortSignal | undefined;
}

/** Corrections learnt at most, the first ones: the newest are given first. */
export const mostCorrections = 300;
/** Rows between two pauses, which take a millisecond or two. */
const rowsAtATime = 16;
const rounds = 20;
const step = 0.5;
/**
 * Share of what was learnt that each round takes back. People correct what is wrong and say nothing of what is right, so
 * what they correct must not count for much: with less of a pull, 50 corrections made other tickets worse
 * (docs/classifier.md).
 */
const pull = 0.6;

/**
 * The model with what people corrected: logistic regression on top of it, which learns only where the model is wrong.
 * Without corrections it is the model itself.
 *
 * @throws the signal's reason
 */
export async function withCorrections(
  model: LinearModel,
  corrected: readonly CorrectedTicket[],
  { temperature, pause = async () => {}, signal }: PersonalOptions,
): Promise<LinearModel> {
  if (corrected.length === 0) return model;
  // Only features of corrected tickets ever change, so they get numbers of their own, without gaps.
  const places = new Map<number, number>();
  const placeOf = (feature: number) => {
    const place = places.get(feature) ?? places.size;
    places.set(feature, place);
    return place;
  };
  const rows = await mapWithPauses(corrected.slice(0, mostCorrections), pause, ({ text, label }) => {
    const features = featurise(text);
    const logits = logitsOf(model, features);
    return {
      places: Int32Array.from(features.keys(), placeOf),
      values: Float32Array.from(features.values()),
      label: labels.indexOf(label),
      logits: labels.map((each) => logits[each] / temperature),
    };
  });
  const deltas = labels.map(() => new Float64Array(places.size));

  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { places: at, values, label, logits }] of rows.entries()) {
      if (index % rowsAtATime === 0) await pause();
      const scores = deltas.map((delta, row) => (logits[row] ?? 0) + dot(delta, at, values));
      for (const [row, probability] of softmax(scores).entries()) {
        addScaled(deltas[row], at, values, -step * (probability - (row === label ? 1 : 0)));
      }
    }
    for (const delta of deltas) for (const [place, value] of delta.entries()) delta[place] = value * (1 - pull);
    signal?.throwIfAborted();
  }

  return {
    bias: model.bias,
    weights: model.weights.map((row, index) => {
      const changed = new Float32Array(row);
      for (const [feature, place] of places) {
        changed[feature] = (changed[feature] ?? 0) + temperature * (deltas[index]?.[place] ?? 0);
      }
      return changed;
    }),
  };
}

function dot(delta: Float64Array, places: Int32Array, values: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < places.length; at += 1) sum += (delta[places[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return sum;
}

function addScaled(delta: Float64Array | undefined, places: Int32Array, values: Float32Array, factor: number): void {
  if (delta === undefined) return;
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] ?? 0;
    delta[place] = (delta[place] ?? 0) + factor * (values[at] ?? 0);
  }
}
