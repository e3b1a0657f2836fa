import { tinyGguf } from './tiny-gguf.ts';

/** Headers with as much as is let through, or as much as fits into a megabyte. */
export function hostileHeaders(): Buffer[] {
  const head = (tensors: number, entries: number) => {
    const bytes = tinyGguf().subarray(0, 24);
    const copy = Buffer.from(bytes);
    copy.writeBigUInt64LE(BigInt(tensors), 8);
    copy.writeBigUInt64LE(BigInt(entries), 16);
    return copy;
  };
  const string = (text: string) => {
    const bytes = Buffer.alloc(8 + text.length);
    bytes.writeBigUInt64LE(BigInt(text.length));
    bytes.write(text, 8);
    return bytes;
  };
  const entries = Array.from({ length: 4_000 }, (_, index) => {
    return Buffer.concat([string(`general.${index}`), Buffer.from([8, 0, 0, 0]), string('x'.repeat(200))]);
  });
  const vocabulary = Buffer.concat([string('tokenizer.ggml.tokens'), Buffer.from([9, 0, 0, 0, 8, 0, 0, 0])]);
  const million = Buffer.alloc(8);
  million.writeBigUInt64LE(1_000_000n);
  const tensors = Array.from({ length: 20_000 }, () => Buffer.concat([string('t'), Buffer.alloc(16)]));
  return [
    Buffer.concat([head(0, 1_000_000), Buffer.alloc(1_000_000)]),
    Buffer.concat([head(0, 4_000), ...entries]),
    Buffer.concat([head(20_000, 0), ...tensors]),
    Buffer.concat([head(1, 1), vocabulary, million, Buffer.alloc(8_000_000)]),
  ];
}
