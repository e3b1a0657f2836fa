import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { SlackFile } from '../../shared/ticket.ts';
import type { ServiceGuard } from '../network/service-guard.ts';
import type { FileSource } from '../tickets/ports/file-source.ts';
import { slackCodeOf, translateSlackError } from './errors.ts';
import { type Download, download } from './file-download.ts';
import { isSlackAddress } from './slack-address.ts';

/** A ticket waits for so long at most to know what a file is, in milliseconds. */
const patienceMs = 2_000;

/** What `files.info` tells. Source: docs.slack.dev/reference/objects/file-object. */
const infoSchema = z.object({
  file: z.object({
    name: z.string().min(1).nullish().catch(null),
    size: z.number().int().nonnegative().nullish().catch(null),
    url_private: z.string().min(1).nullish().catch(null),
    permalink: z.string().min(1).nullish().catch(null),
  }),
});

const gone: ReadonlySet<string | null> = new Set(['file_not_found', 'file_deleted']);

export interface MessageFilesDeps {
  botToken: string;
  /** Address of Slack's API. */
  apiUrl: string;
  /** Asks Slack for a file (`files.info`). */
  filesInfo(file: string): Promise<unknown>;
  guard: ServiceGuard['execute'];
  dispatcherFor: Download['dispatcherFor'];
  /** Why an address may not be reached; null where it may. */
  refusal(address: string): AppError | null;
  /** Folder in which a file lies while it is passed on; made where it is missing. */
  folder: string;
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>;
}

/** Slack's own files. The token goes to Slack's hosts alone, and a file lies on the disk only while it is passed on. */
export function createMessageFiles(deps: MessageFilesDeps): FileSource {
  /** The file with what Slack says of it now. Throws AppError. */
  async function ask(file: SlackFile): Promise<SlackFile> {
    const answer = await deps
      .guard(() =>
        deps.filesInfo(file.id).catch((thrown) => {
          throw translateSlackError(thrown);
        }),
      )
      .catch((thrown) => {
        const error = toAppError(thrown);
        const code = gone.has(slackCodeOf(error)) ? 'not_found' : error.code;
        // Asking twice does no harm, whatever became of the first time.
        throw code === error.code && code !== 'unconfirmed'
          ? error
          : new AppError(code === 'unconfirmed' ? 'unavailable' : code, error.message, { cause: error });
      });
    const { data } = infoSchema.safeParse(answer);
    if (data === undefined) throw new AppError('forbidden', 'Slack does not say what this file is.');
    const { name, size, url_private: url, permalink } = data.file;
    return {
      id: file.id,
      name: name ?? file.name,
      size: size ?? file.size,
      url: url ?? file.url,
      link: permalink ?? file.link,
    };
  }

  function checked(url: string | null): string {
    if (url === null || !URL.canParse(url) || !isSlackAddress(new URL(url), deps.apiUrl)) {
      throw new AppError('forbidden', 'This file does not lie in Slack.');
    }
    const refusal = deps.refusal(url);
    // The file is what cannot be had; the ticket waits for nothing.
    if (refusal !== null) throw new AppError('forbidden', refusal.message);
    return url;
  }

  return {
    describe: (file) => Promise.race([ask(file).catch(() => file), deps.wait(patienceMs).then(() => file)]),

    async fetch(file, mostBytes, use) {
      const { url, name } = file.url === null ? await ask(file) : file;
      const address = checked(url);
      const path = join(deps.folder, randomUUID());
      const { botToken: token, dispatcherFor } = deps;
      try {
        const type = await download({ address, token, name, mostBytes, path, dispatcherFor });
        return await use(await openAsBlob(path, { type }));
      } finally {
        // What stays all the same is deleted at the next start.
        await rm(path, { force: true }).catch(() => undefined);
      }
    },
  };
}
