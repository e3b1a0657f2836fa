import type { AppError } from '../../../shared/errors.ts';
import type { ModelMemory } from './model-memory.ts';

/** How the GGUF is doing; `file` is its name without its folder. */
export type ModelState =
  /** `reason`: why none was chosen, where a person could change that. `isUndecided`: whether there may be one that is meant. */
  | { state: 'none'; reason: string | null; isUndecided: boolean }
  | { state: 'loading'; file: string }
  /** `device`: `cpu`, `cuda`, `vulkan` or `metal`. `memory`: what it took, where that could be measured. */
  | { state: 'loaded'; file: string; device: string; memory?: ModelMemory }
  /** Unloaded by a person, or because nobody asked it for a while; the next ticket loads it again. */
  | { state: 'unloaded'; file: string }
  /** `isLoaded`: it is in memory, only too slow for a ticket, and is asked again for the next. */
  | { state: 'failed'; file: string; error: AppError; isLoaded: boolean };
