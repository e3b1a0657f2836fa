import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ModelPage } from '../../../renderer/features/model/model-page.tsx';
import { AppError } from '../../../shared/errors.ts';
import { aFile, allowed, aModelView, anEmptyModelView, noDownloads } from '../../fakes/model-view.ts';
import { fixed, settingsView } from '../../fakes/settings-view.ts';
import { show } from '../show.tsx';

const settings = { 'settings:read': () => settingsView(), 'downloads:read': () => noDownloads() };

describe('the page Model', () => {
  it('says who answers and why, and marks who is asked first', async () => {
    show(<ModelPage />, { ...settings, 'model:read': () => aModelView() });
    await screen.findByRole('heading', { name: 'A model on this computer answers' });
    screen.getByText('one.gguf answers, on cpu.');
    const [gguf, openai] = within(screen.getByRole('list', { name: /Who is asked/ })).getAllByRole('listitem');
    expect(gguf?.getAttribute('aria-current')).toBe('true');
    expect(openai?.textContent).toContain('Off, so no ticket’s text leaves');
  });

  it('follows a model that loads, and one that fails', async () => {
    let view = aModelView({
      answering: { source: 'gguf', name: 'one.gguf', why: 'one.gguf is still loading.' },
      state: { state: 'loading', file: 'one.gguf', device: null, message: null },
    });
    const { bridge } = show(<ModelPage />, { ...settings, 'model:read': () => view });
    await screen.findByRole('heading', { name: 'A model is loading' });
    view = aModelView({
      answering: {
        source: 'builtin',
        name: 'linear-1',
        why: 'one.gguf cannot be used, so the built-in model answers.',
      },
      state: { state: 'failed', file: 'one.gguf', device: null, message: 'one.gguf is cut short.' },
    });
    bridge.change('status');
    await screen.findByRole('heading', { name: 'The built-in model answers' });
    screen.getByText('one.gguf is cut short.');
  });

  it('leads to the consent to OpenAI, and names whom the text would go to', async () => {
    const { places, user } = show(<ModelPage />, {
      'settings:read': () => settingsView(allowed),
      'downloads:read': () => noDownloads(),
      'model:read': () => aModelView(),
    });
    await screen.findByText('Allowed: where no GGUF file answers, the text goes to gpt-4.1-mini at api.openai.com.');
    await user.click(screen.getByRole('button', { name: 'OpenAI settings' }));
    expect(places).toEqual([{ page: 'Settings', section: 'openai' }]);
  });

  it('offers to try again where the models cannot be read', async () => {
    let fails = true;
    const { user } = show(<ModelPage />, {
      ...settings,
      'model:read': () => {
        if (fails) throw new AppError('storage_failed', 'The settings could not be read.');
        return aModelView();
      },
    });
    await screen.findByText('The models could not be read');
    fails = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('one.gguf answers, on cpu.');
  });
});

describe('the GGUF files', () => {
  it('are chosen with a click, and what main answers is shown at once', async () => {
    const { bridge, user } = show(<ModelPage />, {
      ...settings,
      'model:read': () => aModelView(),
      'model:choose': () =>
        aModelView({
          chosen: '/models/two.gguf',
          files: [aFile('one.gguf'), aFile('two.gguf', { isChosen: true })],
          state: { state: 'loading', file: 'two.gguf', device: null, message: null },
        }),
    });
    const two = await screen.findByRole('radio', { name: 'two.gguf', description: /Q4_K_M.*268 M parameters.*253 MB/ });
    await user.click(two);
    expect(bridge.asked).toContainEqual({ channel: 'model:choose', request: { path: '/models/two.gguf' } });
    expect((await screen.findByRole('radio', { checked: true })).textContent).toContain('Loading…');
  });

  it('are reached with arrows without loading each, and chosen with Space', async () => {
    const { bridge, user } = show(<ModelPage />, {
      ...settings,
      'model:read': () => aModelView(),
      'model:choose': () => aModelView({ chosen: null }),
    });
    const one = await screen.findByRole('radio', { name: 'one.gguf' });
    one.focus();
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'two.gguf' }));
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'Automatic' }));
    expect(bridge.asked.some(({ channel }) => channel === 'model:choose')).toBe(false);
    await user.keyboard(' ');
    expect(bridge.asked).toContainEqual({ channel: 'model:choose', request: { path: null } });
  });

  it('that cannot be used say why, and are not chosen', async () => {
    const broken = aFile('broken.gguf', { facts: null, problem: 'It is cut short.' });
    const { bridge, user } = show(<ModelPage />, {
      ...settings,
      'model:read': () => aModelView({ files: [aFile('one.gguf', { isChosen: true }), broken] }),
    });
    await user.click(await screen.findByRole('radio', { name: 'broken.gguf', description: 'It is cut short.' }));
    expect(bridge.asked.some(({ channel }) => channel === 'model:choose')).toBe(false);
  });

  it('come from anywhere; cancelling changes nothing', async () => {
    const found = [null, '/elsewhere/three.gguf'];
    const { bridge, user } = show(<ModelPage />, {
      ...settings,
      'model:read': () => aModelView(),
      'model:browse': () => found.shift() ?? null,
      'model:choose': () => {
        throw new AppError('storage_failed', 'The disk is full.');
      },
    });
    const button = await screen.findByRole('button', { name: 'Choose a file…' });
    await user.click(button);
    expect(bridge.asked.some(({ channel }) => channel === 'model:choose')).toBe(false);
    await user.click(button);
    expect(bridge.asked).toContainEqual({ channel: 'model:choose', request: { path: '/elsewhere/three.gguf' } });
    await screen.findByText('The model was not changed');
    screen.getByText('The disk is full.');
  });

  it('are only shown where the environment fixes one', async () => {
    const { bridge, user } = show(<ModelPage />, {
      'settings:read': () => settingsView({ GGML_MODEL_PATH: fixed('environment', '/models/one.gguf') }),
      'downloads:read': () => noDownloads(),
      'model:read': () => aModelView({ isFixed: true }),
    });
    await screen.findByText(/Fixed by the environment variable GGML_MODEL_PATH/);
    await user.click(screen.getByRole('radio', { name: 'two.gguf' }));
    expect(bridge.asked.some(({ channel }) => channel === 'model:choose')).toBe(false);
    expect(screen.getByRole('button', { name: 'Choose a file…' })).toHaveProperty('disabled', true);
  });

  it('are explained where there is none, with the folder for them', async () => {
    const { bridge, user } = show(<ModelPage />, {
      ...settings,
      'model:read': anEmptyModelView,
      'folder:open': () => undefined,
    });
    const words = await screen.findByText(/A GGUF is a language model in one file/);
    expect(words.textContent).toMatch(/Put one into \/models, .* Until then the built-in model answers/);
    await user.click(screen.getByRole('button', { name: 'Open folder' }));
    expect(bridge.asked).toContainEqual({ channel: 'folder:open', request: { what: 'models' } });
    expect(screen.queryByRole('radiogroup')).toBeNull();
  });
});
