import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import styles from './stepper.module.css';
import { type Standing, type StepName, stepNames, stepTitles } from './steps.ts';

export interface StepperProps {
  step: StepName;
  standings: Record<StepName, Standing>;
  onStep(step: StepName): void;
}

const words: Record<Standing, string> = { done: ', done', trouble: ', needs a look', open: '' };

/** All steps with how each stands; any of them can be gone to. */
export function Stepper({ step, standings, onStep }: StepperProps) {
  return (
    <nav aria-label="Steps">
      <ol className={styles['steps']}>
        {stepNames.map((name, index) => (
          <li key={name} data-standing={standings[name]} data-current={name === step || undefined}>
            <UnstyledButton
              className={styles['step']}
              aria-current={name === step ? 'step' : undefined}
              onClick={() => onStep(name)}
            >
              <span className={styles['sign']} aria-hidden>
                <Sign standing={standings[name]} number={index + 1} />
              </span>
              <span className={styles['title']}>
                {stepTitles[name]}
                <VisuallyHidden>{words[standings[name]]}</VisuallyHidden>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Sign({ standing, number }: { standing: Standing; number: number }) {
  if (standing === 'done') return <IconCheck size={13} stroke={2.5} />;
  if (standing === 'trouble') return <IconAlertTriangle size={13} stroke={2} />;
  return number;
}
