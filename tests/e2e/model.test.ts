import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tinyGguf, writeTinyGguf } from '../../tools/tiny-gguf.ts';
import { startDesk } from './desk.ts';
import { aMeasuredModel, hasReadings, untilReadings } from './measured-model.ts';
import { aWorld, byAlice } from './world.ts';

describe('a GGUF', () => {
  it('loads while Slack is answered already, and then classifies as was measured', async () => {
    const world = await aWorld();
    const model = await aMeasuredModel(world);
    const desk = await startDesk(world, { settings: { ...world.credentials, GGML_MODEL_PATH: model } });
    await Promise.all([desk.waitForLine('model: loading tiny.gguf'), desk.waitForLine('slack: connected')]);

    const { ack } = await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    expect(ack).toMatchObject({ response_type: 'ephemeral' });
    // Not `cpu` where there is a GPU.
    await desk.waitForLine(/^model: loaded tiny\.gguf on (cpu|cuda|vulkan|metal)$/);
    await world.theRow({ step: 'announced', source: 'gguf' });
    const lines = desk.lines().filter((line) => line.startsWith('model: '));
    expect(lines).toHaveLength(2);
    expect(hasReadings(world)).toBe(false);
    expect(await desk.quit()).toBe(0);
  });

  it('is measured first, and the built-in model answers meanwhile, as the page says', async () => {
    const world = await aWorld();
    const model = join(world.folder, 'tiny.gguf');
    writeTinyGguf(model);
    const desk = await startDesk(world, { settings: { ...world.credentials, GGML_MODEL_PATH: model } });
    await Promise.all([desk.waitForLine(/^model: loaded tiny\.gguf/), desk.waitForLine('slack: connected')]);
    await untilReadings(world);
    await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    await world.theRow({ step: 'announced', source: 'builtin' });

    const page = await desk.page();
    await page.getByRole('navigation').getByRole('button', { name: 'Model' }).click();
    await page.getByRole('heading', { name: 'The built-in model answers' }).waitFor();
    await page.getByText('but not asked').waitFor();
    await page.getByRole('progressbar', { name: /tiny\.gguf/ }).waitFor();
    await page.getByRole('button', { name: 'Stop measuring' }).click();
    await page.getByText('The measuring was stopped, so figures may be missing.').waitFor();
    expect(await desk.quit()).toBe(0);
  });

  it.each([
    ['is cut short', () => tinyGguf().subarray(0, 300_000)],
    ['is something else', () => Buffer.from('This is no model.')],
  ])('that %s fails, and the ticket is filed all the same', async (_, bytes) => {
    const world = await aWorld();
    const model = join(world.folder, 'broken.gguf');
    writeFileSync(model, bytes());
    const desk = await startDesk(world, { settings: { ...world.credentials, GGML_MODEL_PATH: model } });
    await Promise.all([desk.waitForLine('model: failed model_failed'), desk.waitForLine('slack: connected')]);
    await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    await world.theRow({ step: 'announced', source: 'builtin' });

    const page = await desk.page();
    await page.getByRole('navigation').getByRole('button', { name: 'Model' }).click();
    await page.getByText('broken.gguf cannot be used, and').waitFor();
  });
});
