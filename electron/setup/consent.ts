import { AppError } from '../../shared/errors.ts';
import { fieldName } from '../../shared/setting-labels.ts';
import type { SettingsChange } from '../settings/apply-change.ts';
import type { LoadedSettings } from '../settings/load-settings.ts';
import { readConsents, writeConsents } from './consent-file.ts';
import { forgottenBy, type RiskyChange, riskyChanges } from './risky-changes.ts';

/** A question that a person answers outside the window's page. */
export interface Question {
  message: string;
  detail: string;
  /** What the button that goes on says. */
  goOn: string;
}
/** false: the person does not want it, or gave no answer. */
export type Confirm = (question: Question) => Promise<boolean>;

/** The addresses that something typed is sent to before it is saved. */
type TestedAddress = 'JIRA_BASE_URL' | 'OPENAI_BASE_URL';

export interface ConsentDeps {
  confirm: Confirm;
  /** The settings as they are, or as they would be with this change. */
  load(change?: SettingsChange): Promise<LoadedSettings>;
  /** Absolute path of the file that keeps what a person agreed to. */
  file: string;
  /** Origins that need no question: those of the curated models. */
  knownOrigins: readonly string[];
}

/**
 * What the window may do only after a person has agreed in a dialog of the system's, which no page can answer. Each
 * throws `forbidden` where the person does not, and while another question is open.
 */
export interface Consent {
  /** `save` is called where nothing is to be asked or the person agreed, and before anything else is asked. */
  toSave(change: SettingsChange, save: () => Promise<void>): Promise<void>;
  /** Whether `toTest` would ask nothing. */
  mayTest(change: SettingsChange, address: TestedAddress): Promise<boolean>;
  /** Asks before what is typed and not saved is sent to another address than before; once a run for each address. */
  toTest(change: SettingsChange, address: TestedAddress): Promise<void>;
  /** Asks before the first download from an origin. */
  toDownload(origin: string): Promise<void>;
}

export function createConsent({ confirm, load, file, knownOrigins }: ConsentDeps): Consent {
  /** What a person agreed to test in this run. */
  const tested = new Set<string>();
  let isAsking = false;
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other, so that what was looked at is what is saved. */
  function inTurn(action: () => Promise<void>): Promise<void> {
    if (isAsking) throw new AppError('forbidden', 'Nothing was done: a question is open. Answer it first.');
    const done = turn.then(action);
    turn = done.catch(() => {});
    return done;
  }

  async function ask(question: Question, refusal: string): Promise<void> {
    isAsking = true;
    try {
      if (!(await confirm(question))) throw new AppError('forbidden', refusal);
    } finally {
      isAsking = false;
    }
  }

  async function look(change: SettingsChange) {
    const { earlier } = readConsents(file);
    return { before: await load(), after: await load(change), earlier };
  }

  /** What of a test nobody has agreed to in this run. */
  async function unagreed(change: SettingsChange, address: TestedAddress): Promise<RiskyChange[]> {
    const risky = riskyChanges(await look(change)).filter(({ name }) => name === address);
    return tested.has(inLines(risky)) ? [] : risky;
  }

  return {
    async toSave(change, save) {
      await inTurn(async () => {
        const looked = await look(change);
        const risky = riskyChanges(looked);
        if (risky.length > 0) {
          const question = { message: 'Save these settings?', detail: inLines(risky), goOn: 'Save' };
          await ask(question, `Nothing was saved: you did not agree to change ${namesOf(risky)}.`);
        }
        const earlier = forgottenBy(looked);
        // Before they are forgotten, so that nothing in between lets the next one pass for the first.
        if (earlier !== looked.earlier) writeConsents(file, { ...readConsents(file), earlier });
        await save();
      });
    },

    mayTest: async (change, address) => (await unagreed(change, address)).length === 0,

    async toTest(change, address) {
      await inTurn(async () => {
        const risky = await unagreed(change, address);
        if (risky.length === 0) return;
        const question = { message: 'Send what is entered to another address?', detail: inLines(risky), goOn: 'Test' };
        await ask(question, `Nothing was sent: you did not agree to try another ${fieldName(address)}.`);
        tested.add(inLines(risky));
      });
    },

    async toDownload(origin) {
      await inTurn(async () => {
        const consents = readConsents(file);
        if (knownOrigins.includes(origin) || consents.downloadOrigins.includes(origin)) return;
        const detail = `${origin} is not among the places that this program knows. It learns this computer's address.`;
        const question = { message: 'Download a model from there?', detail, goOn: 'Download' };
        await ask(question, `Nothing was downloaded: you did not agree to download from ${origin}.`);
        writeConsents(file, { ...consents, downloadOrigins: [...consents.downloadOrigins, origin] });
      });
    },
  };
}

const longestLine = 300;

/** What is typed stands in it: one line each, and not longer than a dialog can show. */
function inLines(risky: readonly RiskyChange[]): string {
  return risky.map(({ words }) => (words.length > longestLine ? `${words.slice(0, longestLine)}…` : words)).join('\n');
}

function namesOf(risky: readonly RiskyChange[]): string {
  return risky.map(({ name }) => fieldName(name)).join(', ');
}
