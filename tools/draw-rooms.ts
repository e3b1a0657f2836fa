import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { biomeOverrides, houseMap } from './house-rules.ts';
import { projectDir } from './paths.ts';

const markers = /(<!-- rooms: npm run rooms -->\n).*?(\n<!-- end of rooms -->)/s;

/** What is made of `tools/rooms.ts`, each file with its text. */
export function drawRooms(): { file: string; text: string }[] {
  const overrides = biomeOverrides().map((override) => `    ${JSON.stringify(override)}`);
  const map = path.join(projectDir, 'docs', 'architecture.md');
  return [
    {
      file: path.join(projectDir, 'biome-rooms.json'),
      text: `{\n  "overrides": [\n${overrides.join(',\n')}\n  ]\n}\n`,
    },
    { file: map, text: readFileSync(map, 'utf8').replace(markers, (_, start, end) => `${start}${houseMap()}${end}`) },
  ];
}

if (import.meta.main) for (const { file, text } of drawRooms()) writeFileSync(file, text);
