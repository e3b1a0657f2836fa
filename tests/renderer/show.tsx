import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { NavigationContext, type Place } from '../../renderer/navigation/navigation.ts';
import { theme } from '../../renderer/theme/theme.ts';
import { type Answers, createFakeBridge } from '../fakes/bridge.ts';

/** Renders a page over a fake main; `places` are where the page wanted to go. */
export function show(page: ReactNode, answers: Answers, place: Place = { page: 'Tickets' }) {
  const bridge = createFakeBridge(answers);
  window.desk = bridge;
  const places: Place[] = [];
  const go = (to: Place) => void places.push(to);
  const view = render(
    <MantineProvider theme={theme} env="test">
      <NavigationContext value={{ place, go }}>{page}</NavigationContext>
    </MantineProvider>,
  );
  return { ...view, bridge, places, user: userEvent.setup() };
}
