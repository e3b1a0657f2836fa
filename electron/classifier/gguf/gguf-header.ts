/** Bytes of each metadata value type but string (8) and array (9). https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
const sizes: Record<number, number> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const [u16Type, u32Type, i32Type, stringType, arrayType, u64Type] = [2, 4, 5, 8, 9, 10];
/** What is kept, by its name. */
const kept =
  /^(general|split)\.|^adapter\.type$|\.(context_length|pooling_type)$|^tokenizer\.(chat_template|ggml\.model)$/;
/** Bytes of a text that are kept. */
const longestText = 200;
const damaged = 'its header is damaged';
/**
 * Most entries, tensors and texts: each costs time here, and memory in llama.cpp. Models have some dozens of entries,
 * some thousand tensors, and in all their lists some hundred thousand texts: Gemma's, with 262,144 tokens and how they
 * are merged, has 780,000.
 */
const [mostEntries, mostTensors, mostTexts] = [4_000, 20_000, 1_000_000];
/** Bytes of a chat template; the longest that we know have 30,000. */
const longestTemplate = 256 * 1024;

/** What the beginning of a GGUF file says. */
export interface GgufHeader {
  /** Why the file cannot be used, as the end of a sentence ("it is empty"); null where nothing is wrong. */
  problem: string | null;
  /** Texts and counts that tell what it is, and the beginning of `tokenizer.chat_template`. Anybody can have written them. */
  values: ReadonlyMap<string, string | number>;
  /** Elements of all tensors, that is the model's parameters; null where their list was not read to its end. */
  elements: number | null;
}

/**
 * Reads a header and holds every length in it against the file's: node-llama-cpp reads as much as a damaged one asks for,
 * which can end the whole process.
 * `head`: the file's beginning, as much of it as was read. `fileSize`: bytes.
 */
export function parseGgufHeader(head: Buffer, fileSize: number): GgufHeader {
  const problem = startProblem(head);
  return problem === null ? walk(head, fileSize) : { problem, values: new Map(), elements: null };
}

function startProblem(head: Buffer): string | null {
  if (head.length === 0) return 'it is empty';
  const start = head.toString('latin1', 0, 512).trimStart().toLowerCase();
  if (start.startsWith('<') || start.startsWith('\u00ef\u00bb\u00bf<')) {
    return 'it is a web page, so the download ended at a login or error page';
  }
  if (start.startsWith('version https://git-lfs')) return 'it is a Git LFS pointer, not the model itself';
  if (!'GGUF'.startsWith(head.toString('latin1', 0, 4))) return 'it is not a GGUF file';
  if (head.length < 24) return 'it is incomplete';
  const version = head.readUInt32LE(4);
  if (version !== 0 && (version & 0xffff) === 0) return 'it is made for big-endian machines';
  if (version < 2) return `its GGUF version ${version} is too old`;
  if (version > 3) return `its GGUF version ${version} is newer than this program knows`;
  return null;
}

/** Walks metadata and tensor list; the weights must begin and end within the file. */
function walk(head: Buffer, fileSize: number): GgufHeader {
  const values = new Map<string, string | number>();
  let at = 8;
  /** Texts in all lists so far. */
  let texts = 0;
  /** Moves on by `bytes`; false where the file ends before. */
  const skip = (bytes: number) => {
    at += bytes;
    return at <= fileSize;
  };
  /** The next number, or -1 where these bytes end, which lets every later step fail too. */
  const u32 = () => (skip(4) && at <= head.length ? head.readUInt32LE(at - 4) : -1);
  const u64 = () => {
    const low = u32();
    const high = u32();
    return low < 0 || high < 0 ? -1 : high * 2 ** 32 + low;
  };
  const string = () => {
    const length = u64();
    return length >= 0 && skip(length);
  };
  /** Skips a vocabulary's texts: hundreds of thousands, so without a call for each. */
  const strings = (count: number) => {
    texts += count;
    let left = texts > mostTexts ? -1 : count;
    for (; left > 0 && at + 8 <= head.length; left -= 1) {
      at += 8 + head.readUInt32LE(at) + head.readUInt32LE(at + 4) * 2 ** 32;
    }
    return left > 0 ? string() : left === 0 && at <= fileSize;
  };
  const value = (type: number): boolean => {
    if (type === stringType) return string();
    if (type !== arrayType) return sizes[type] !== undefined && skip(sizes[type]);
    const [items, count] = [u32(), u64()];
    if (items === stringType) return strings(count);
    return count >= 0 && sizes[items] !== undefined && skip(count * sizes[items]);
  };
  const text = (from: number, most: number) => head.toString('utf8', from + 8, Math.min(at, from + 8 + most));
  /** Keeps what was walked over since `from`. */
  const keep = (name: string, type: number, from: number) => {
    if (at > head.length || !kept.test(name)) return;
    if (type === stringType) values.set(name, text(from, longestText));
    if (type === u16Type) values.set(name, head.readUInt16LE(from));
    if (type === i32Type) values.set(name, head.readInt32LE(from));
    if (type === u32Type) values.set(name, head.readUInt32LE(from));
    if (type === u64Type) values.set(name, Number(head.readBigUInt64LE(from)));
  };
  const refused = (problem: string): GgufHeader => ({ problem, values, elements: null });
  /** Why the walk stopped: nothing is wrong where the header only goes on beyond what was read. */
  const stopped = (): GgufHeader => {
    const reason = at > head.length ? null : damaged;
    if (texts > mostTexts) return refused(`its lists have ${texts} texts, and no model's more than ${mostTexts}`);
    return { problem: at > fileSize ? `it is incomplete, or ${damaged}` : reason, values, elements: null };
  };

  const [tensors, entries] = [u64(), u64()];
  if (entries > mostEntries) return refused(`its header has ${entries} entries, and no model more than ${mostEntries}`);
  if (tensors > mostTensors)
    return refused(`its header lists ${tensors} tensors, and no model more than ${mostTensors}`);
  for (let index = 0; index < entries; index += 1) {
    const key = at;
    if (!string()) return stopped();
    const name = text(key, 64);
    const type = u32();
    const from = at;
    if (!value(type)) return stopped();
    if (name === 'tokenizer.chat_template' && at - from > longestTemplate) {
      return refused(`its chat template has ${at - from} bytes, and no model's more than ${longestTemplate}`);
    }
    keep(name, type, from);
  }
  let last = 0;
  let elements = 0;
  for (let index = 0; index < tensors; index += 1) {
    if (!string()) return stopped();
    const dimensions = u32();
    if (dimensions < 0 || dimensions > 8) return stopped();
    let product = 1;
    for (let dimension = 0; dimension < dimensions; dimension += 1) product *= u64();
    if (u32() < 0) return stopped();
    const offset = u64();
    if (offset < 0) return stopped();
    last = Math.max(last, offset);
    elements += product;
  }
  if (at > head.length) return stopped();
  const alignment = Number(values.get('general.alignment')) || 32;
  const needed = Math.ceil(at / alignment) * alignment + last;
  const isCut = tensors > 0 && needed >= fileSize;
  const cut = isCut ? `it is incomplete: ${fileSize} bytes are there of more than ${needed}` : null;
  return { problem: cut, values, elements };
}
