import { Button } from '@mantine/core';
import { secretNames } from '../../shared/settings.ts';
import type { SettingView } from '../../shared/settings-view.ts';
import { useAction } from '../bridge/bridge.ts';
import { Notice } from './notice.tsx';

/** A secret that was meant for another address than the one that is set: it is entered again, or allowed. */
export function RefusedSecret({ setting }: { setting: SettingView }) {
  const allow = useAction('settings:allow-address');
  const { refusal } = setting;
  const name = secretNames.find((known) => known === setting.name);
  if (refusal === null || name === undefined) return null;
  const { origin, message, mayBeAllowed } = refusal;
  return (
    <Notice
      tone="warning"
      title="It was meant for another address"
      action={
        mayBeAllowed ? (
          <Button aria-disabled={allow.isRunning} onClick={() => !allow.isRunning && void allow.run({ name, origin })}>
            Send it there…
          </Button>
        ) : undefined
      }
    >
      {message}
      {allow.trouble !== null && <p role="status">{allow.trouble.message}</p>}
    </Notice>
  );
}
