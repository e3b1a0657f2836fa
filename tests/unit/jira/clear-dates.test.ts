import { describe, expect, it } from 'vitest';
import { clearDate, clearMoment } from '../../../electron/jira/fields/clear-dates.ts';

describe('a date', () => {
  it.each([
    ['2026-12-24', '2026-12-24'],
    ['2026-1-2', '2026-01-02'],
    ['2026/12/24', '2026-12-24'],
    ['2026-12-24T10:00:00Z', '2026-12-24'],
    ['24.12.2026', '2026-12-24'],
    ['1. 2. 2026', '2026-02-01'],
    ['24/12/2026', '2026-12-24'],
    ['12/24/2026', '2026-12-24'],
    ['05/05/2026', '2026-05-05'],
  ])('%s is %s', (words, date) => {
    expect(clearDate(words)).toBe(date);
  });

  it.each(['03/04/2026', '2026-02-30', '31.04.2026', '24.12.26', 'tomorrow', '', '2026-13-01', '13/13/2026'])(
    '%s is not clear',
    (words) => {
      expect(clearDate(words)).toBeNull();
    },
  );
});

describe('a moment', () => {
  it.each([
    ['2026-12-24T15:30:00.000+0100', '2026-12-24T14:30:00.000+0000'],
    ['2026-12-24T15:30+01:00', '2026-12-24T14:30:00.000+0000'],
    ['2026-12-24T15:30Z', '2026-12-24T15:30:00.000+0000'],
    ['2026-12-24T15:30:10.5z', '2026-12-24T15:30:10.500+0000'],
    ['24.12.2026 9:05 +02', '2026-12-24T07:05:00.000+0000'],
    ['2026-07-01 15:30 -03:30', '2026-07-01T19:00:00.000+0000'],
  ])('%s is %s', (words, moment) => {
    expect(clearMoment(words)).toBe(moment);
  });

  it('is of this computer’s zone where it names none', () => {
    const here = new Date(2026, 11, 24, 15, 30).toISOString().replace('Z', '+0000');
    expect(clearMoment('2026-12-24 15:30')).toBe(here);
  });

  it.each(['2026-12-24', '03/04/2026 10:00', '2026-12-24T25:00', '2026-12-24 3 pm', ''])('%s is not clear', (words) => {
    expect(clearMoment(words)).toBeNull();
  });
});
