import { removeForeign } from '../../../shared/foreign-variables.ts';

/**
 * node-llama-cpp. It reads the environment when it is imported, and throws or looks for another build of itself where
 * variables of other programs stand there: they are taken out before.
 */
export function llamaLibrary(): Promise<typeof import('node-llama-cpp')> {
  removeForeign(process.env);
  return import('node-llama-cpp');
}
