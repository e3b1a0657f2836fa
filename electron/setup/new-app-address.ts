import { parse } from 'yaml';

const page = 'https://api.slack.com/apps?new_app=1&manifest_json=';
/** Longer addresses are cut or refused on their way from a program to a browser. */
const longest = 2_000;

/**
 * Address of Slack's page that makes an app of this manifest, without its comments; null where it is none, or too long.
 * Source: docs.slack.dev/app-manifests/configuring-apps-with-app-manifests.
 */
export function newAppAddress(manifest: string): string | null {
  const read = readYaml(manifest);
  if (typeof read !== 'object' || read === null) return null;
  // These three may stand in a query as they are.
  const query = encodeURIComponent(JSON.stringify(read)).replace(/%(?:3A|2C|2F)/g, decodeURIComponent);
  return page.length + query.length <= longest ? page + query : null;
}

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return null;
  }
}
