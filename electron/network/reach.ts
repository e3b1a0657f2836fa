import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { AppError } from '../../shared/errors.ts';
import { isLoopback } from '../../shared/loopback.ts';
import { type AddressKind, addressKind } from './address-kind.ts';

/** How near an address is. Who began far away is led nowhere nearer. */
const nearness: Record<AddressKind, number> = { public: 0, private: 1, loopback: 2 };

/**
 * Where requests that belong together may lead: never nearer than the first of them. So nobody on the internet sends
 * them to this computer or its network, by a redirect or by a name that resolves to another address later.
 */
export interface Reach {
  /** Connects where no proxy does, judging the very address that is connected to. */
  connect: buildConnector.connector;
  /** Throws `forbidden` for an address that is too near as it is written. Ask it before every request. */
  demand(address: URL): void;
  /** The first request was answered. Where a proxy made it, nobody here knows the IP address: then it is far away. */
  answered(address: URL): void;
}

/** @param resolve Instead of the system's resolver; for tests. */
export function createReach(connectTimeoutMs: number, resolve: LookupFunction = lookup as LookupFunction): Reach {
  let first: AddressKind | null = null;

  const isAllowed = (ip: string) => first === null || nearness[addressKind(ip)] <= nearness[first];

  /** Does what dns.lookup does, and leaves out addresses that are too near. */
  const judgedLookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, []);
      const allowed = (Array.isArray(found) ? found : []).filter(({ address }) => isAllowed(address));
      const [one] = allowed;
      if (one === undefined) return callback(tooNear(hostname), []);
      if (options.all) callback(null, allowed);
      else callback(null, one.address, one.family);
    });
  };
  const connectTo = buildConnector({ timeout: connectTimeoutMs, lookup: judgedLookup });

  return {
    connect(options, callback) {
      // Nobody looks up an IP address.
      if (isIP(options.hostname) !== 0 && !isAllowed(options.hostname)) {
        return callback(tooNear(options.hostname), null);
      }
      connectTo(options, (...result) => {
        const ip = result[1]?.remoteAddress;
        if (ip !== undefined) first ??= addressKind(ip);
        callback(...result);
      });
    },
    demand({ hostname }) {
      const ip = ipOf(hostname);
      if (ip !== null && !isAllowed(ip)) throw tooNear(hostname);
    },
    answered({ hostname }) {
      const ip = ipOf(hostname);
      first ??= ip === null ? 'public' : addressKind(ip);
    },
  };
}

/** The IP address that a URL's hostname is; null for a name. */
function ipOf(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) return bare;
  return isLoopback(hostname) ? '127.0.0.1' : null;
}

function tooNear(hostname: string): AppError {
  const where = `${hostname}, which is this computer or in its own network`;
  return new AppError('forbidden', `The address led from outside to ${where}. Nothing was asked there.`);
}
