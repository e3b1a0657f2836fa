import { type ComponentType, useState } from 'react';
import { useLive } from './desk.ts';
import { ModelPage } from './features/model/model-page.tsx';
import { SettingsPage } from './features/settings/settings-page.tsx';
import { StatusPage } from './features/status/status-page.tsx';
import { TicketsPage } from './features/tickets/tickets-page.tsx';

const pages: Record<string, ComponentType> = {
  Tickets: TicketsPage,
  Model: ModelPage,
  Settings: SettingsPage,
  Status: StatusPage,
};

export function App() {
  const [name, setName] = useState('Tickets');
  const { value: status } = useLive('status:read', undefined, 'status');
  const Page = pages[name] ?? TicketsPage;
  return (
    <div className="app">
      <header>
        <nav aria-label="Pages">
          {Object.keys(pages).map((page) => (
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
      <main>
        <h1>{name}</h1>
        <Page />
      </main>
    </div>
  );
}
