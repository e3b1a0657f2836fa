/** Steps whose curvature is remembered. */
const memory = 8;
const mostSteps = 60;
/** Where a step gains less than this share, the rest would not change an answer. */
const smallestGain = 1e-4;

export interface Slope {
  loss: number;
  gradient: Float64Array;
}

/**
 * The lowest point of a smooth convex function, from `start` on: L-BFGS with halving steps.
 * https://en.wikipedia.org/wiki/Limited-memory_BFGS
 */
export async function minimise(
  start: Float64Array,
  slopeAt: (point: Float64Array) => Promise<Slope>,
): Promise<Float64Array> {
  let point = start;
  let { loss, gradient } = await slopeAt(point);
  const past: { step: Float64Array; bend: Float64Array; curvature: number }[] = [];

  /** The gradient, turned and stretched by what the past steps say of the curvature. */
  function direction(): Float64Array {
    const result = gradient.map((value) => -value);
    const shares: number[] = [];
    for (const { step, bend, curvature } of past.toReversed()) {
      const share = dot(step, result) / curvature;
      shares.push(share);
      add(result, bend, -share);
    }
    const last = past.at(-1);
    const stretch = last === undefined ? 1 : last.curvature / dot(last.bend, last.bend);
    for (const [index, value] of result.entries()) result[index] = value * stretch;
    for (const { step, bend, curvature } of past)
      add(result, step, (shares.pop() ?? 0) - dot(bend, result) / curvature);
    return result;
  }

  for (let steps = 0; steps < mostSteps; steps += 1) {
    const towards = direction();
    const fall = dot(towards, gradient);
    if (fall >= 0) return point;
    let length = 1;
    let next = moved(point, towards, length);
    let slope = await slopeAt(next);
    while (slope.loss > loss + 1e-4 * length * fall) {
      length /= 2;
      if (length < 1e-6) return point;
      next = moved(point, towards, length);
      slope = await slopeAt(next);
    }
    const step = difference(next, point);
    const bend = difference(slope.gradient, gradient);
    const curvature = dot(step, bend);
    if (curvature > 0) past.push({ step, bend, curvature });
    if (past.length > memory) past.shift();
    const gain = loss - slope.loss;
    point = next;
    loss = slope.loss;
    gradient = slope.gradient;
    if (gain < smallestGain * Math.abs(loss)) return point;
  }
  return point;
}

function moved(point: Float64Array, towards: Float64Array, length: number): Float64Array {
  return point.map((value, index) => value + length * (towards[index] ?? 0));
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, index) => value - (b[index] ?? 0));
}

function add(target: Float64Array, values: Float64Array, factor: number): void {
  for (const [index, value] of values.entries()) target[index] = (target[index] ?? 0) + factor * value;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
