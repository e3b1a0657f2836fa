import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { z } from 'zod';
import { listOf } from '../network/bounded-schema.ts';

/** Whose bot we are, as `auth.test` says. */
export interface Workspace {
  teamId: string;
  /** Organisation of a workspace in an Enterprise Grid, also where the app is installed for all of it. */
  enterpriseId?: string;
}

/** What `auth.test` says of our bot besides. */
export interface Identity extends Workspace {
  botId?: string;
  botUserId: string;
  botName: string;
  /** Address of the workspace for people. */
  url?: string;
}

/** Absent, null and empty are one: Slack leaves out what an installation does not have. */
const idSchema = z.string().min(1).nullish().catch(null);
const placeSchema = z.object({ id: idSchema, enterprise_id: idSchema }).nullish().catch(null);

/**
 * Where a delivery says that it belongs. Commands and events have `team_id` and `enterprise_id`, events also
 * `authorizations` and what they were delivered for; everything interactive has `team` (null where the app is installed for
 * a whole organisation), `enterprise`, the person's `user.team_id` and, of a view opened through Slack Connect,
 * `app_installed_team_id`. Source: docs.slack.dev/enterprise/developing-for-enterprise-orgs, and Bolt's `buildSource`.
 */
const deliverySchema = z
  .object({
    team_id: idSchema,
    context_team_id: idSchema,
    enterprise_id: idSchema,
    context_enterprise_id: idSchema,
    team: placeSchema,
    enterprise: placeSchema,
    user: z.object({ team_id: idSchema }).nullish().catch(null),
    view: z.object({ app_installed_team_id: idSchema }).nullish().catch(null),
    authorizations: listOf(z.object({ team_id: idSchema, enterprise_id: idSchema }).catch({}))
      .nullish()
      .catch(null),
  })
  .catch({});
type Delivery = z.infer<typeof deliverySchema>;

const given = (ids: (string | null | undefined)[]) => ids.filter((id) => typeof id === 'string');

function teamsOf({ team_id, context_team_id, team, view, authorizations }: Delivery): string[] {
  const authorized = authorizations?.map((each) => each.team_id) ?? [];
  return given([team_id, context_team_id, team?.id, view?.app_installed_team_id, ...authorized]);
}

function enterprisesOf(delivery: Delivery): string[] {
  const { enterprise_id, context_enterprise_id, team, enterprise, authorizations } = delivery;
  const authorized = authorizations?.map((each) => each.enterprise_id) ?? [];
  return given([enterprise_id, context_enterprise_id, team?.enterprise_id, enterprise?.id, ...authorized]);
}

/**
 * The workspace whose tickets a delivery's are. Of all that names one, ours counts, so that every door of a message has the
 * same; in an organisation, where one bot serves several, the delivery's own does.
 */
export function teamOf(body: unknown, ours: Workspace): string {
  if (ours.enterpriseId === undefined) return ours.teamId;
  const delivery = deliverySchema.parse(body);
  return delivery.team_id ?? delivery.team?.id ?? delivery.enterprise_id ?? delivery.enterprise?.id ?? ours.teamId;
}

/** Whether an id is ours; an organisation's own id may stand where a workspace's does. */
function isOurs(id: string, { teamId, enterpriseId }: Workspace): boolean {
  return id === teamId || id === enterpriseId;
}

/**
 * Whether a delivery belongs to another workspace where the same app is installed too: neither its team nor its
 * enterprise is ours. One that names neither counts as ours.
 */
export function isForeign(body: unknown, ours: Workspace): boolean {
  const delivery = deliverySchema.parse(body);
  const places = [...teamsOf(delivery), ...enterprisesOf(delivery)];
  return places.length > 0 && !places.some((id) => isOurs(id, ours));
}

/**
 * Whether a person comes from elsewhere, through a channel shared by Slack Connect: a workspace is given that is not ours,
 * and the delivery is of no enterprise of ours. Slack does not say of which enterprise the person is, so within a Grid
 * everybody counts as ours.
 */
export function isExternal(body: unknown, ours: Workspace): boolean {
  const delivery = deliverySchema.parse(body);
  const home = delivery.user?.team_id ?? null;
  if (home === null || isOurs(home, ours)) return false;
  return !enterprisesOf(delivery).some((id) => id === ours.enterpriseId);
}

/**
 * Lets through what is meant for us. The rest is acknowledged without a word, since Slack would deliver events again and
 * in the end switch them off, and goes no further.
 *
 * @param onDropped Told of the first of each kind only, so that nobody can fill the log from elsewhere.
 */
export function dropForeign(deps: {
  /** The workspace; null before the bot's token is known. */
  ours(): Workspace | null;
  onDropped(kind: string): void;
}): Middleware<AnyMiddlewareArgs> {
  const told = new Set<string>();
  return async (args) => {
    const ours = deps.ours();
    if (ours !== null && !isForeign(args.body, ours)) return args.next();
    const kind = kindOf(args.body);
    if (!told.has(kind)) deps.onDropped(kind);
    told.add(kind);
    // Events are acknowledged by whoever delivered them.
    if ('ack' in args && typeof args.ack === 'function') await args.ack();
  };
}

const knownKinds = ['block_actions', 'event_callback', 'message_action', 'shortcut', 'view_closed', 'view_submission'];

function kindOf(body: object): string {
  if ('command' in body) return 'command';
  const type = 'type' in body ? body.type : null;
  return knownKinds.find((known) => known === type) ?? 'delivery';
}
