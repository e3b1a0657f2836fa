import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import styles from './model-choice.module.css';

export interface ModelChoiceProps {
  name: string;
  details: string[];
  /** Why it cannot be chosen. */
  problem?: string | null;
  isChecked: boolean;
  /** Where Tab stops first in the group. */
  isFirstStop: boolean;
  /** Whether it cannot be chosen; it can still be reached and read. */
  isDisabled: boolean;
  /** How it is, shown at the right. */
  mark: ReactNode;
  /** What else can be done with it: buttons beside the choice. */
  actions?: ReactNode;
  /** What it takes in memory; the second line. */
  memory?: { words: string; isTight: boolean } | null;
  onPick(): void;
}

/** One of the files, as a radio button that is chosen on purpose only: by click, Space or Enter. */
export function ModelChoice(props: ModelChoiceProps) {
  const {
    name,
    details,
    problem = null,
    isChecked,
    isFirstStop,
    isDisabled,
    mark,
    actions,
    memory = null,
    onPick,
  } = props;
  const id = useId();
  const choice = (
    <UnstyledButton
      className={styles['choice']}
      role="radio"
      aria-checked={isChecked}
      aria-disabled={isDisabled || undefined}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-details`}
      tabIndex={isFirstStop ? 0 : -1}
      onClick={() => {
        if (!isDisabled && !isChecked) onPick();
      }}
    >
      <span className={styles['dot']} aria-hidden />
      <span id={`${id}-name`} className={styles['name']}>
        {name}
      </span>
      <span className={styles['mark']}>{mark}</span>
      <span id={`${id}-details`} className={styles['details']}>
        {problem === null ? (
          details.map((detail) => <span key={detail}>{detail}</span>)
        ) : (
          <span className={styles['problem']}>
            <IconAlertTriangle size={14} stroke={1.75} aria-hidden />
            {problem}
          </span>
        )}
        {memory !== null && (
          <span className={styles['memory']} data-tight={memory.isTight || undefined}>
            {memory.words}
          </span>
        )}
      </span>
    </UnstyledButton>
  );
  return (
    <div className={styles['entry']} data-checked={isChecked || undefined}>
      {choice}
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </div>
  );
}
