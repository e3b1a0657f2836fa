import { expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { aDesk, beforeNextUpdate, request } from './a-desk.ts';

/** A ticket that was announced, whose label somebody then corrected to Question in Slack. */
async function corrected(tellJira: (tracker: ReturnType<typeof aDesk>['tracker']) => void = () => {}) {
  // What fails once is not tried again before the test is over.
  const desk = aDesk({ retryDelayMs: () => 3_600_000 });
  const { service, tracker, log, ticketWhen } = desk;
  await service.receive(request);
  service.enqueue(request.requestId);
  await ticketWhen(({ step }) => step === 'announced');
  tellJira(tracker);
  await service.relabel(request.requestId, { label: 'Question', by: 'U2', via: 'slack' });
  /** Somebody changes the type in Jira, and somebody asks for the status. */
  async function seeTypeInJira(issueType: string) {
    const [issue] = tracker.issues;
    if (issue === undefined) throw new Error('no issue');
    issue.issueType = issueType;
    expect(await service.statusOf({ key: issue.key, address: null })).toMatchObject({ outcome: 'shown' });
    return log.find(request.requestId);
  }
  return { ...desk, seeTypeInJira };
}

it('takes over a type that somebody gave the issue in Jira', async () => {
  const { ticketWhen, seeTypeInJira } = await corrected();
  await ticketWhen(({ correction }) => correction?.isTold === true);
  expect(await seeTypeInJira('Incident')).toMatchObject({
    issueType: 'Incident',
    classification: { label: 'Incident' },
    correction: { by: null, via: 'jira' },
  });
});

it('takes a type that is renamed, or told in another language, for no word of anybody', async () => {
  const { log, ticketWhen, seeTypeInJira } = await corrected();
  const { correction } = await ticketWhen((ticket) => ticket.correction?.isTold === true);
  // A project without questions.
  await log.update(request.requestId, { issueType: 'Task' });
  expect(await seeTypeInJira('Aufgabe')).toMatchObject({
    issueType: 'Aufgabe',
    classification: { label: 'Question' },
    correction,
  });
});

it('leaves alone a correction that Jira was not told of yet', async () => {
  const { ticketWhen, seeTypeInJira } = await corrected((tracker) =>
    tracker.failNext('relabel', new AppError('unavailable', 'Jira cannot be reached.')),
  );
  const { issueType } = await ticketWhen(({ error }) => error !== null);
  expect(await seeTypeInJira('Incident')).toMatchObject({
    issueType,
    classification: { label: 'Question' },
    correction: { by: 'U2', via: 'slack', isTold: false },
  });
});

it('leaves alone a correction that comes just after it has looked for the ticket', async () => {
  const { service, tracker, log, ticketWhen, seeTypeInJira } = await corrected();
  await ticketWhen(({ correction }) => correction?.isTold === true);
  tracker.failNext('relabel', new AppError('unavailable', 'Jira cannot be reached.'));
  beforeNextUpdate(log, () =>
    service.relabel(request.requestId, { label: 'Feature Request', by: 'U3', via: 'window' }),
  );
  expect(await seeTypeInJira('Incident')).toMatchObject({
    issueType: 'Question',
    classification: { label: 'Feature Request' },
    correction: { by: 'U3', via: 'window', isTold: false },
  });
});
