import { z } from 'zod';
import { AppError, reactionTo, toAppError } from '../../../shared/errors.ts';
import type { JiraDeployment } from '../../../shared/jira-login.ts';
import { createHttpClient, type HttpClientOptions, type SendRequest } from './http-client.ts';

/** The Jira that answers at an address, by what it tells anybody. */
export interface DetectedJira {
  deployment: JiraDeployment;
  /** `10.3.5`; null where it does not say. */
  version: string | null;
  /** What its people call it; null where it does not say. */
  title: string | null;
}

/** Which Jira it is, asked once for all who share it; what fails is asked anew. */
export interface Detection {
  /** `send`: makes the request, where not in the ordinary way. */
  find(send?: SendRequest): Promise<DetectedJira>;
}

type Connection = Pick<HttpClientOptions, 'timeoutMs' | 'dispatcher'>;

export function createDetection(baseUrl: string, connection: Connection = {}): Detection {
  let found: DetectedJira | null = null;
  let asking: Promise<DetectedJira> | null = null;

  function ask(): Promise<DetectedJira> {
    asking ??= detectJira(baseUrl, connection)
      .then((jira) => {
        found = jira;
        return jira;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  }

  return { find: async (send = (request) => request()) => found ?? send(ask) };
}

const serverInfoSchema = z
  .object({
    // Data Centers of all versions here say `Server`.
    deploymentType: z.string().optional(),
    version: z.string().optional(),
    serverTitle: z.string().optional(),
    baseUrl: z.unknown().optional(),
    versionNumbers: z.unknown().optional(),
    buildNumber: z.unknown().optional(),
  })
  .refine(({ deploymentType, version, ...others }) => deploymentType !== undefined || isJiras(version, others));

/** Whether an answer without a deployment type is Jira's: others say a version, too, where they are asked how they are. */
function isJiras(version: string | undefined, others: Record<string, unknown>): boolean {
  return version !== undefined && Object.values(others).filter((value) => value !== undefined).length >= 2;
}

/**
 * Asks without a login, so that no secret goes to whoever it may be. Throws AppError: `unauthorized` where a login is
 * demanded even for that, `unavailable` where nobody answers, `rate_limited`, and `bad_response` for all else that is no
 * answer of Jira's.
 *
 * @param baseUrl Without a trailing slash.
 */
export async function detectJira(baseUrl: string, connection: Connection = {}): Promise<DetectedJira> {
  const client = createHttpClient({ ...connection, baseUrl, authorization: null, login: '' });
  const answer = await client
    // The version of the API that Cloud and Data Center both have.
    .sendRequest<unknown>({ url: '/rest/api/2/serverInfo', method: 'GET' })
    .catch((thrown) => Promise.reject(explained(toAppError(thrown), baseUrl)));
  const info = serverInfoSchema.safeParse(answer);
  if (!info.success) {
    const { host } = new URL(baseUrl);
    const happened = `${host} does not say which Jira it is.`;
    throw new AppError('bad_response', `${happened} ${openAddress} ${unsent}`, { cause: info.error });
  }
  const { deploymentType, version = null, serverTitle: title = null } = info.data;
  return { deployment: deploymentType?.toLowerCase() === 'cloud' ? 'cloud' : 'datacenter', version, title };
}

const openAddress = 'Check JIRA_BASE_URL: it must be Jira’s own address, with its path where it has one.';
const unsent = 'Nothing secret was sent there.';
const behindLogin =
  'So it is not known which Jira it is, and nothing secret was sent there. Where a single sign-on or a VPN stands before ' +
  'it, log in there, have it let /rest/ through, or set JIRA_DEPLOYMENT to datacenter or cloud.';

function explained(error: AppError, baseUrl: string): AppError {
  // What describes a request elsewhere describes the place here, and may pass.
  if (reactionTo(error.code) === 'give_up') {
    const message = `No Jira answers at ${baseUrl}. ${openAddress} ${unsent}`;
    return new AppError('bad_response', message, { cause: error.cause });
  }
  const advice = error.code === 'unauthorized' ? behindLogin : error.code === 'bad_response' ? unsent : '';
  return new AppError(error.code, `${error.message} ${advice}`.trim(), { ...error, cause: error.cause });
}
