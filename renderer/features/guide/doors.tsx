import { Button } from '@mantine/core';
import { IconArrowRight, IconCircleCheck, IconPlayerPlay, IconPlugConnected } from '@tabler/icons-react';
import icon from '../../../assets/app/icon.svg';
import { useAction } from '../../bridge/bridge.ts';
import { Notice, TroubleNotice } from '../../components/notice.tsx';
import { TypeBadge } from '../../components/type-badge.tsx';
import styles from './doors.module.css';
import guideStyles from './guide.module.css';
import { GuideHeading } from './guide-heading.tsx';
import { type Standing, type StepName, stepNames } from './steps.ts';

export interface DoorsProps {
  standings: Record<StepName, Standing>;
  onStep(step: StepName): void;
  onLeave(): void;
}

/** What this program does, and the two ways into it. */
export function Doors({ standings, onStep, onLeave }: DoorsProps) {
  const demo = useAction('demo:start');
  const done = stepNames.filter((step) => standings[step] === 'done').length;
  const next = stepNames.find((step) => standings[step] !== 'done') ?? 'test';
  return (
    <div className={styles['scroll']}>
      <div className={styles['doors']}>
        <header className={styles['head']}>
          <img src={icon} alt="" width={48} height={48} />
          <div>
            <GuideHeading level={1}>Welcome</GuideHeading>
            <p>
              Your team writes <code>/ticket</code> in Slack. This computer finds out what kind of ticket it is, files
              it in Jira and asks for approval.
            </p>
          </div>
        </header>
        <p className={styles['flow']}>
          <code>/ticket the app crashes when I save</code>
          <IconArrowRight size={14} role="img" aria-label="becomes" />
          <TypeBadge label="Bug" />
          <code>KAN-7</code>
          <IconArrowRight size={14} role="img" aria-label="becomes" />
          <span className={styles['approved']}>
            <IconCircleCheck size={14} stroke={1.75} aria-hidden />
            Approved
          </span>
        </p>
        <div className={styles['pair']}>
          <section className={styles['door']} aria-labelledby="door-connect">
            <IconPlugConnected size={24} stroke={1.5} aria-hidden />
            <h2 id="door-connect">Connect your team</h2>
            <p>Slack and Jira, a step at a time. It takes about ten minutes, and you can stop and go on at any step.</p>
            <p className={styles['quiet']}>
              {done === 0
                ? 'You need a Slack workspace in which you may install an app, and a Jira Cloud account that may create issues.'
                : `${done} of ${stepNames.length} steps are done.`}
            </p>
            <Button variant="filled" size="sm" onClick={() => onStep(next)}>
              {done === 0 ? 'Connect your team' : 'Go on connecting'}
            </Button>
          </section>
          <section className={styles['door']} aria-labelledby="door-demo">
            <IconPlayerPlay size={24} stroke={1.5} aria-hidden />
            <h2 id="door-demo">Try the demo</h2>
            <p>A Slack and a Jira inside this program, to play with. No account is needed.</p>
            <p className={styles['quiet']}>
              It opens in a window of its own, with data of its own. Nothing leaves this machine.
            </p>
            <Button size="sm" loading={demo.isRunning} onClick={() => demo.run()}>
              Try the demo
            </Button>
          </section>
        </div>
        {demo.isDone && <Notice tone="good">The demo opens in its own window. This one stays as it is.</Notice>}
        <TroubleNotice trouble={demo.trouble} title="The demo did not start" />
        <div>
          <Button variant="subtle" color="gray" className={guideStyles['outdent']} onClick={onLeave}>
            Do this later
          </Button>
        </div>
      </div>
    </div>
  );
}
