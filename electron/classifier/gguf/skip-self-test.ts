import childProcess, { type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';

interface TestMessage {
  type: 'start' | 'test' | 'exit';
}

/**
 * Lets node-llama-cpp (3.22) believe that its binary passed the test that it makes in a child process before it loads
 * it. Such a child cannot be had here: a utility process has no `utilityProcess.fork`, so the library takes Node's
 * `fork`, and Electron without the fuse RunAsNode is no Node. Nothing is lost: this process is itself the one that
 * may crash, and whoever started it then starts it again without the GPU.
 *
 * To be called before node-llama-cpp is imported, in a process that starts no others.
 */
export function skipSelfTest(): void {
  childProcess.fork = () => passedTest();
  syncBuiltinESMExports();
}

/** Answers as node-llama-cpp's `testBindingBinary.js` does where all is well. */
function passedTest(): ChildProcess {
  const answers = { start: { type: 'loaded' }, test: { type: 'done' } } as const;
  const child = Object.assign(new EventEmitter(), {
    exitCode: null as number | null,
    killed: false,
    kill: () => true,
    send({ type }: TestMessage) {
      setImmediate(() => {
        if (type !== 'exit') return child.emit('message', answers[type]);
        child.exitCode = 0;
        return child.emit('exit', 0);
      });
      return true;
    },
  });
  setImmediate(() => child.emit('message', { type: 'ready' }));
  // All that the test touches of a child process.
  return child as unknown as ChildProcess;
}
