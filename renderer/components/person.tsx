import { VisuallyHidden } from '@mantine/core';
import styles from './person.module.css';

export interface PersonProps {
  /** Slack's id, and the name where it is known. */
  id: string;
  name: string | null;
  /** Whether to show the initials alone; the name is still said to screen readers and on hover. */
  isShort?: boolean;
}

/** Somebody in Slack, by initials: no picture is ever fetched. */
export function Person({ id, name, isShort = false }: PersonProps) {
  const shown = name ?? id;
  if (shown === '') return <span className={styles['unknown']}>Unknown</span>;
  return (
    <span className={styles['person']} title={shown}>
      <span className={styles['initials']} aria-hidden data-hue={hueOf(id)}>
        {initialsOf(shown)}
      </span>
      {isShort ? <VisuallyHidden>{shown}</VisuallyHidden> : <span className={styles['name']}>{shown}</span>}
    </span>
  );
}

/** "ana.lopez" gives AL, "bob" gives B. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}

/** The same person always has the same of six tints. */
function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 6;
  return sum;
}
