import { sendToChannels } from './bench-commands.ts';
import type { Figure } from './bench-figures.ts';
import type { BenchWorld, BenchWorldOptions } from './bench-world.ts';
import type { BuiltApp } from './built-app.ts';
import { filedRequests } from './soak/found.ts';

/** Ten channels, and Slack's limit on posting as strict as it is documented: one message a second and channel. */
const workspace = {
  channels: Array.from({ length: 10 }, (_, index) => ({ id: `C01CHANNEL${index}`, name: `team-${index}` })),
  quota: { perSecond: 1, burst: 1 },
};

const count = 1000;
const perSecond = 50;
/** Posting takes at least a hundred seconds; who is refused comes back after a pause. */
const patienceMs = 4 * 60_000;

export interface BurstBench {
  withApp(
    app: { settings: Record<string, string>; workspace: NonNullable<BenchWorldOptions['workspace']> },
    measure: (world: BenchWorld) => Promise<void>,
  ): Promise<void>;
  add(what: string, unit: Figure['unit'], values: readonly number[]): void;
  addMemory(what: string, app: BuiltApp): Promise<void>;
  addClassifications(what: string, world: BenchWorld, source: string): void;
}

/**
 * A thousand commands at once: whether acks stay fast, every ticket is made once, and Slack never has to refuse. `file`
 * is the GGUF that classifies; the built-in model where it is null.
 */
export async function benchBurst(
  { withApp, add, addMemory, addClassifications }: BurstBench,
  { name, file }: { name: string; file: string | null },
): Promise<void> {
  const burst = `1,000 commands, ${name}`;
  const settings: Record<string, string> = file === null ? {} : { GGML_MODEL_PATH: file };
  await withApp({ settings, workspace }, async (world) => {
    const { app, slack, jira } = world;
    await Promise.all([
      app.lineAt(/^slack: connected$/),
      app.lineAt(file === null ? /^model: none$/ : /^model: loaded /),
    ]);
    await addMemory(`before ${burst}`, app);
    const posted = () => slack.messages().filter(({ via }) => via === 'chat.postMessage').length;
    const channels = workspace.channels.map((channel) => channel.name);
    const begun = performance.now();
    const commands = await sendToChannels(slack, { count, perSecond, channels });
    add(
      `${burst}: command to acknowledgement`,
      'ms',
      commands.map(({ ackMs }) => ackMs),
    );
    // Late ones are counted, which says more than a failure.
    await slack.waitForMessage(() => posted() >= count, patienceMs).catch(() => {});
    if (posted() >= count)
      add(`${burst}: first command to last announcement`, 's', [(performance.now() - begun) / 1000]);
    add(`${burst}: not announced after four minutes`, 'count', [count - posted()]);
    const filed = filedRequests(jira).map(({ requestId }) => requestId);
    const once = filed.filter((id) => id !== null && filed.indexOf(id) === filed.lastIndexOf(id));
    add(`${burst}: not filed exactly once`, 'count', [Math.max(count, filed.length) - once.length]);
    // Nothing but the limit refuses a message here.
    const asked = slack.requests.filter(({ operation }) => operation === 'chat.postMessage').length;
    add(`${burst}: refused by chat.postMessage with 429`, 'count', [asked - posted()]);
    addClassifications(`${burst}: classification`, world, file === null ? 'builtin' : 'gguf');
    await addMemory(`after ${burst}`, app);
  });
}
