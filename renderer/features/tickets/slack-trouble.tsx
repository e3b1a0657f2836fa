import { Button } from '@mantine/core';
import { useLive } from '../../bridge/bridge.ts';
import { Notice } from '../../components/notice.tsx';
import { useNavigation } from '../../navigation/navigation.ts';

/** Says that the list may lack what happens just now. */
export function SlackTrouble() {
  const { go } = useNavigation();
  const { value: status } = useLive('status:read', undefined, 'status');
  if (status?.slack.state !== 'trouble') return null;
  return (
    <Notice tone="warning" action={<Button onClick={() => go({ page: 'Status' })}>Look into it</Button>}>
      No new tickets arrive at the moment. {status.slack.detail ?? 'Slack is not connected.'}
    </Notice>
  );
}
