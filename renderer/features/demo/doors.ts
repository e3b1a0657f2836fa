import type { DemoPlace, DemoView } from '../../../shared/demo-view.ts';
import type { Door } from './suggestions.tsx';

export interface DoorKeys {
  /** Puts a text where a person writes. */
  write(line: string, place: DemoPlace): void;
  goHome(): void;
  react(ts: string): void;
  shortcut(id: string, ts: string | null): void;
}

/** The ways into the program besides the command, each to be tried with a click. */
export function doorsOf({ messages, shortcuts, you, bot }: DemoView, keys: DoorKeys): Door[] {
  const others = messages.filter(({ isApp, author, thread }) => !isApp && author !== you && thread === null);
  const [one, another] = [others.at(-1), others.at(-2) ?? others.at(-1)];
  const form = shortcuts.find(({ type }) => type === 'global');
  const onMessage = shortcuts.find(({ type }) => type === 'message');
  const doors: (Door | undefined)[] = [
    form && { name: `Open the form “${form.name}”`, open: () => keys.shortcut(form.id, null) },
    { name: `Mention @${bot}`, open: () => keys.write(`@${bot} The printer on floor 3 jams`, 'channel') },
    one && { name: `Put 🎫 on ${one.author}’s message`, open: () => keys.react(one.ts) },
    another &&
      onMessage && {
        name: `“${onMessage.name}” in the menu of ${another.author}’s message`,
        open: () => keys.shortcut(onMessage.id, another.ts),
      },
    { name: 'Write to the app directly', open: () => keys.write('My screen flickers', 'direct') },
    { name: 'Look at App Home', open: keys.goHome },
  ];
  return doors.filter((door) => door !== undefined);
}
