import { type FormEvent, useState } from 'react';
import type { SettingsView } from '../../../shared/ipc.ts';
import { describeProblem } from '../../../shared/settings.ts';
import { Notice } from '../../components/notice.tsx';
import { ask, useLive } from '../../desk.ts';

export function SettingsPage() {
  const { value, error } = useLive('settings:read', undefined, 'settings');
  if (error !== null) return <Notice tone="trouble">{error}</Notice>;
  if (value === null) return <Notice tone="quiet">Reading the settings…</Notice>;
  return <SettingsForm view={value} />;
}

/** A secret is never shown, only that there is one. */
function placeholderOf({ isSecret, isSet, isFixed }: SettingsView['settings'][number]): string {
  if (!isSecret || !isSet) return '';
  return isFixed ? 'Set' : 'Set. Type to replace it.';
}

function originOf({ origin, isFixed, isSet, value }: SettingsView['settings'][number]): string {
  if (origin === 'default' && isFixed) return 'The default; set in a file or the environment only';
  if (origin === 'default') return value === null ? 'Not set' : 'The default';
  return isFixed ? `Fixed by ${origin}` : isSet ? `From ${origin}` : 'Not usable, see above';
}

function SettingsForm({ view }: { view: SettingsView }) {
  const [change, setChange] = useState<Record<string, string>>({});
  const [allowPlainText, setAllowPlainText] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [outcome, setOutcome] = useState<{ tone: 'quiet' | 'trouble'; text: string } | null>(null);

  async function save(event: FormEvent) {
    event.preventDefault();
    setIsSaving(true);
    setOutcome(null);
    try {
      await ask('settings:save', { change, allowPlainText });
      setChange({});
      setOutcome({ tone: 'quiet', text: 'Saved. The connections use it from now on.' });
    } catch (thrown) {
      setOutcome({ tone: 'trouble', text: thrown instanceof Error ? thrown.message : String(thrown) });
    } finally {
      setIsSaving(false);
    }
  }

  return (
    <form onSubmit={save}>
      {view.problems.map((problem) => (
        <Notice key={describeProblem(problem)} tone="trouble">
          {describeProblem(problem)}
        </Notice>
      ))}
      {view.settings.map((setting) => (
        <label key={setting.name}>
          <span>{setting.name}</span>
          <input
            type={setting.isSecret ? 'password' : 'text'}
            autoComplete="off"
            disabled={setting.isFixed}
            value={change[setting.name] ?? setting.value ?? ''}
            placeholder={placeholderOf(setting)}
            onChange={(event) => setChange({ ...change, [setting.name]: event.target.value })}
          />
          <small>{originOf(setting)}</small>
        </label>
      ))}
      {view.protection === 'plain_text' && (
        <label className="check">
          <input
            type="checkbox"
            checked={allowPlainText}
            onChange={(event) => setAllowPlainText(event.target.checked)}
          />
          This computer has no keychain: keep tokens as plain text in the data folder.
        </label>
      )}
      <button type="submit" disabled={isSaving || Object.keys(change).length === 0}>
        {isSaving ? 'Saving…' : 'Save'}
      </button>
      {outcome !== null && <Notice tone={outcome.tone}>{outcome.text}</Notice>}
    </form>
  );
}
