import type { SettingsView } from '../../../shared/settings-view.ts';
import { type StepName, stepNames } from './steps.ts';

const key = 'guide';
const leftMark = 'left';

export interface GuidePlace {
  step: StepName;
  /** Whether the person said "later", so that the window does not begin with the guide. */
  isLeft: boolean;
}

/** Where the guide was; null before its first step and after its last. It outlives the program. */
export function rememberedPlace(): GuidePlace | null {
  const [name, mark] = (localStorage.getItem(key) ?? '').split(' ');
  const step = stepNames.find((known) => known === name);
  return step === undefined ? null : { step, isLeft: mark === leftMark };
}

/** Keeps the step's name, and nothing of what was typed there. */
export function rememberPlace({ step, isLeft }: GuidePlace): void {
  localStorage.setItem(key, isLeft ? `${step} ${leftMark}` : step);
}

export function forgetPlace(): void {
  localStorage.removeItem(key);
}

/** Whether the window begins with the guide: nothing is set up yet, or the guide was under way when the window closed. */
export function isFirstStart({ settings }: SettingsView): boolean {
  const isUntouched = settings.every(({ name, isSet }) => !isSet || !firstNeeded.has(name));
  return isUntouched || rememberedPlace()?.isLeft === false;
}

const firstNeeded = new Set(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'JIRA_BASE_URL', 'JIRA_API_TOKEN']);
