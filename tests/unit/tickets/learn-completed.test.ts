import { expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { draft } from '../jira/draft.ts';
import { aDesk, request } from './a-desk.ts';

const { classification } = aTicket();

it('a project that cannot be read keeps nothing from the requests of others', async () => {
  const { service, log, tracker, errors } = aDesk();
  const second = { ...request, requestId: 'b'.repeat(32), text: 'Mail is down' };
  for (const each of [request, second]) await service.receive(each);
  const waits = { step: 'needs_fields', classification } as const;
  await log.update(request.requestId, { ...waits, wantedProject: 'OPS' });
  await log.update(second.requestId, { ...waits, wantedProject: 'KAN' });
  for (const { requestId } of [request, second]) await tracker.createIssue(draft({ requestId }));
  tracker.failNext('listIssues', new AppError('forbidden', 'The account may not see this project.'));
  await service.mergeRemote();
  const found = await Promise.all([request, second].map(({ requestId }) => log.find(requestId)));
  // The fake lists the issues of all projects.
  expect(found).toMatchObject([{ step: 'announced' }, { step: 'announced' }]);
  expect(errors).toMatchObject([{ code: 'forbidden' }]);
  await service.stop();
});
