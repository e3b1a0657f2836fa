import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ModelPage } from '../../../renderer/features/model/model-page.tsx';
import { AppError } from '../../../shared/errors.ts';
import type { Trial } from '../../../shared/model-view.ts';
import { allowed, aModelView, anEmptyModelView, noDownloads } from '../../fakes/model-view.ts';
import { settingsView } from '../../fakes/settings-view.ts';
import { show } from '../show.tsx';

const trial: Trial = {
  classification: {
    label: 'Incident',
    confidence: 0.83,
    probabilities: { Task: 0.04, Bug: 0.11, Incident: 0.83, 'Feature Request': 0.001, Question: 0.019 },
    source: 'builtin',
    model: 'linear-1',
    ms: 63.4,
  },
  passedOver: [{ source: 'gguf', message: 'The model one.gguf is still loading.' }],
};

async function theBox() {
  const box = await screen.findByRole('textbox', { name: 'A ticket’s text' });
  return box;
}

describe('trying a text', () => {
  it('shows the label, five probabilities, the time, and who was passed over', async () => {
    const { bridge, user } = show(<ModelPage />, {
      'settings:read': () => settingsView(),
      'downloads:read': () => noDownloads(),
      'model:read': () => aModelView(),
      'model:try': () => trial,
    });
    await user.type(await theBox(), 'The VPN is down{Control>}{Enter}{/Control}');
    expect(bridge.asked).toContainEqual({ channel: 'model:try', request: { text: 'The VPN is down' } });
    await screen.findByText('The built-in model (linear-1) answered in 63 ms.');
    const shares = within(screen.getByRole('list', { name: 'Probabilities' })).getAllByRole('listitem');
    expect(shares.map(({ textContent }) => textContent)).toEqual([
      'Task4 %',
      'Bug11 %',
      'Incident83 %',
      'Feature Request<1 %',
      'Question2 %',
    ]);
    screen.getByText('The GGUF file was asked before and could not answer');
  });

  it('keeps what was typed while the page is left, and where no answer came', async () => {
    const answers = {
      'settings:read': () => settingsView(),
      'downloads:read': () => noDownloads(),
      'model:read': () => aModelView(),
      'model:try': () => {
        throw new AppError('unavailable', 'The model is just being exchanged.');
      },
    };
    const { user, unmount } = show(<ModelPage />, answers);
    await user.clear(await theBox());
    await user.type(await theBox(), 'Printer jams');
    await user.click(screen.getByRole('button', { name: 'Classify' }));
    await screen.findByText('The model is just being exchanged.');
    unmount();
    show(<ModelPage />, answers);
    expect(await theBox()).toHaveProperty('value', 'Printer jams');
  });

  it.each([
    ['stays here where OpenAI is off', aModelView(), {}, /The text stays on this computer, and nothing is filed/],
    ['may go to OpenAI where the GGUF fails', aModelView(), allowed, /Only if one\.gguf cannot answer, it goes to api/],
    [
      'goes to OpenAI where that answers',
      { ...anEmptyModelView(), answering: { source: 'openai' as const, name: 'gpt-4.1-mini', why: 'You allowed it.' } },
      allowed,
      /The text goes to api\.openai\.com, as a ticket’s would/,
    ],
  ])('says that the text %s', async (_, view, openai, words) => {
    show(<ModelPage />, {
      'settings:read': () => settingsView(openai),
      'downloads:read': () => noDownloads(),
      'model:read': () => view,
    });
    await screen.findByText(words);
  });

  it('says where nobody gives probabilities', async () => {
    const classification = {
      ...trial.classification,
      source: 'openai',
      probabilities: null,
      confidence: null,
    } as const;
    const { user } = show(<ModelPage />, {
      'settings:read': () => settingsView(allowed),
      'downloads:read': () => noDownloads(),
      'model:read': () => aModelView(),
      'model:try': () => ({ classification, passedOver: [] }),
    });
    await user.type(await theBox(), 'x{Control>}{Enter}{/Control}');
    await screen.findByText('OpenAI gives no probabilities.');
  });
});
