import type { MessageLine } from '../classifier/gguf/host-calls.ts';

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** The line to whoever started this process: Electron's main process, or Node in tests. */
export function parentLine(): MessageLine {
  const port: ParentPort | undefined = Reflect.get(process, 'parentPort');
  if (port !== undefined) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    };
  }
  return {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  };
}
