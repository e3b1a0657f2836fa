import type { ModelMeasurements } from '../../shared/model-measurements.ts';
import type { ModelView } from '../../shared/model-view.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ModelState } from '../classifier/scoring/model-state.ts';

export interface AnsweringFacts {
  /** State of the GGUF. */
  state: ModelState;
  /** Which way the GGUF serves; null where that was never measured. */
  serving: ModelMeasurements['serving'] | null;
  openai: Settings['openai'];
  /** How many seconds a ticket waits for the GGUF. */
  seconds: number;
  /** Version of the built-in model. */
  builtin: string;
}

/** Which classifier the next ticket goes to first, and why: the order of `classifier/classifier-chain.ts` in words. */
export function answering({ state, serving, openai, seconds, builtin }: AnsweringFacts): ModelView['answering'] {
  const isUsable = state.state !== 'none' && (state.state !== 'failed' || state.isLoaded);
  if (isUsable && serving?.strategy === 'builtin') return { source: 'builtin', name: builtin, why: serving.why };
  switch (state.state) {
    case 'none': {
      if (state.isUndecided) {
        const why = 'Which GGUF file is used is not decided, so the built-in model answers. Choose one.';
        return { source: 'builtin', name: builtin, why };
      }
      const reason = state.reason === null ? 'No GGUF file is chosen' : 'No GGUF file can be used';
      return withoutGguf(reason, openai, builtin);
    }
    case 'loading': {
      const why = `${state.file} is still loading. A ticket waits up to ${seconds} s for it, ${thenBuiltin}.`;
      return { source: 'gguf', name: state.file, why };
    }
    case 'loaded':
      return {
        source: 'gguf',
        name: state.file,
        why: [`${state.file} answers, on ${state.device}.`, serving?.why].filter(Boolean).join(' '),
      };
    case 'unloaded': {
      const why = `${state.file} is unloaded, so it takes no memory. The next ticket loads it and waits up to ${seconds} s for it, ${thenBuiltin}.`;
      return { source: 'gguf', name: state.file, why };
    }
    case 'failed': {
      if (!state.isLoaded && state.error.code === 'unavailable') {
        const why = `${state.file} does not answer, so the built-in model answers until it does. Nothing is sent to OpenAI for that.`;
        return { source: 'builtin', name: builtin, why };
      }
      if (!state.isLoaded) return withoutGguf(`${state.file} cannot be used`, openai, builtin);
      const why = `${state.file} was too slow for a ticket. The next one waits up to ${seconds} s for it, ${then(openai)}.`;
      return { source: 'gguf', name: state.file, why };
    }
  }
}

function withoutGguf(reason: string, openai: Settings['openai'], builtin: string): ModelView['answering'] {
  if (isAllowed(openai)) {
    return { source: 'openai', name: openai.model, why: `${reason}, so OpenAI answers: you allowed it.` };
  }
  const obstacle = openai.allowed ? 'OpenAI has no key' : 'OpenAI is off';
  const why = `${reason}, and ${obstacle}, so the built-in model answers.`;
  return { source: 'builtin', name: builtin, why };
}

const thenBuiltin = 'then the built-in model answers';

/** Says who comes after a GGUF that was asked and did not answer. */
function then(openai: Settings['openai']): string {
  return isAllowed(openai) ? 'then OpenAI answers: you allowed it' : thenBuiltin;
}

function isAllowed({ allowed, apiKey }: Settings['openai']): boolean {
  return allowed && Boolean(apiKey);
}
