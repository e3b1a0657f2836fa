import type { AppError } from '../../shared/errors.ts';

/** How the GGUF is doing; `file` is its name without its folder. */
export type ModelState =
  /** `reason`: why none was chosen, where there were some to choose from. */
  | { state: 'none'; reason: string | null }
  | { state: 'loading'; file: string }
  /** `device`: `cpu`, `cuda`, `vulkan` or `metal`. */
  | { state: 'loaded'; file: string; device: string }
  | { state: 'failed'; file: string; error: AppError };
