import { freemem, totalmem } from 'node:os';
import type { MemoryEstimate } from '../../shared/model-view.ts';
import { contextSize } from '../classifier/gguf/gguf-model.ts';
import { llamaRuntime } from '../classifier/gguf/llama-runtime.ts';

/**
 * What llama.cpp would take for this file, as node-llama-cpp estimates from its header, and what there is.
 * It takes seconds of computing for a large vocabulary. Throws where the file cannot be read.
 */
export async function estimateMemory([path]: unknown[]): Promise<MemoryEstimate> {
  const llama = await llamaRuntime();
  const { GgufInsights, readGgufFileInfo } = await import('node-llama-cpp');
  const insights = await GgufInsights.from(await readGgufFileInfo(String(path)), llama);
  const gpuLayers = await insights.configurationResolver.resolveModelGpuLayers('auto');
  const model = await insights.estimateModelResourceRequirementsV2({ gpuLayers });
  const context = await insights.estimateContextResourceRequirementsV2({
    contextSize: Math.min(contextSize, insights.trainContextSize ?? contextSize),
    modelGpuLayers: gpuLayers,
    swaFullCache: true,
  });
  const vram = await llama.getVramState();
  return {
    ram: model.cpuRam + context.cpuRam,
    vram: model.gpuVram + context.gpuVram,
    free: { ram: freemem(), vram: vram.free },
    total: { ram: totalmem(), vram: vram.total },
  };
}
