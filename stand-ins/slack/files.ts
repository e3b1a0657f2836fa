import type { Answer, ReceivedRequest } from '../loopback-server.ts';
import type { Json } from '../record.ts';
import { SlackFailure } from './failure.ts';
import type { SlackChannel, SlackFile, SlackMessage, SlackState } from './state.ts';

/** What a person puts beside a message. */
export interface SlackUpload {
  name: string;
  content: string | Uint8Array;
  /** Type of the content; taken from the name's end where absent. */
  mimetype?: string;
  /** Bytes that Slack says there are, where not those of the content: to have large files at no cost. */
  size?: number;
  /**
   * `connect`: of a channel shared by Slack Connect, so that messages tell the id alone and `files.info` the rest;
   * `external`: elsewhere, as a document of Google Drive, whose address is the content.
   */
  kind?: 'hosted' | 'connect' | 'external';
}

export interface SlackFiles {
  add(upload: SlackUpload, user: string): SlackFile;
  info(args: Json): Json;
  /** Answers a request for a file: `path` is what follows `files-pri/`. */
  download(path: string, request: ReceivedRequest): Answer;
}

const types: Record<string, string> = {
  png: 'image/png',
  pdf: 'application/pdf',
  txt: 'text/plain',
  log: 'text/plain',
};

/** Slack's page for whoever is not logged in: it comes with 200. */
const loginPage = '<!DOCTYPE html><html lang="en-US"><head><title>Slack</title></head><body>Sign in</body></html>';

/**
 * `files.info` and `url_private`: docs.slack.dev/reference/objects/file-object, "Authentication", and
 * .../methods/files.info. The bot sees what stands in conversations that it is a member of.
 */
export function createSlackFiles(deps: {
  state: SlackState;
  urlOf(path: string): string;
  /** Whether a request with this `Authorization` may read files. */
  mayRead(authorization: string | undefined): boolean;
}): SlackFiles {
  const { state, urlOf, mayRead } = deps;
  const files: SlackFile[] = [];

  function isVisible(file: SlackFile): boolean {
    const members = state.channels.filter(({ isMember }) => isMember).map(({ id }) => id);
    return state.messages.some(
      ({ channel, deleted, files: shared = [] }) => !deleted && shared.includes(file) && members.includes(channel),
    );
  }

  return {
    add({ name, content, mimetype, size, kind = 'hosted' }, user) {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      const id = state.newId('F');
      const file: SlackFile = {
        id,
        name,
        mimetype: mimetype ?? types[name.replace(/^.*\./, '').toLowerCase()] ?? 'application/octet-stream',
        size: size ?? bytes.length,
        bytes,
        kind,
        user,
        created: Math.floor(state.now() / 1000),
        urlPrivate:
          kind === 'external'
            ? new TextDecoder().decode(bytes)
            : urlOf(`files-pri/${state.team.id}-${id}/${encodeURIComponent(name)}`),
      };
      files.push(file);
      return file;
    },
    info(args) {
      const file = files.find(({ id }) => id === args['file']);
      if (file === undefined || !isVisible(file)) throw new SlackFailure('file_not_found');
      const places = state.channels.filter((channel) =>
        state.messages.some((message) => shares(message, file, channel)),
      );
      const ids = (matches: (channel: SlackChannel) => boolean) => places.filter(matches).map(({ id }) => id);
      return {
        file: {
          ...describe(state, file),
          channels: ids(({ isPrivate }) => !isPrivate),
          groups: ids(({ isPrivate, imUser }) => isPrivate && imUser === null),
          ims: ids(({ imUser }) => imUser !== null),
          comments_count: 0,
        },
        comments: [],
        response_metadata: { next_cursor: '' },
      };
    },
    download(path, request) {
      const file = files.find(({ id }) => path.startsWith(`${state.team.id}-${id}/`));
      if (!mayRead(request.headers.authorization) || file === undefined || !isVisible(file)) {
        return { status: 200, body: loginPage };
      }
      return { status: 200, headers: { 'content-type': file.mimetype }, body: file.bytes };
    },
  };
}

function shares({ channel, deleted, files = [] }: SlackMessage, file: SlackFile, { id }: SlackChannel): boolean {
  return !deleted && channel === id && files.includes(file);
}

/** A file as messages show it: one of Slack Connect hides itself there. */
export function showFile(state: SlackState, file: SlackFile): Json {
  if (file.kind !== 'connect') return describe(state, file);
  return { id: file.id, created: 0, timestamp: 0, mode: 'file_access', file_access: 'check_file_info', user: '' };
}

function describe(state: SlackState, file: SlackFile): Json {
  const end = file.name.includes('.') ? file.name.replace(/^.*\./, '').toLowerCase() : 'binary';
  const isExternal = file.kind === 'external';
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.name,
    mimetype: file.mimetype,
    filetype: end,
    pretty_type: end.toUpperCase(),
    user: file.user,
    user_team: state.team.id,
    editable: false,
    size: isExternal ? 0 : file.size,
    mode: isExternal ? 'external' : 'hosted',
    is_external: isExternal,
    external_type: isExternal ? 'gdrive' : '',
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: file.urlPrivate,
    ...(!isExternal && { url_private_download: file.urlPrivate.replace(/\/([^/]*)$/, '/download/$1') }),
    permalink: `https://${state.team.domain}.slack.com/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    has_rich_preview: false,
    file_access: 'visible',
  };
}
