/** Variables by which others make Electron, Node or llama.cpp do something else than they do for a person. */
const foreign: ReadonlySet<string> = new Set([
  // Electron becomes a plain Node, takes a checkout for a package, or writes more than our own lines.
  'ELECTRON_RUN_AS_NODE',
  'ELECTRON_FORCE_IS_PACKAGED',
  'ELECTRON_IS_DEV',
  'ELECTRON_NO_ASAR',
  'ELECTRON_NO_ATTACH_CONSOLE',
  'ELECTRON_ENABLE_LOGGING',
  'ELECTRON_ENABLE_STACK_DUMPING',
  'ELECTRON_LOG_FILE',
  'ELECTRON_LOG_ASAR_READS',
  'ELECTRON_DEBUG_NOTIFICATIONS',
  'DEBUG',
  // Of whoever runs or tests a program of their own.
  'NODE_ENV',
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_V8_COVERAGE',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'NODE_UNIQUE_ID',
  'NODE_PENDING_DEPRECATION',
  'NODE_REPL_EXTERNAL_MODULE',
  // node-llama-cpp (3.22) throws where CI is no boolean, and takes the others for how it was built, or for its own test.
  'CI',
  'COLAB_RELEASE_TAG',
  'TEST_BINDING_CP',
  'npm_config_node_llama_cpp_postinstall',
  'GGML_BACKEND_PATH',
  'GGML_METAL',
  'GGML_METAL_EMBED_LIBRARY',
  'GGML_CUDA',
  'GGML_VULKAN',
  'GGML_OPENBLAS',
  'GGML_BLAS_VENDOR',
  'GGML_CUDA_FORCE_DMMV',
  'GGML_CUDA_DMMV_X',
  'GGML_CUDA_MMV_Y',
  'GGML_CUDA_F16',
  'GGML_CUDA_KQUANTS_ITER',
  'GGML_CUDA_PEER_MAX_BATCH_SIZE',
  'GGML_HIPBLAS',
]);

/** Names of which only the beginning is known. */
const foreignBeginnings = ['NODE_LLAMA_CPP_', 'VITE_', 'VITEST'];
/** The one of node-llama-cpp's that a person may set, and that we do: what keeps llama.cpp off the GPU. */
const gpuVariable = 'NODE_LLAMA_CPP_GPU';
const gpuOff: readonly (string | undefined)[] = ['false', 'off', 'none', 'disable', 'disabled'];

/** Whether NODE_LLAMA_CPP_GPU keeps llama.cpp off the GPU. */
export function isGpuOff(env: Readonly<Record<string, string | undefined>>): boolean {
  return gpuOff.includes(env[gpuVariable]);
}

function isForeign(name: string, value: string | undefined): boolean {
  if (name === gpuVariable) return !gpuOff.includes(value);
  return foreign.has(name) || foreignBeginnings.some((beginning) => name.startsWith(beginning));
}

/** The environment without what is meant for other programs. The tests, the start and the models' processes use it. */
export function withoutForeign(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || isForeign(name, value) ? [] : [[name, value]],
    ),
  );
}

/** Takes it out of an environment that is in use. */
export function removeForeign(env: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(env)) if (isForeign(name, value)) delete env[name];
}
