import { type KeyboardEvent, useState } from 'react';
import styles from './command-menu.module.css';

/** The app's commands, and what belongs behind them. */
const commands = [
  { name: '/ticket', what: 'what happened, in your own words', does: 'Files a ticket' },
  { name: '/ticket_status', what: 'KAN-1', does: 'Says how a ticket is doing' },
] as const;

type Command = (typeof commands)[number];

export interface OpenMenu {
  /** What the text may become; empty while there is no menu. */
  offered: readonly Command[];
  active: Command | undefined;
  pick(name: Command['name']): void;
  /** Takes a key that is the menu's; false where it is not. */
  takeKey(event: KeyboardEvent): boolean;
  /** Begins at the first command again. */
  restart(): void;
}

/** The menu that a slash opens, until a command is picked or Escape closes it for this text. */
export function useCommandMenu(text: string, onText: (text: string) => void): OpenMenu {
  const [chosen, setChosen] = useState(0);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const offered = closedFor === text ? [] : matchingCommands(text);
  const active = offered[Math.min(chosen, offered.length - 1)];
  const pick = (name: Command['name']) => onText(`${name} `);

  function takeKey({ key, shiftKey }: KeyboardEvent): boolean {
    if (active === undefined) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step !== undefined) setChosen((chosen + step + offered.length) % offered.length);
    else if ((key === 'Enter' || key === 'Tab') && !shiftKey) pick(active.name);
    else if (key === 'Escape') setClosedFor(text);
    else return false;
    return true;
  }
  return { offered, active, pick, takeKey, restart: () => setChosen(0) };
}

/** Commands that what is typed so far may become; none once a blank follows. */
function matchingCommands(line: string): Command[] {
  return line.startsWith('/') ? commands.filter(({ name }) => name.startsWith(line.toLowerCase())) : [];
}

export interface CommandMenuProps {
  id: string;
  commands: readonly Command[];
  active: Command;
  onPick(name: Command['name']): void;
}

export function commandId(menuId: string, name: string): string {
  return `${menuId}${name}`;
}

/** The commands that what is typed may become. The keyboard stays in the text; arrows and Enter work from there. */
export function CommandMenu({ id, commands, active, onPick }: CommandMenuProps) {
  return (
    <div id={id} role="listbox" aria-label="Commands" className={styles['menu']}>
      {commands.map(({ name, what, does }) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field hears the keys
        <div
          key={name}
          id={commandId(id, name)}
          role="option"
          // Never focused itself.
          tabIndex={-1}
          aria-selected={name === active.name}
          className={styles['command']}
          // Keeps the focus in the text.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(name)}
        >
          <span className={styles['name']}>{name}</span>
          <span className={styles['what']}>{what}</span>
          <span className={styles['does']}>{does}</span>
        </div>
      ))}
    </div>
  );
}
