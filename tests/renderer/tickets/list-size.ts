import { afterAll, beforeAll } from 'vitest';

/** jsdom lays nothing out: every element is as tall as ten rows here, so that the list has something to show. */
export function withRoomForRows(): void {
  const before = Object.getOwnPropertyDescriptor(Element.prototype, 'clientHeight');
  beforeAll(() => {
    Object.defineProperty(Element.prototype, 'clientHeight', { configurable: true, get: () => 440 });
  });
  afterAll(() => {
    if (before !== undefined) Object.defineProperty(Element.prototype, 'clientHeight', before);
  });
}
