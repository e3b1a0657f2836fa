import type { ModelView } from '../../shared/model-view.ts';
import type { Settings } from '../../shared/settings.ts';
import { builtinVersion } from '../classifier/classifier-from-settings.ts';
import type { ModelState } from '../classifier/model-state.ts';

/** Which classifier the next ticket goes to first, and why: the order of `classifier/classifier-chain.ts` in words. `seconds`: a ticket's patience. */
export function answering(state: ModelState, openai: Settings['openai'], seconds: number): ModelView['answering'] {
  switch (state.state) {
    case 'none': {
      const reason = state.reason === null ? 'No GGUF file is chosen' : 'Of several GGUF files none is chosen';
      return withoutGguf(reason, openai);
    }
    case 'loading': {
      const why = `${state.file} is still loading. A ticket waits up to ${seconds} s for it, ${then(openai)}.`;
      return { source: 'gguf', name: state.file, why };
    }
    case 'loaded':
      return { source: 'gguf', name: state.file, why: `${state.file} answers, on ${state.device}.` };
    case 'unloaded': {
      const why = `${state.file} is unloaded, so it takes no memory. The next ticket loads it and waits up to ${seconds} s for it, ${then(openai)}.`;
      return { source: 'gguf', name: state.file, why };
    }
    case 'failed': {
      if (!state.isLoaded) return withoutGguf(`${state.file} cannot be used`, openai);
      const why = `${state.file} was too slow for a ticket. The next one waits up to ${seconds} s for it, ${then(openai)}.`;
      return { source: 'gguf', name: state.file, why };
    }
  }
}

function withoutGguf(reason: string, openai: Settings['openai']): ModelView['answering'] {
  if (isUsable(openai)) {
    return { source: 'openai', name: openai.model, why: `${reason}, so OpenAI answers: you allowed it.` };
  }
  const obstacle = openai.allowed ? 'OpenAI has no key' : 'OpenAI is off';
  const why = `${reason}, and ${obstacle}, so the built-in model answers.`;
  return { source: 'builtin', name: builtinVersion, why };
}

function then(openai: Settings['openai']): string {
  return isUsable(openai) ? 'then OpenAI answers: you allowed it' : 'then the built-in model answers';
}

function isUsable({ allowed, apiKey }: Settings['openai']): boolean {
  return allowed && Boolean(apiKey);
}
