// Writes a tiny GGUF with random weights: half a megabyte that loads, evaluates and answers nonsense. For tests.
import { writeFileSync } from 'node:fs';

const [embedding, blocks, feedForward, heads, keyHeads, contextLength] = [64, 2, 128, 4, 2, 2048];
const types = { u16: 2, u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 } as const;
const template = "{% for m in messages %}{{ '[' + m['role'] + ']' + m['content'] }}{% endfor %}[assistant]";

/** What the header says of the model, true or not; the weights are always the same. */
interface TinyGgufFacts {
  name?: string;
  licence?: string;
  /** llama.cpp's `llama_ftype`. */
  fileType?: number;
  /** `model`, or what else a GGUF may hold: `adapter`, `mmproj`. */
  type?: string;
  /** The chat template; null: none, as in a model that was not taught to chat. */
  chatTemplate?: string | null;
  /** The architecture's name alone: llama.cpp then misses what such a model has. */
  architecture?: string;
  /** Byte tokens in the vocabulary; llama.cpp aborts the process on a text with a byte that has none, with 128 on a letter beyond ASCII. */
  bytes?: number;
  /** `tokenizer.ggml.model`. */
  tokenizer?: string;
  /** false: a vocabulary only. */
  hasWeights?: boolean;
  /** That it is one of several files, the first of which is 0. */
  split?: { count: number; no: number };
}

/** The model's bytes, the same for the same facts. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
export function tinyGguf({
  name = 'tiny-random',
  licence = 'mit',
  fileType = 0,
  type = 'model',
  chatTemplate = template,
  architecture = 'llama',
  bytes = 256,
  tokenizer = 'llama',
  hasWeights = true,
  split,
}: TinyGgufFacts = {}): Buffer {
  const { tokens, scores, kinds } = vocabulary(bytes);
  const metadata = [
    text('general.architecture', architecture),
    text('general.type', type),
    text('general.name', name),
    text('general.license', licence),
    u32('general.file_type', fileType),
    u32(`${architecture}.context_length`, contextLength),
    u32(`${architecture}.embedding_length`, embedding),
    u32(`${architecture}.block_count`, blocks),
    u32(`${architecture}.feed_forward_length`, feedForward),
    u32(`${architecture}.vocab_size`, tokens.length),
    u32(`${architecture}.attention.head_count`, heads),
    u32(`${architecture}.attention.head_count_kv`, keyHeads),
    f32(`${architecture}.attention.layer_norm_rms_epsilon`, 1e-5),
    u32(`${architecture}.rope.dimension_count`, embedding / heads),
    text('tokenizer.ggml.model', tokenizer),
    list('tokenizer.ggml.tokens', types.string, tokens.map(string)),
    list('tokenizer.ggml.scores', types.f32, scores.map(float)),
    list('tokenizer.ggml.token_type', types.i32, kinds.map(int)),
    u32('tokenizer.ggml.bos_token_id', 1),
    u32('tokenizer.ggml.eos_token_id', 2),
    u32('tokenizer.ggml.unknown_token_id', 0),
    flag('tokenizer.ggml.add_bos_token', true),
    flag('tokenizer.ggml.add_eos_token', false),
    ...(split === undefined ? [] : [u16('split.no', split.no), u16('split.count', split.count)]),
    ...(chatTemplate === null ? [] : [text('tokenizer.chat_template', chatTemplate)]),
  ];
  const tensors = hasWeights ? tensorShapes(tokens.length) : [];
  const infos: Buffer[] = [];
  const weights: Buffer[] = [];
  const random = gaussian(7);
  let offset = 0;
  for (const [name, shape] of tensors) {
    const data = padded(tensorData(name, shape, random));
    infos.push(string(name), int(shape.length), ...shape.map(long), int(0), long(offset));
    weights.push(data);
    offset += data.length;
  }
  const head = [Buffer.from('GGUF'), int(3), long(tensors.length), long(metadata.length), ...metadata, ...infos];
  return Buffer.concat([padded(Buffer.concat(head)), ...weights]);
}

export function writeTinyGguf(path: string, facts: TinyGgufFacts = {}): void {
  writeFileSync(path, tinyGguf(facts));
}

/** Three control tokens, the bytes, printable ASCII, and a few words, so that any text can be tokenised. */
function vocabulary(count: number): { tokens: string[]; scores: number[]; kinds: number[] } {
  const bytes = Array.from({ length: count }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  const ascii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  const words = ['bug', 'feature', 'question', 'incident', 'task', 'the', 'a'].map((word) => `\u2581${word}`);
  const pieces = ['\u2581', ...ascii, ...words, 'th', 'he', 'in', 'er', 'an', 'bug', 'ion', 'qu', 'est', 'quest'];
  return {
    tokens: ['<unk>', '<s>', '</s>', ...bytes, ...pieces],
    scores: [0, 0, 0, ...bytes.map(() => 0), ...pieces.map((_, index) => -index)],
    kinds: [2, 3, 3, ...bytes.map(() => 6), ...pieces.map(() => 1)],
  };
}

function tensorShapes(vocabularySize: number): [name: string, shape: number[]][] {
  const keyWidth = (embedding / heads) * keyHeads;
  const layers = Array.from({ length: blocks }, (_, index): [string, number[]][] => [
    [`blk.${index}.attn_norm.weight`, [embedding]],
    [`blk.${index}.attn_q.weight`, [embedding, embedding]],
    [`blk.${index}.attn_k.weight`, [embedding, keyWidth]],
    [`blk.${index}.attn_v.weight`, [embedding, keyWidth]],
    [`blk.${index}.attn_output.weight`, [embedding, embedding]],
    [`blk.${index}.ffn_norm.weight`, [embedding]],
    [`blk.${index}.ffn_gate.weight`, [embedding, feedForward]],
    [`blk.${index}.ffn_up.weight`, [embedding, feedForward]],
    [`blk.${index}.ffn_down.weight`, [feedForward, embedding]],
  ]);
  return [
    ['token_embd.weight', [embedding, vocabularySize]],
    ['output_norm.weight', [embedding]],
    ['output.weight', [embedding, vocabularySize]],
    ...layers.flat(),
  ];
}

function tensorData(name: string, shape: readonly number[], random: () => number): Buffer {
  const count = shape.reduce((product, size) => product * size, 1);
  const spread = name.startsWith('blk.') ? 0.12 : 0.35;
  const values = Float32Array.from({ length: count }, () => (name.includes('norm') ? 1 : spread * random()));
  return Buffer.from(values.buffer);
}

/** Standard normal numbers, the same on every machine: a linear congruence, then Box and Muller. */
function gaussian(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 1) / (2 ** 32 + 1);
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function written(bytes: number, write: (buffer: Buffer) => void): Buffer {
  const buffer = Buffer.alloc(bytes);
  write(buffer);
  return buffer;
}

const int = (value: number) => written(4, (buffer) => buffer.writeInt32LE(value));
const float = (value: number) => written(4, (buffer) => buffer.writeFloatLE(value));
const long = (value: number) => written(8, (buffer) => buffer.writeBigUInt64LE(BigInt(value)));
const string = (value: string) => Buffer.concat([long(Buffer.byteLength(value)), Buffer.from(value)]);
const entry = (key: string, type: number, value: Buffer) => Buffer.concat([string(key), int(type), value]);
const u32 = (key: string, value: number) => entry(key, types.u32, int(value));
const u16 = (key: string, value: number) => entry(key, types.u16, int(value).subarray(0, 2));
const f32 = (key: string, value: number) => entry(key, types.f32, float(value));
const flag = (key: string, value: boolean) => entry(key, types.bool, Buffer.from([value ? 1 : 0]));
const text = (key: string, value: string) => entry(key, types.string, string(value));
const list = (key: string, type: number, items: readonly Buffer[]) =>
  entry(key, types.array, Buffer.concat([int(type), long(items.length), ...items]));

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc(-data.length & 31)]);
}
