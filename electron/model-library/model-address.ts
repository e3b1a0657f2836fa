import { AppError } from '../../shared/errors.ts';
import { isLoopback } from '../../shared/loopback.ts';

/** `hf:user/repo`, with `:quantisation`, or with the path of a file in it. */
const hubAddress = /^hf:[\w.-]+\/[\w.-]+(:[\w.-]+|(\/[\w. -]+)+(#[\w.-]+)?)?$/;

/** The address in its normal form. Throws `invalid_input` for what no model can be downloaded from. */
export function checkModelAddress(text: string): string {
  const address = text.trim();
  if (address.startsWith('hf:')) {
    if (hubAddress.test(address) && !address.includes('..')) return address;
    throw new AppError(
      'invalid_input',
      'Expected hf:user/repository:quantisation, such as hf:ggml-org/gemma-3-1b-it-GGUF:Q4_K_M.',
    );
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url === null || !isSafe || url.username !== '' || url.password !== '') {
    throw new AppError(
      'invalid_input',
      'Expected an https address of a GGUF file, or hf:user/repository:quantisation.',
    );
  }
  return url.href;
}

const hub = 'https://huggingface.co';

/** Which origin is asked for a model first. Throws as `checkModelAddress` does. */
export function modelOrigin(text: string): string {
  const address = checkModelAddress(text);
  return address.startsWith('hf:') ? hub : new URL(address).origin;
}
