import { z } from 'zod';
import { proxyFor } from '../network/proxy.ts';
import { type AnswerBounds, fetchWhole } from '../network/read-body.ts';

const timeoutMs = 8_000;
/** Both answers are some hundred bytes. */
const bounds: AnswerBounds = {
  megabytes: 1,
  refuse: (what) => new Error(what),
  redirected: (where) => new Error(where),
};

/** What a site tells anybody; null where it does not. */
export interface SiteFacts {
  /** `Cloud`, or `Server` for Data Center. */
  deployment: string | null;
  /** Atlassian's id of the site; null where it is not one of Jira Cloud. */
  cloudId: string | null;
}

const serverInfoSchema = z.object({ deploymentType: z.string() });
const tenantSchema = z.object({ cloudId: z.uuid() });

/** Asks without a login, for the words that explain why a login fails. Never rejects. */
export async function readSiteFacts(baseUrl: string): Promise<SiteFacts> {
  const [server, tenant] = await Promise.all([
    // Cloud and Data Center both answer version 2.
    ask(`${baseUrl}/rest/api/2/serverInfo`),
    ask(`${baseUrl}/_edge/tenant_info`),
  ]);
  const info = serverInfoSchema.safeParse(server).data;
  return {
    deployment: info?.deploymentType ?? null,
    cloudId: tenantSchema.safeParse(tenant).data?.cloudId ?? null,
  };
}

async function ask(url: string): Promise<unknown> {
  try {
    const proxy = proxyFor(url, timeoutMs);
    const init = {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
      ...(proxy === null ? {} : { dispatcher: proxy }),
    } as const;
    const response = await fetchWhole(url, init, bounds);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
