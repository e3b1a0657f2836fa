import styles from './command-menu.module.css';

/** The app's commands, and what belongs behind them. */
const commands = [
  { name: '/ticket', what: 'what happened, in your own words', does: 'Files a ticket' },
  { name: '/ticket_status', what: 'KAN-1', does: 'Says how a ticket is doing' },
] as const;

type Command = (typeof commands)[number];

/** Commands that what is typed so far may become; none once a blank follows. */
export function matchingCommands(line: string): Command[] {
  return line.startsWith('/') ? commands.filter(({ name }) => name.startsWith(line.toLowerCase())) : [];
}

export interface CommandMenuProps {
  id: string;
  commands: Command[];
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
