import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronArguments, electronEnvironment } from '../../../tools/start-options.ts';

describe('electronArguments', () => {
  it('takes a relative data folder from where npm was called', () => {
    const given = ['--hidden', '--user-data-dir=data/one'];
    expect(electronArguments(given, '/home/ada', false)).toEqual(['--hidden', '--user-data-dir=/home/ada/data/one']);
  });

  it('leaves an absolute data folder and other arguments alone', () => {
    const given = ['--demo', '--user-data-dir=/srv/desk', 'a=b'];
    expect(electronArguments(given, '/home/ada', false)).toEqual(given);
  });

  it('turns the sandbox off for root only', () => {
    expect(electronArguments([], '/', true)).toEqual(['--no-sandbox']);
    expect(electronArguments([], '/', false)).toEqual([]);
  });
});

describe('electronEnvironment', () => {
  it('takes a relative TICKET_AGENT_HOME from where npm was called', () => {
    const environment = electronEnvironment({ TICKET_AGENT_HOME: 'desk', LANG: 'C' }, '/home/ada');
    expect(environment).toEqual({ TICKET_AGENT_HOME: path.resolve('/home/ada/desk'), LANG: 'C' });
  });

  it('keeps an empty TICKET_AGENT_HOME as it is', () => {
    expect(electronEnvironment({ TICKET_AGENT_HOME: '' }, '/home/ada')).toEqual({ TICKET_AGENT_HOME: '' });
  });
});
