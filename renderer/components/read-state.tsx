import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Live, Trouble } from '../bridge/bridge.ts';
import { Notice } from './notice.tsx';

export interface ReadTroubleProps {
  trouble: Trouble;
  /** A warning where what was read before is still shown and can be used. */
  tone?: 'problem' | 'warning';
  title?: string | undefined;
  /** More words, behind main's. */
  children?: ReactNode;
  onRetry(): void;
}

/** Says why something could not be read, and reads it again when asked to. */
export function ReadTrouble({ trouble, tone = 'problem', title, children, onRetry }: ReadTroubleProps) {
  return (
    <Notice tone={tone} title={title} action={<Button onClick={onRetry}>Try again</Button>}>
      {trouble.message} {children}
    </Notice>
  );
}

export interface ReadStateProps {
  live: Pick<Live<unknown>, 'value' | 'trouble' | 'reload'>;
  /** What is said where it could not be read: "The settings could not be read". */
  failure?: string;
  /** Room that the answer will take, in pixels; without a width, all there is. */
  height: number;
  width?: number;
  children?: ReactNode;
}

/** Stands where something is read: an outline until there is an answer, and what went wrong where the last one failed. */
export function ReadState({ live: { value, trouble, reload }, failure, height, width, children }: ReadStateProps) {
  if (trouble === null) return value === null && <Skeleton height={height} width={width} />;
  return (
    <ReadTrouble trouble={trouble} title={failure} onRetry={reload}>
      {children}
    </ReadTrouble>
  );
}
