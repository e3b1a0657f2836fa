import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { Desk } from './desk.ts';

// Its types name another copy of Playwright's.
const { AxeBuilder } = createRequire(import.meta.url)('@axe-core/playwright') as {
  AxeBuilder: new (given: {
    page: Page;
  }) => {
    setLegacyMode(isLegacy: boolean): { analyze(): Promise<{ violations: Violation[] }> };
  };
};

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** Where the pictures go; git ignores it, and `npm run screenshots` takes some of them from here. */
export const pictures = join(import.meta.dirname, 'output');

const sizes = [
  [900, 600],
  [420, 640],
] as const;

/**
 * Looks at what the window shows: a picture in both sizes and colour schemes, nothing cut off at the side, and nothing
 * that axe finds. `prepare` is called after each change of size, for what does not outlive one.
 */
export async function look(desk: Desk, state: string, prepare: () => Promise<void> = async () => {}): Promise<void> {
  const page = await desk.page();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const [width, height] of sizes) {
    await resize(desk, page, width, height);
    await prepare();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await vi.waitFor(async () => expect(await schemeOf(page)).toBe(colorScheme));
      const name = `${state}-${width}-${colorScheme}`;
      await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
      // A page of its own, as axe would have by default, is more than Electron gives.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect.soft(violations.map(describeViolation), `${name}: what axe finds`).toEqual([]);
    }
    expect.soft(await sidewaysScrollers(page), `${state}: what is wider than its place at ${width}`).toEqual([]);
  }
  await resize(desk, page, ...sizes[0]);
}

/** Elements that could be scrolled sideways and are not meant to: those that the keyboard can scroll are, as code is. */
function sidewaysScrollers(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { document, getComputedStyle } = globalThis as unknown as {
      document: { querySelectorAll(all: string): Iterable<Box> };
      getComputedStyle(element: Box): { overflowX: string };
    };
    interface Box {
      tagName: string;
      className: unknown;
      scrollWidth: number;
      clientWidth: number;
      tabIndex: number;
    }
    return [...document.querySelectorAll('html, body, body *')]
      .filter(({ scrollWidth, clientWidth, tabIndex }) => tabIndex < 0 && clientWidth > 0 && scrollWidth > clientWidth)
      .filter((element) => element.tagName === 'HTML' || /auto|scroll/.test(getComputedStyle(element).overflowX))
      .map(({ tagName, className }) => `${tagName} ${String(className)}`);
  });
}

function describeViolation({ id, help, nodes }: Violation): string {
  return `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n')}`;
}

/** The page's colour scheme now. */
function schemeOf(page: Page): Promise<string> {
  return page.evaluate(() => Reflect.get(globalThis, 'document').documentElement.dataset.mantineColorScheme);
}

/**
 * Asked for again until the page has it: without a window manager a change of size gets lost now and then, and V8 may
 * collect the promise that Playwright waits for in a process that is busy ("Resulting promise was garbage collected").
 */
export async function resize(desk: Desk, page: Page, width: number, height: number): Promise<void> {
  const size: [number, number] = [width, height];
  await vi.waitFor(async () => {
    await desk.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(...to), size);
    expect(await page.evaluate(() => Reflect.get(globalThis, 'innerWidth'))).toBe(width);
  });
}

/** Goes to a page by its button in the navigation. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

/** What the page complains about in its console, a blocked style or script among it. */
export function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) found.push(message.text());
  });
  page.on('pageerror', (error) => found.push(error.message));
  return found;
}
