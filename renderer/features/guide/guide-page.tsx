import { Button, Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLive } from '../../bridge/bridge.ts';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import { Connect } from './connect.tsx';
import { Doors } from './doors.tsx';
import { forgetPlace, rememberedPlace, rememberPlace } from './guide-memory.ts';
import { standingsOf } from './steps.ts';
import { useTestTicket } from './use-test-ticket.ts';

/** The first start: two doors, and behind one of them the steps, where they were left. */
export function GuidePage() {
  const { go } = useNavigation();
  const settings = useLive('settings:read', undefined, 'settings');
  const status = useLive('status:read', undefined, 'status');
  const test = useTestTicket();
  const [step, setStep] = useState(() => rememberedPlace()?.step ?? null);
  // The guide may be shown only because nothing is set up, which its second step changes.
  useEffect(() => go({ page: 'Guide' }), [go]);
  useEffect(() => {
    if (step === null) forgetPlace();
    else rememberPlace({ step, isLeft: false });
  }, [step]);

  if (settings.value === null || status.value === null) {
    const trouble = settings.trouble ?? status.trouble;
    const reload = () => {
      settings.reload();
      status.reload();
    };
    return (
      <Page title="Welcome">
        {trouble === null ? (
          <Skeleton height={220} radius="md" />
        ) : (
          <Notice tone="problem" title="The guide cannot begin" action={<Button onClick={reload}>Try again</Button>}>
            {trouble.message}
          </Notice>
        )}
      </Page>
    );
  }

  const standings = standingsOf(settings.value, status.value, test.filed !== null);
  function leave() {
    if (step !== null) rememberPlace({ step, isLeft: true });
    go({ page: 'Tickets' });
  }
  function finish() {
    forgetPlace();
    go({ page: 'Tickets' });
  }
  if (step === null) return <Doors standings={standings} onStep={setStep} onLeave={leave} />;
  return (
    <Connect
      step={step}
      view={settings.value}
      status={status.value}
      standings={standings}
      test={test}
      onSaved={settings.accept}
      onStep={setStep}
      onLeave={leave}
      onFinish={finish}
    />
  );
}
