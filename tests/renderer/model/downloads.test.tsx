import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ModelPage } from '../../../renderer/features/model/model-page.tsx';
import type { CuratedModel, Download } from '../../../shared/downloads.ts';
import { AppError } from '../../../shared/errors.ts';
import { aModelView, noDownloads } from '../../fakes/model-view.ts';
import { settingsView } from '../../fakes/settings-view.ts';
import { show } from '../show.tsx';

const rest = { 'settings:read': () => settingsView(), 'model:read': () => aModelView() };
const curated: CuratedModel = {
  id: 'tiny',
  name: 'Tiny 1B',
  maker: 'Somebody',
  uri: 'hf:somebody/tiny-GGUF:Q4_K_M',
  parameters: '1 B',
  approximateBytes: 810e6,
  licence: 'Apache-2.0',
  licenceUrl: 'https://www.apache.org/licenses/LICENSE-2.0',
  source: 'https://huggingface.co/somebody/tiny-GGUF',
  sha256: null,
  note: 'For trying.',
};

function aDownload(change: Partial<Download> = {}): Download {
  return {
    id: '1',
    uri: curated.uri,
    name: 'tiny.Q4_K_M.gguf',
    state: 'running',
    doneBytes: 200e6,
    totalBytes: 800e6,
    bytesPerSecond: 10e6,
    message: null,
    ...change,
  };
}

describe('getting a model', () => {
  it('starts from the short list, which says size, licence and source before', async () => {
    const { bridge, user } = show(<ModelPage />, {
      ...rest,
      'downloads:read': () => noDownloads({ curated: [curated] }),
      'downloads:start': () => noDownloads({ curated: [curated], downloads: [aDownload()] }),
    });
    const [offer] = within(await screen.findByRole('list', { name: 'Models to start with' })).getAllByRole('listitem');
    expect(offer?.textContent).toMatch(/Somebody.*about 810 MB.*Apache-2\.0.*somebody\/tiny-GGUF.*no SHA-256 known/);
    const button = screen.getByRole('button', { name: 'Download Tiny 1B' });
    await user.click(button);
    expect(bridge.asked).toContainEqual({ channel: 'downloads:start', request: { uri: curated.uri, sha256: null } });
    expect(button).toHaveProperty('disabled', true);
    screen.getByText('200 MB of 800 MB, 10 MB/s, 1 min left');
    expect(screen.getByRole('progressbar', { name: /tiny/ }).getAttribute('aria-valuenow')).toBe('25');
  });

  it('takes any address, with a digest that is one; what was typed stays where it is refused', async () => {
    const { bridge, user } = show(<ModelPage />, {
      ...rest,
      'downloads:read': () => noDownloads(),
      'downloads:start': () => {
        throw new AppError('invalid_input', 'Expected an https address.');
      },
    });
    const address = await screen.findByRole('textbox', { name: 'Another model' });
    const digest = screen.getByRole('textbox', { name: 'Its SHA-256, if you know it' });
    const button = screen.getByRole('button', { name: 'Download' });
    await user.type(address, 'http://example.com/a.gguf');
    await user.type(digest, 'abc');
    screen.getByText('A SHA-256 has 64 digits from 0 to f.');
    expect(button).toHaveProperty('disabled', true);
    await user.clear(digest);
    await user.type(digest, 'A'.repeat(64));
    await user.click(button);
    const request = { uri: 'http://example.com/a.gguf', sha256: 'a'.repeat(64) };
    expect(bridge.asked).toContainEqual({ channel: 'downloads:start', request });
    await screen.findByText('Expected an https address.');
    expect(address).toHaveProperty('value', 'http://example.com/a.gguf');
  });

  it('pauses, resumes and discards', async () => {
    let download = aDownload();
    const answer = () => noDownloads({ downloads: [download] });
    const { bridge, user } = show(<ModelPage />, {
      ...rest,
      'downloads:read': answer,
      'downloads:pause': answer,
      'downloads:resume': answer,
      'downloads:discard': answer,
    });
    await user.click(await screen.findByRole('button', { name: 'Pause' }));
    download = aDownload({ state: 'paused', bytesPerSecond: null });
    bridge.change('downloads');
    await screen.findByText('Paused at 200 MB of 800 MB');
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    const asked = bridge.asked.map(({ channel }) => channel).filter((channel) => /pause|resume|discard/.test(channel));
    expect(asked).toEqual(['downloads:pause', 'downloads:resume', 'downloads:discard']);
  });

  it.each<[string, Partial<Download>, string, string]>([
    ['asks', { totalBytes: null, name: null }, 'Asking the server…', 'Pause'],
    [
      'has trouble',
      { message: 'a.b cannot be reached; it is tried again.' },
      'a.b cannot be reached; it is tried again.',
      'Pause',
    ],
    ['failed', { state: 'failed', message: 'There is not enough room.' }, 'There is not enough room.', 'Try again'],
    ['is done', { state: 'done', message: 'Checked.' }, 'Ready, 800 MB', 'Clear'],
  ])('that %s says so', async (_what, change, words, button) => {
    show(<ModelPage />, { ...rest, 'downloads:read': () => noDownloads({ downloads: [aDownload(change)] }) });
    await screen.findByText(words);
    screen.getByRole('button', { name: button });
  });
});
