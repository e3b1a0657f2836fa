// npm run train: learns models/builtin.json from models/examples.jsonl. The same examples give the same bytes.
// `-- --quick` leaves out judging by held-out batches, which takes most of the time.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { cues } from '../electron/classifier/builtin/cues.ts';
import { bucketCount, featureCount, featurise } from '../electron/classifier/builtin/features.ts';
import { type LinearModel, logitsOf, mixed } from '../electron/classifier/builtin/linear-model.ts';
import { type Judged, macroF1 } from '../electron/classifier/measuring/metrics.ts';
import { eachLabel, labelProbabilities, likeliest } from '../electron/classifier/scoring/label-scoring.ts';
import { labelSchema, labels } from '../shared/labels.ts';
import { type TrainingExample, trainLogisticRegression } from './training/logistic-regression.ts';
import { trainNaiveBayes } from './training/naive-bayes.ts';

/** Share of logistic regression beside naive Bayes with 1; docs/classifier.md explains this and what follows, with figures. */
const logisticShare = 0.1;
const logistic = { l2: 1e-3, rounds: 50 };
/** Developers' trackers and status pages are written like no helpdesk: what they teach has to outweigh the rest a little. */
const trackerWeight = 1.5;
const trackerBatch = /^(?:tracker|status|titles)/;
/** Calibration, see builtin-classifier.ts: chosen on tickets of other people, since a model knows its own too well. */
const temperature = 0.4;
const doubt = 0.1;
/** Confidence below which a ticket is marked unsure: 15 % of those tickets of other people. */
const unsureBelow = 0.405;
const foldCount = 8;

const exampleSchema = z.strictObject({
  text: z.string().min(1),
  label: labelSchema,
  batch: z.string().min(1),
  /** English where there is none. */
  language: z.enum(['es', 'de']).optional(),
});

interface Example extends TrainingExample {
  text: string;
  batch: string;
  language: string;
}

/** Reads the examples, weighted so that each label weighs the same in all. */
function readExamples(path: URL): Example[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  const examples = lines.map((line) => {
    const { text, label, batch, language = 'en' } = exampleSchema.parse(JSON.parse(line));
    return {
      text,
      features: featurise(text),
      label,
      batch,
      language,
      weight: trackerBatch.test(batch) ? trackerWeight : 1,
    };
  });
  const totals = new Map(labels.map((label) => [label, sum(examples.filter((each) => each.label === label))]));
  const mean = sum(examples) / labels.length;
  return examples.map((each) => ({ ...each, weight: (each.weight * mean) / (totals.get(each.label) ?? 1) }));
}

function sum(examples: readonly { weight: number }[]): number {
  return examples.reduce((total, { weight }) => total + weight, 0);
}

function train(examples: readonly TrainingExample[]): LinearModel {
  return mixed([
    { model: trainNaiveBayes(examples, featureCount), share: 1 },
    { model: trainLogisticRegression(examples, featureCount, logistic), share: logisticShare },
  ]);
}

/** Whole batches are judged by a model that saw none of them: neighbours in a batch resemble each other. */
function crossValidate(examples: readonly Example[]): Map<Example, Judged> {
  const batches = [...new Set(examples.map(({ batch }) => batch))].sort();
  const judged = new Map<Example, Judged>();
  for (let fold = 0; fold < foldCount; fold += 1) {
    const held = new Set(batches.filter((_batch, index) => index % foldCount === fold));
    const model = train(examples.filter(({ batch }) => !held.has(batch)));
    const tickets = examples.filter(({ batch }) => held.has(batch));
    for (const example of tickets) {
      const sure = labelProbabilities(logitsOf(model, example.features), temperature);
      const probabilities = eachLabel((label) => (1 - doubt) * sure[label] + doubt / labels.length);
      judged.set(example, { truth: example.label, answer: likeliest(probabilities), probabilities });
    }
    print(`${tickets.length} of ${[...held].join(', ')}`, tickets);
  }
  for (const language of ['en', 'es', 'de'])
    print(
      `all in ${language}`,
      examples.filter((each) => each.language === language),
    );
  print(`all ${examples.length}`, examples);

  function print(what: string, some: readonly Example[]): void {
    const figure = macroF1(some.flatMap((example) => judged.get(example) ?? []));
    console.log(`macro-F1 ${figure.toFixed(3)}  ${what}`);
  }
  return judged;
}

/** What a GGUF is measured on beside the built-in model: each example with what a model that never saw its batch says. */
function toHeldOut(judged: ReadonlyMap<Example, Judged>) {
  return [...judged].map(([{ text, label, batch, weight }, { probabilities }]) => ({
    text,
    label,
    batch,
    weight: rounded(weight),
    builtin: labels.map((each) => rounded(probabilities?.[each] ?? 0)),
  }));
}

/** One signed byte a bucket, scaled per label; the cues as they are, to be read. */
function toFile({ bias, weights }: LinearModel) {
  const buckets = weights.map((row) => Array.from(row).slice(0, bucketCount));
  const scales = buckets.map((row) => row.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127);
  const bytes = buckets.flatMap((row, index) => row.map((weight) => Math.round(weight / (scales[index] || 1))));
  const learnt = {
    bias: bias.map(rounded),
    scales,
    cues: Object.fromEntries(
      cues.map(({ name }, index) => [name, weights.map((row) => rounded(row[bucketCount + index] ?? 0))]),
    ),
    weights: Buffer.from(Int8Array.from(bytes).buffer).toString('base64'),
  };
  const version = `builtin-${createHash('sha256').update(JSON.stringify(learnt)).digest('hex').slice(0, 8)}`;
  return { version, temperature, doubt, unsureBelow, ...learnt };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}

const examples = readExamples(new URL('../models/examples.jsonl', import.meta.url));
if (!process.argv.includes('--quick')) {
  const heldOut = toHeldOut(crossValidate(examples));
  writeFileSync(new URL('../models/held-out.json', import.meta.url), `${JSON.stringify(heldOut)}\n`);
}
const file = toFile(train(examples));
writeFileSync(new URL('../models/builtin.json', import.meta.url), `${JSON.stringify(file)}\n`);
console.log(`wrote models/builtin.json (${file.version})`);
