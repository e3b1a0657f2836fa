import { expect, it } from 'vitest';
import { removeForeign, withoutForeign } from '../../../shared/foreign-variables.ts';
import { settingNames } from '../../../shared/settings.ts';
import { electronEnvironment } from '../../../tools/start-options.ts';

const strangers = {
  ELECTRON_RUN_AS_NODE: '1',
  NODE_OPTIONS: '--inspect',
  NODE_ENV: 'development',
  NODE_CHANNEL_FD: '3',
  CI: 'woodpecker',
  DEBUG: '*',
  VITE_X: 'y',
  GGML_CUDA: '1',
  NODE_LLAMA_CPP_LOG_LEVEL: 'loud',
  NODE_LLAMA_CPP_GPU: 'sometimes',
  NODE_LLAMA_CPP_CMAKE_OPTION_X: '1',
};
const persons = {
  PATH: '/bin',
  HTTPS_PROXY: 'http://proxy:3128',
  NODE_EXTRA_CA_CERTS: '/ca.pem',
  ELECTRON_OVERRIDE_DIST_PATH: '/dist',
  CUDA_VISIBLE_DEVICES: '0',
  GGML_VK_VISIBLE_DEVICES: '1',
};

it('a start lets nothing through that is meant for other programs, and all else', () => {
  expect(electronEnvironment({ ...strangers, ...persons }, '/')).toEqual(persons);
  const inUse = { ...strangers, ...persons };
  removeForeign(inUse);
  expect(inUse).toEqual(persons);
});

it('no setting is meant for other programs, nor is what keeps llama.cpp off the GPU', () => {
  const ours = Object.fromEntries([...settingNames.map((name) => [name, 'x']), ['NODE_LLAMA_CPP_GPU', 'false']]);
  expect(withoutForeign(ours)).toEqual(ours);
});
