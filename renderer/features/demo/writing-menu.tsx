import { type KeyboardEvent, useState } from 'react';
import styles from './writing-menu.module.css';

/** Something that what is typed so far may become. */
export interface Offer {
  name: string;
  /** What belongs behind it. */
  what: string;
  does: string;
  pick(): void;
}

/** The app's commands, and what belongs behind them. */
const commands = [
  { name: '/ticket', what: 'what happened, in your own words', does: 'Files a ticket' },
  { name: '/ticket_status', what: 'KAN-1', does: 'Says how a ticket is doing' },
] as const;

export interface OfferSources {
  onText(text: string): void;
  /** Whom one can mention: the app first. */
  people: readonly string[];
  /** Shortcuts by their names, which a slash brings up too. */
  shortcuts: readonly { name: string; run(): void }[];
}

/** Commands and shortcuts behind a slash, people behind an @; none once a blank follows. */
export function offersFor(text: string, { onText, people, shortcuts }: OfferSources): Offer[] {
  if (text.startsWith('/')) {
    const typed = text.toLowerCase();
    const fitting = commands.filter(({ name }) => name.startsWith(typed));
    const byName = shortcuts.filter(({ name }) => !typed.includes(' ') && name.toLowerCase().includes(typed.slice(1)));
    return [
      ...fitting.map((command) => ({ ...command, pick: () => onText(`${command.name} `) })),
      ...byName.map(({ name, run }) => ({
        name,
        what: 'Shortcut',
        does: 'Opens a form',
        pick: () => {
          onText('');
          run();
        },
      })),
    ];
  }
  const [mention, typed = ''] = /(?<!\S)@(\S*)$/.exec(text) ?? [];
  if (mention === undefined) return [];
  const before = text.slice(0, text.length - mention.length);
  return people
    .filter((name) => name.startsWith(typed.toLowerCase()))
    .map((name, index) => ({
      name: `@${name}`,
      what: '',
      does: index === 0 && name === people[0] ? 'Files what you write, or what the thread is about' : '',
      pick: () => onText(`${before}@${name} `),
    }));
}

export interface OpenMenu {
  /** Empty while there is no menu. */
  offered: readonly Offer[];
  active: Offer | undefined;
  /** Takes a key that is the menu's; false where it is not. */
  takeKey(event: KeyboardEvent): boolean;
  /** Begins at the first one again. */
  restart(): void;
}

/** The menu that a slash or an @ opens, until something is picked or Escape closes it for this text. */
export function useWritingMenu(text: string, sources: OfferSources): OpenMenu {
  const [chosen, setChosen] = useState(0);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const offered = closedFor === text ? [] : offersFor(text, sources);
  const active = offered[Math.min(chosen, offered.length - 1)];

  function takeKey({ key, shiftKey }: KeyboardEvent): boolean {
    if (active === undefined) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step !== undefined) setChosen((chosen + step + offered.length) % offered.length);
    else if ((key === 'Enter' || key === 'Tab') && !shiftKey) active.pick();
    else if (key === 'Escape') setClosedFor(text);
    else return false;
    return true;
  }
  return { offered, active, takeKey, restart: () => setChosen(0) };
}

export interface WritingMenuProps {
  id: string;
  offers: readonly Offer[];
  active: Offer;
}

export function offerId(menuId: string, name: string): string {
  return `${menuId}${name.replaceAll(' ', '-')}`;
}

/** What is typed may become one of these. The keyboard stays in the text; arrows and Enter work from there. */
export function WritingMenu({ id, offers, active }: WritingMenuProps) {
  return (
    <div id={id} role="listbox" aria-label="What you may mean" className={styles['menu']}>
      {offers.map(({ name, what, does, pick }) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field hears the keys
        <div
          key={name}
          id={offerId(id, name)}
          role="option"
          // Never focused itself.
          tabIndex={-1}
          aria-selected={name === active.name}
          className={styles['command']}
          // Keeps the focus in the text.
          onMouseDown={(event) => event.preventDefault()}
          onClick={pick}
        >
          <span className={styles['name']}>{name}</span>
          <span className={styles['what']}>{what}</span>
          <span className={styles['does']}>{does}</span>
        </div>
      ))}
    </div>
  );
}
