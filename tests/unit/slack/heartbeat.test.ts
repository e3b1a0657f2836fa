import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHeartbeat, type Heartbeat } from '../../../electron/slack/heartbeat.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A heart that beats once a second; `answers` decides what the other side does with a ping. */
function aHeart(answers: (heart: Heartbeat) => void = () => {}) {
  const onSilent = vi.fn();
  let pings = 0;
  const heart: Heartbeat = createHeartbeat({
    beatMs: 1_000,
    ping() {
      pings += 1;
      answers(heart);
    },
    onSilent,
  });
  return { heart, onSilent, pings: () => pings };
}

describe('a connection', () => {
  it('is not silent as long as pings are answered', () => {
    const { onSilent, pings } = aHeart((heart) => heart.heard(false));
    vi.advanceTimersByTime(60 * 60_000);
    expect(onSilent).not.toHaveBeenCalled();
    expect(pings()).toBe(3_600);
  });

  it('is silent once nothing has arrived for four beats, and again after four more', () => {
    const { onSilent } = aHeart();
    vi.advanceTimersByTime(3_999);
    expect(onSilent).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onSilent).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(4_000);
    expect(onSilent).toHaveBeenCalledTimes(2);
  });

  it('is not silent while anything arrives, answered pings or not', () => {
    const { heart, onSilent } = aHeart();
    for (let second = 0; second < 60; second += 3) {
      vi.advanceTimersByTime(3_000);
      heart.heard(false);
    }
    expect(onSilent).not.toHaveBeenCalled();
  });

  it('is silent where Slack’s own pings stop, although ours are answered', () => {
    const { heart, onSilent } = aHeart((it) => it.heard(false));
    heart.heard(true);
    vi.advanceTimersByTime(23_999);
    expect(onSilent).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onSilent).toHaveBeenCalledTimes(1);
  });

  it('is not silent because the clock was changed', () => {
    const { onSilent } = aHeart((heart) => heart.heard(false));
    vi.advanceTimersByTime(1_000);
    vi.setSystemTime(Date.now() + 3 * 60 * 60_000);
    vi.advanceTimersByTime(1_000);
    expect(onSilent).not.toHaveBeenCalled();
  });

  it('is watched no longer once it has ended', () => {
    const { heart, onSilent, pings } = aHeart();
    heart.check();
    heart.stop();
    const before = pings();
    vi.advanceTimersByTime(60_000);
    expect(onSilent).not.toHaveBeenCalled();
    expect(pings()).toBe(before);
  });
});

describe('a check', () => {
  it('asks at once, and finds silence within two thirds of a beat', () => {
    const { heart, onSilent, pings } = aHeart();
    heart.check();
    heart.check();
    expect(pings()).toBe(1);
    vi.advanceTimersByTime(667);
    expect(onSilent).toHaveBeenCalledTimes(1);
  });

  it('is content with any answer', () => {
    const { heart, onSilent } = aHeart((it) => it.heard(false));
    heart.check();
    vi.advanceTimersByTime(60_000);
    expect(onSilent).not.toHaveBeenCalled();
  });
});
