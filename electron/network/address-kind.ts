import { BlockList, isIPv4 } from 'node:net';

/** Where an IP address is: on this machine, in a network that the internet does not reach, or anywhere else. */
export type AddressKind = 'loopback' | 'private' | 'public';

const loopback = listOfSubnets([
  ['127.0.0.0', 8],
  // "This host": Linux connects them to itself.
  ['0.0.0.0', 8],
  ['::1', 128],
  // The unspecified address, and IPv4 addresses in a form that nobody uses any more.
  ['::', 96],
]);
/** Source: IANA's registries of special-purpose addresses. Those for documentation and measurements lead nowhere near. */
const privately = listOfSubnets([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]);
const mapped = listOfSubnets([['::ffff:0:0', 96]]);
/** Gateways of NAT64 and 6to4 turn these into the IPv4 address that they hold. */
const nat64 = listOfSubnets([['64:ff9b::', 96]]);
const sixToFour = listOfSubnets([['2002::', 16]]);

/** The kind of an IP address, as `net.isIP` knows it, a zone (`fe80::1%eth0`) allowed. */
export function addressKind(address: string): AddressKind {
  const [bare = ''] = address.split('%');
  const ip = isIPv4(bare) ? bare : (heldIPv4(bare) ?? bare);
  if (has(loopback, ip)) return 'loopback';
  return has(privately, ip) ? 'private' : 'public';
}

function listOfSubnets(subnets: [string, number][]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, familyOf(net));
  return list;
}

function has(list: BlockList, ip: string): boolean {
  return list.check(ip, familyOf(ip));
}

function familyOf(ip: string): 'ipv4' | 'ipv6' {
  return isIPv4(ip) ? 'ipv4' : 'ipv6';
}

/** The IPv4 address in an IPv6 one that only stands for it; null where it stands for itself. */
function heldIPv4(ip: string): string | null {
  if (has(sixToFour, ip)) return fromGroups(groupsOf(ip).slice(1, 3));
  return has(mapped, ip) || has(nat64, ip) ? fromGroups(groupsOf(ip).slice(6)) : null;
}

/** The eight numbers of an IPv6 address. */
function groupsOf(ip: string): number[] {
  // URL writes it in one form only: lower case, hexadecimal throughout.
  const [head = '', tail] = new URL(`http://[${ip}]/`).hostname.slice(1, -1).split('::');
  const numbers = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  if (tail === undefined) return numbers(head);
  const [before, after] = [numbers(head), numbers(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function fromGroups(groups: number[]): string {
  return groups.flatMap((group) => [group >> 8, group & 255]).join('.');
}
