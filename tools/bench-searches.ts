import { readFileSync } from 'node:fs';
import { seededRandom } from '../electron/cli/seeded-random.ts';

/** What people type: words, their beginnings, several words, names, keys, accents, other scripts. Always the same. */
export function benchSearches(): string[] {
  const random = seededRandom(42);
  const words = readFileSync(new URL('../models/examples.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line): string[] => JSON.parse(line).text.match(/\p{L}{4,}/gu) ?? []);
  const word = () => words[Math.floor(random() * words.length)] ?? '';
  const times = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));
  return [
    ...times(35, word),
    ...times(25, (index) => word().slice(0, 1 + (index % 4))),
    ...times(15, () => `${word()} ${word().slice(0, 3)}`),
    ...times(10, () => `KAN-${1 + Math.floor(random() * 100_000)}`),
    ...['Émile', 'emile müller', 'Größe', 'grosse', 'çelik', 'Dvorak', 'Смирнова', '会議室', 'طابعة', 'büro'],
    ...['the', 'a', 'is not working', 'KAN', 'room 12'],
  ];
}
