import { type ComponentType, useState } from 'react';
import { useLive } from './desk.ts';
import { DemoPage } from './features/demo/demo-page.tsx';
import { ModelPage } from './features/model/model-page.tsx';
import { SettingsPage } from './features/settings/settings-page.tsx';
import { StatusPage } from './features/status/status-page.tsx';
import { TicketsPage } from './features/tickets/tickets-page.tsx';

type Pages = Record<string, ComponentType>;
const pages: Pages = {
  Tickets: TicketsPage,
  Model: ModelPage,
  Settings: SettingsPage,
  Status: StatusPage,
};

export function App() {
  const [name, setName] = useState('Tickets');
  const { value: status } = useLive('status:read', undefined, 'status');
  const shown: Pages = status?.demo ? { ...pages, Demo: DemoPage } : pages;
  const Page = shown[name] ?? TicketsPage;
  return (
    <div className="app">
      <header>
        <nav aria-label="Pages">
          {Object.keys(shown).map((page) => (
            <button
              key={page}
              type="button"
              aria-current={page === name ? 'page' : undefined}
              onClick={() => setName(page)}
            >
              {page}
            </button>
          ))}
        </nav>
        <ul className="lights" aria-label="Connections">
          {status !== null &&
            (['slack', 'jira', 'model'] as const).map((part) => (
              <li key={part} data-state={status[part].state} title={status[part].message ?? status[part].line}>
                <span className="dot" aria-hidden="true" />
                {{ slack: 'Slack', jira: 'Jira', model: 'Model' }[part]}{' '}
                <small className="lights-line">{status[part].line}</small>
              </li>
            ))}
        </ul>
      </header>
      {status?.demo && (
        <p className="banner">This is the demo: Slack and Jira are played on this machine, nothing leaves it.</p>
      )}
      <main>
        <h1>{name}</h1>
        <Page />
      </main>
    </div>
  );
}
