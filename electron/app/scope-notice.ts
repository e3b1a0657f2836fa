import { missingScopes, scopeNotice } from '../slack/missing-scopes.ts';

/** What the Slack app lacks of the scopes in the manifest, as long as it does. */
export interface ScopeNotice {
  /** Slack told the bot's scopes; null: they are not known any more. */
  granted(scopes: readonly string[] | null): void;
  /** A sentence for people; null where nothing is missing, or nobody knows. */
  current(): string | null;
}

export interface ScopeNoticeDeps {
  /** Prints one line per change: `scopes: missing files:read`, `scopes: ok`. */
  print(line: string): void;
  warn(message: string): void;
  onChange(): void;
}

export function createScopeNotice({ print, warn, onChange }: ScopeNoticeDeps): ScopeNotice {
  let notice: string | null = null;
  let printed = 'ok';
  return {
    granted(scopes) {
      const before = notice;
      notice = scopes && scopeNotice(scopes);
      if (notice !== before) onChange();
      if (scopes === null) return;
      const names = missingScopes(scopes).flatMap((each) => each.scopes);
      const line = names.length === 0 ? 'ok' : `missing ${names.join(', ')}`;
      if (line === printed) return;
      printed = line;
      print(`scopes: ${line}`);
      if (notice !== null) warn(notice);
    },
    current: () => notice,
  };
}
