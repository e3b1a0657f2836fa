import { useEffect, useState } from 'react';
import { both, useLive } from '../../bridge/bridge.ts';
import { Page } from '../../components/page.tsx';
import { ReadState } from '../../components/read-state.tsx';
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

  const live = both(settings, status);
  if (live.value === null) {
    return (
      <Page title="Welcome">
        <ReadState live={live} failure="The guide cannot begin" height={220} />
      </Page>
    );
  }
  const [view, desktop] = live.value;
  const standings = standingsOf(view, desktop, test.filed !== null);
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
      view={view}
      status={desktop}
      standings={standings}
      test={test}
      onSaved={settings.accept}
      onStep={setStep}
      onLeave={leave}
      onFinish={finish}
    />
  );
}
