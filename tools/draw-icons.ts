import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { projectDir } from './paths.ts';

const assets = path.join(projectDir, 'assets');

/** Draws every PNG of assets/ from the SVG files beside them. */
function drawIcons(): void {
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
    // electron-builder tells the sizes by these names.
    draw(`app/${size}x${size}.png`, read(size < 64 ? 'app/icon-small.svg' : 'app/icon.svg'), size);
  }
  for (const mood of ['connected', 'trouble', 'off']) {
    for (const name of [mood, `${mood}-badge`]) {
      const svg = read(`tray/${name}.svg`);
      drawForBothDensities(`tray/${name}-16`, svg, 16);
      drawForBothDensities(`tray/${name}-24`, svg, 24);
      drawForBothDensities(`tray/${name}Template`, inBlack(svg), 16);
    }
  }
}

/** Electron takes the `@2x` file by itself where the screen is dense. */
function drawForBothDensities(name: string, svg: string, size: number): void {
  draw(`${name}.png`, svg, size);
  draw(`${name}@2x.png`, svg, size * 2);
}

/** `size`: width in pixels. */
function draw(name: string, svg: string, size: number): void {
  const png = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();
  writeFileSync(path.join(assets, name), png);
}

function inBlack(svg: string): string {
  return svg.replaceAll(/"#[0-9a-f]{6}"/g, '"#000000"');
}

function read(name: string): string {
  return readFileSync(path.join(assets, name), 'utf8');
}

drawIcons();
