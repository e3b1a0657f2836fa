import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createNotices, gather, type Notice, type NoticeTicket } from '../../../electron/shell/notices.ts';
import { settingsWith } from '../../fakes/settings.ts';

const { behaviour } = settingsWith({ NOTIFY_APPROVAL: 'true' });

function aTicket(change: Partial<NoticeTicket> = {}): NoticeTicket {
  return {
    requestId: 'r1',
    issueKey: 'KAN-7',
    summary: 'VPN drops',
    status: 'created',
    step: 'created',
    origin: 'desk',
    needsAttention: false,
    ...change,
  };
}
const failed = (change: Partial<NoticeTicket> = {}) =>
  aTicket({ status: 'failed', issueKey: null, needsAttention: true, ...change });
const announced = (change: Partial<NoticeTicket> = {}) => aTicket({ step: 'announced', ...change });

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
});

/** The notices, what they showed and, by title, what they took back. */
function aDesk({ isFocused = false } = {}) {
  const shown: Notice[] = [];
  const closed: string[] = [];
  const notices = createNotices({
    isFocused: () => isFocused,
    present(notice) {
      shown.push(notice);
      return { close: () => closed.push(notice.title) };
    },
  });
  const titles = () => shown.map(({ title }) => title);
  return { ...notices, shown, closed, titles };
}

describe('a ticket', () => {
  it('that begins to need a person is told of, with its summary and no more', () => {
    const { ticketChanged, shown } = aDesk();
    ticketChanged(aTicket({ needsAttention: true }), behaviour);
    vi.runAllTimers();
    expect(shown).toMatchObject([{ kind: 'attention', title: 'KAN-7 needs attention', body: 'VPN drops' }]);
  });

  it('that may be in Jira or not is told of as that, each time that it begins', () => {
    const { ticketChanged, titles } = aDesk();
    const unconfirmed = failed({ step: 'unconfirmed' });
    for (const ticket of [unconfirmed, unconfirmed, aTicket({ issueKey: null, step: 'creating' }), unconfirmed]) {
      ticketChanged(ticket, behaviour);
      vi.runAllTimers();
    }
    const title = 'A ticket may be in Jira or not: please look';
    expect(titles()).toEqual([title, title]);
  });

  it('that begins to wait for approval is told of', () => {
    const { ticketChanged, shown } = aDesk();
    ticketChanged(announced(), behaviour);
    vi.runAllTimers();
    expect(shown).toMatchObject([{ kind: 'approval', title: 'KAN-7 waits for approval', ticket: { requestId: 'r1' } }]);
  });

  it('is told of once, however often it changes in the same state', () => {
    const { ticketChanged, titles } = aDesk();
    ticketChanged(announced(), behaviour);
    ticketChanged(announced(), behaviour);
    ticketChanged(announced(), behaviour);
    vi.runAllTimers();
    ticketChanged(announced(), behaviour);
    vi.runAllTimers();
    expect(titles()).toEqual(['KAN-7 waits for approval']);
  });

  it('is told of again when it was mended and failed once more', () => {
    const { ticketChanged, titles, closed } = aDesk();
    for (const ticket of [failed(), aTicket({ issueKey: null, status: 'received' }), failed()]) {
      ticketChanged(ticket, behaviour);
      vi.runAllTimers();
    }
    expect(titles()).toEqual(['A ticket needs attention', 'A ticket needs attention']);
    expect(closed).toEqual(['A ticket needs attention']);
  });

  it('is not told of when the state passed before anybody could look', () => {
    const { ticketChanged, shown } = aDesk();
    ticketChanged(announced(), behaviour);
    ticketChanged(aTicket({ status: 'approved', step: 'done' }), behaviour);
    vi.runAllTimers();
    expect(shown).toEqual([]);
  });

  it('that somebody decided elsewhere takes its notification back', () => {
    const { ticketChanged, closed } = aDesk();
    ticketChanged(announced(), behaviour);
    vi.runAllTimers();
    ticketChanged(aTicket({ status: 'rejected', step: 'done' }), behaviour);
    expect(closed).toEqual(['KAN-7 waits for approval']);
  });

  it('loaded from Jira is not told of', () => {
    const { ticketChanged, shown } = aDesk();
    ticketChanged(announced({ origin: 'jira' }), behaviour);
    vi.runAllTimers();
    expect(shown).toEqual([]);
  });
});

describe('the person', () => {
  it('hears only of what they chose', () => {
    const { ticketChanged, titles } = aDesk();
    ticketChanged(announced(), { ...behaviour, notifyApproval: false });
    ticketChanged(failed({ requestId: 'r2' }), { ...behaviour, notifyAttention: false });
    ticketChanged(failed({ requestId: 'r3' }), { ...behaviour, notifyApproval: false });
    vi.runAllTimers();
    expect(titles()).toEqual(['A ticket needs attention']);
  });

  it('who chose to hear of it later is not told of what is old by then', () => {
    const { ticketChanged, shown } = aDesk();
    ticketChanged(announced(), { ...behaviour, notifyApproval: false });
    ticketChanged(announced(), behaviour);
    vi.runAllTimers();
    expect(shown).toEqual([]);
  });

  it('who looks at the window is not told of what they see, nor later', () => {
    const { ticketChanged, shown } = aDesk({ isFocused: true });
    ticketChanged(announced(), behaviour);
    vi.runAllTimers();
    ticketChanged(announced(), behaviour);
    vi.runAllTimers();
    expect(shown).toEqual([]);
  });
});

describe('many tickets at once', () => {
  const wave = (count: number, from = 1) =>
    Array.from({ length: count }, (_, n) => failed({ requestId: `r${from + n}`, issueKey: `KAN-${from + n}` }));

  it('up to three are told of one by one', () => {
    expect(gather(wave(3).map((ticket) => ({ kind: 'attention', ticket })))).toHaveLength(3);
  });

  it('are counted, per kind', () => {
    const { ticketChanged, shown } = aDesk();
    for (const ticket of wave(3)) ticketChanged(ticket, behaviour);
    ticketChanged(announced({ requestId: 'other', issueKey: 'KAN-9' }), behaviour);
    vi.runAllTimers();
    expect(shown.map(({ title, body, ticket }) => [title, body, ticket?.requestId])).toEqual([
      ['3 tickets need attention', 'KAN-1, KAN-2, KAN-3', undefined],
      ['KAN-9 waits for approval', 'VPN drops', 'other'],
    ]);
  });

  it('are told of twice a minute at most while they go on coming', () => {
    const { ticketChanged, titles } = aDesk();
    for (const ticket of wave(5)) ticketChanged(ticket, behaviour);
    vi.advanceTimersByTime(5_000);
    for (let n = 0; n < 6; n += 1) {
      for (const ticket of wave(2, 10 + 2 * n)) ticketChanged(ticket, behaviour);
      vi.advanceTimersByTime(4_000);
    }
    expect(titles()).toEqual(['5 tickets need attention']);
    vi.advanceTimersByTime(30_000);
    expect(titles()).toEqual(['5 tickets need attention', '12 tickets need attention']);
  });
});
