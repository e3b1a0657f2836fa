import { describe, expect, it } from 'vitest';
import { autostartEntry, autostartFile } from '../../../electron/shell/autostart-entry.ts';

describe('the autostart file', () => {
  it.each([
    ['/home/ana/.config/autostart/ai-ticket-agent.desktop', {}],
    ['/home/ana/.config/autostart/ai-ticket-agent.desktop', { XDG_CONFIG_HOME: '' }],
    ['/home/ana/.config/autostart/ai-ticket-agent.desktop', { XDG_CONFIG_HOME: 'relative' }],
    ['/etc/ana/autostart/ai-ticket-agent.desktop', { XDG_CONFIG_HOME: '/etc/ana' }],
  ])('is %s with %j', (file, env) => {
    expect(autostartFile(env, '/home/ana')).toBe(file);
  });
});

const execOf = (...command: string[]) => /^Exec=(.*)$/m.exec(autostartEntry(command, '/data'))?.[1];

describe('the autostart entry', () => {
  it('starts the program as it stands', () => {
    expect(autostartEntry(['/opt/AI Ticket Agent/ai-ticket-agent', '--hidden'], '/my data')).toBe(
      [
        '[Desktop Entry]',
        'Type=Application',
        'Name=AI Ticket Agent',
        "Comment=Turns Slack's /ticket into a Jira issue",
        'Exec="/opt/AI Ticket Agent/ai-ticket-agent" --hidden',
        'Path=/my data',
        'Terminal=false',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['/usr/bin/agent', '/usr/bin/agent'],
    ['--user-data-dir=/home/ana/.config/agent', '--user-data-dir=/home/ana/.config/agent'],
    ['/home/ana;rm -rf ~', '"/home/ana;rm -rf ~"'],
    ['$HOME', String.raw`"\\$HOME"`],
    ['`x`', '"\\\\`x\\\\`"'],
    ['a"b', String.raw`"a\\"b"`],
    [String.raw`a\b`, String.raw`"a\\\\b"`],
    ['50%', '50%%'],
    ['a\nHidden=true', String.raw`"a\nHidden=true"`],
    ['', '""'],
  ])('quotes %j as the desktop entry specification says', (argument, quoted) => {
    expect(execOf(argument)).toBe(quoted);
  });
});
