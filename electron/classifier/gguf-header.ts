/** Enough for the header of any model in use (Gemma's 262,144 tokens take 8 MB); what is longer is not checked. */
export const headerLimit = 32 * 1024 * 1024;

/** Bytes of each metadata value type but string (8) and array (9). https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
const sizes: Record<number, number> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const [stringType, arrayType] = [8, 9];
const damaged = 'its header is damaged';

/**
 * Why these bytes cannot be a usable GGUF, as the end of a sentence beginning "the file cannot be used:", or
 * null where nothing is wrong. Every length in the header is held against the file's: node-llama-cpp reads as
 * much as a damaged one asks for, which can end the whole process.
 * `head`: the file's beginning, all of it or `headerLimit` bytes. `fileSize`: bytes.
 */
export function ggufProblem(head: Buffer, fileSize: number): string | null {
  return startProblem(head) ?? bodyProblem(head, fileSize);
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
function bodyProblem(head: Buffer, fileSize: number): string | null {
  let at = 8;
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
  const value = (type: number): boolean => {
    if (type === stringType) return string();
    if (type !== arrayType) return sizes[type] !== undefined && skip(sizes[type]);
    const [items, count] = [u32(), u64()];
    if (items !== stringType) return count >= 0 && sizes[items] !== undefined && skip(count * sizes[items]);
    for (let index = 0; index < count; index += 1) if (!string()) return false;
    return count >= 0;
  };
  /** Why the walk stopped: null where the header only goes on beyond what was read. */
  const stopped = () => {
    if (at > fileSize) return `it is incomplete, or ${damaged}`;
    return at > head.length ? null : damaged;
  };

  const [tensors, entries] = [u64(), u64()];
  let alignment = 32;
  for (let index = 0; index < entries; index += 1) {
    const key = at;
    if (!string()) return stopped();
    const name = head.toString('latin1', key + 8, Math.min(at, key + 8 + 64));
    const type = u32();
    const start = at;
    if (!value(type)) return stopped();
    if (name === 'general.alignment' && at <= head.length && type === 4) alignment = head.readUInt32LE(start) || 32;
  }
  let last = 0;
  for (let index = 0; index < tensors; index += 1) {
    if (!string()) return stopped();
    const dimensions = u32();
    if (dimensions < 0 || dimensions > 8 || !skip(8 * dimensions) || u32() < 0) return stopped();
    const offset = u64();
    if (offset < 0) return stopped();
    last = Math.max(last, offset);
  }
  const needed = Math.ceil(at / alignment) * alignment + last;
  return needed >= fileSize ? `it is incomplete: ${fileSize} bytes are there of more than ${needed}` : null;
}
