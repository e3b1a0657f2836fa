/** The app's commands, and what belongs behind them. */
const commands = [
  { name: '/ticket', what: 'what happened, in your own words', does: 'Files a ticket' },
  { name: '/ticket_status', what: 'KAN-1', does: 'Says how a ticket is doing' },
] as const;

/** Commands that what is typed so far may become; none once a blank follows. */
export function matchingCommands(line: string): (typeof commands)[number][] {
  return line.startsWith('/') ? commands.filter(({ name }) => name.startsWith(line.toLowerCase())) : [];
}
