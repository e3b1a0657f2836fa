import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ModelPage } from '../../../renderer/features/model/model-page.tsx';
import { AppError } from '../../../shared/errors.ts';
import { aFile, aModelView, noDownloads } from '../../fakes/model-view.ts';
import { settingsView } from '../../fakes/settings-view.ts';
import { show } from '../show.tsx';

const rest = { 'settings:read': () => settingsView(), 'downloads:read': () => noDownloads() };
const free = { ram: 1e9, vram: 0 };
const estimate = { ram: 824e6, vram: 0, free, total: { ram: 8e9, vram: 0 } };

describe('what a model takes in memory', () => {
  it('is reckoned, and stands beside what was measured', async () => {
    const one = aFile('one.gguf', { isChosen: true, estimate, measured: { ram: 396e6, vram: 0 } });
    const two = aFile('two.gguf', { estimate: { ...estimate, ram: 4e9, vram: 2e9, free: { ram: 1e9, vram: 1e9 } } });
    show(<ModelPage />, { ...rest, 'model:read': () => aModelView({ files: [one, two] }) });
    await screen.findByText('Needs about 824 MB of memory; took 396 MB of memory when it was loaded.');
    screen.getByText(
      'Needs about 4 GB of memory and 2 GB on the GPU, more than is free now: 1 GB of memory and 1 GB on the GPU.',
    );
  });

  it('is free again after unloading', async () => {
    const unloaded = aModelView({ state: { state: 'unloaded', file: 'one.gguf', device: null, message: null } });
    const { user } = show(<ModelPage />, {
      ...rest,
      'model:read': () => aModelView(),
      'model:unload': () => unloaded,
    });
    await user.click(await screen.findByRole('button', { name: 'More for one.gguf' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Unload until the next ticket' }));
    await screen.findByText('Unloaded, so it takes no memory. The next ticket loads it again.');
  });
});

describe('a file', () => {
  it('is deleted only when that is confirmed, and says that it is in use', async () => {
    const { bridge, user } = show(<ModelPage />, {
      ...rest,
      'model:read': () => aModelView(),
      'model:delete': () => aModelView({ files: [aFile('two.gguf')], chosen: null }),
    });
    const askForIt = async () => {
      await user.click(await screen.findByRole('button', { name: 'More for one.gguf' }));
      await user.click(await screen.findByRole('menuitem', { name: 'Delete…' }));
      return screen.findByRole('dialog', { name: 'Delete this model?' });
    };
    const dialog = await askForIt();
    within(dialog).getByText(/It is in use: it is unloaded first/);
    await user.click(within(dialog).getByRole('button', { name: 'Keep it' }));
    expect(bridge.asked.some(({ channel }) => channel === 'model:delete')).toBe(false);
    await user.click(within(await askForIt()).getByRole('button', { name: 'Delete' }));
    expect(bridge.asked).toContainEqual({ channel: 'model:delete', request: { path: '/models/one.gguf' } });
    expect(screen.queryByRole('radio', { name: 'one.gguf' })).toBeNull();
  });

  it('from elsewhere can be shown, but not deleted', async () => {
    const elsewhere = aFile('far.gguf', { isChosen: true, folder: null });
    const { bridge, user } = show(<ModelPage />, {
      ...rest,
      'model:read': () => aModelView({ files: [elsewhere] }),
      'model:reveal': () => undefined,
    });
    await user.click(await screen.findByRole('button', { name: 'More for far.gguf' }));
    const items = await screen.findAllByRole('menuitem');
    expect(items.map(({ textContent }) => textContent)).not.toContain('Delete…');
    await user.click(screen.getByRole('menuitem', { name: 'Show in file manager' }));
    expect(bridge.asked).toContainEqual({ channel: 'model:reveal', request: { path: '/models/far.gguf' } });
  });
});

describe('the folders', () => {
  it('are listed, added and forgotten', async () => {
    const more = [{ path: '/mnt/models', isThere: false }];
    const { bridge, user } = show(<ModelPage />, {
      ...rest,
      'model:read': () => aModelView(),
      'model:add-folder': () => aModelView({ moreFolders: more }),
      'model:remove-folder': () => aModelView(),
    });
    await user.click(await screen.findByRole('button', { name: 'Add a folder…' }));
    const folders = within(screen.getByRole('list', { name: 'Folders with models' }));
    expect((await folders.findAllByRole('listitem')).map(({ textContent }) => textContent)).toEqual([
      '/models',
      '/mnt/models is not there now',
    ]);
    await user.click(screen.getByRole('button', { name: 'Forget the folder /mnt/models' }));
    expect(bridge.asked).toContainEqual({ channel: 'model:remove-folder', request: { path: '/mnt/models' } });
    expect(folders.getAllByRole('listitem')).toHaveLength(1);
  });

  it('are only shown where the environment fixes them', async () => {
    show(<ModelPage />, {
      ...rest,
      'model:read': () => aModelView({ areFoldersFixed: true, moreFolders: [{ path: '/mnt/models', isThere: true }] }),
    });
    await screen.findByText(/MODEL_FOLDERS is fixed/);
    expect(screen.queryByRole('button', { name: /Add a folder|Forget/ })).toBeNull();
  });

  it('come with how long a model stays in memory', async () => {
    const { bridge, user } = show(<ModelPage />, {
      ...rest,
      'model:read': () => aModelView(),
      'settings:save': () => settingsView(),
    });
    await user.selectOptions(await screen.findByLabelText('Unload the model after'), '30 minutes without a ticket');
    const request = { change: { MODEL_IDLE_MINUTES: '30' }, allowPlainText: false };
    expect(bridge.asked).toContainEqual({ channel: 'settings:save', request });
  });

  it('say what went wrong', async () => {
    const { user } = show(<ModelPage />, {
      ...rest,
      'model:read': () => aModelView(),
      'model:add-folder': () => {
        throw new AppError('storage_failed', 'The settings could not be saved.');
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Add a folder…' }));
    await screen.findByText('The settings could not be saved.');
  });
});
