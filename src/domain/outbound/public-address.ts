// Whether an IP address is on the public internet. Decided by the IANA registries of special-purpose addresses for IPv4 and
// IPv6 (RFC 6890, RFC 8190) and the address-space registries for multicast. Stricter than their column "globally
// reachable": anycast services and transition prefixes, which may carry a private IPv4 address inside, are refused as well.

import ipaddr from 'ipaddr.js'

const IPV4_SPECIAL: readonly (readonly [block: string, what: string])[] = [
  ['0.0.0.0/8', 'this network, RFC 791'],
  ['10.0.0.0/8', 'private use, RFC 1918'],
  ['100.64.0.0/10', 'shared address space of carriers, RFC 6598'],
  ['127.0.0.0/8', 'loopback, RFC 1122'],
  ['169.254.0.0/16', 'link local, where clouds keep their metadata, RFC 3927'],
  ['172.16.0.0/12', 'private use, RFC 1918'],
  ['192.0.0.0/24', 'IETF protocol assignments, RFC 6890'],
  ['192.0.2.0/24', 'documentation, RFC 5737'],
  ['192.31.196.0/24', 'AS112, RFC 7535'],
  ['192.52.193.0/24', 'AMT, RFC 7450'],
  ['192.88.99.0/24', '6to4 relays, RFC 7526'],
  ['192.168.0.0/16', 'private use, RFC 1918'],
  ['192.175.48.0/24', 'AS112, RFC 7534'],
  ['198.18.0.0/15', 'benchmarking, RFC 2544'],
  ['198.51.100.0/24', 'documentation, RFC 5737'],
  ['203.0.113.0/24', 'documentation, RFC 5737'],
  ['224.0.0.0/4', 'multicast, RFC 5771'],
  ['240.0.0.0/4', 'reserved, and limited broadcast, RFC 1112 and RFC 919'],
]

/** Only 2000::/3 is handed out as global unicast (RFC 4291): what lies outside of it is refused without being named here. */
const IPV6_GLOBAL_UNICAST = '2000::/3'
const IPV6_SPECIAL: readonly (readonly [block: string, what: string])[] = [
  ['2001::/23', 'IETF protocol assignments, Teredo, benchmarking and ORCHID, RFC 2928'],
  ['2001:db8::/32', 'documentation, RFC 3849'],
  ['2002::/16', '6to4, RFC 3056'],
  ['2620:4f:8000::/48', 'AS112, RFC 7534'],
  ['3ffe::/16', 'given back, RFC 3701'],
  ['3fff::/20', 'documentation, RFC 9637'],
]

const parsedBlocks = () => ({
  ipv4Special: IPV4_SPECIAL.map(([block]) => ipaddr.IPv4.parseCIDR(block)),
  ipv6Special: IPV6_SPECIAL.map(([block]) => ipaddr.IPv6.parseCIDR(block)),
  ipv6GlobalUnicast: ipaddr.IPv6.parseCIDR(IPV6_GLOBAL_UNICAST),
})
let kept: ReturnType<typeof parsedBlocks> | null = null
/** Parsed at the first question: an isolate that calls nobody need not wait for it. */
const blocks = () => (kept ??= parsedBlocks())

/** IPv4 as four decimal parts, IPv6 in any form without brackets; anything else is no address, and so not a public one. */
export function isPublicAddress(text: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    const address = ipaddr.IPv4.parse(text)
    return !blocks().ipv4Special.some((block) => address.match(block))
  }
  if (text.includes('%') || !ipaddr.IPv6.isValid(text)) return false
  const address = ipaddr.IPv6.parse(text)
  const { ipv6GlobalUnicast, ipv6Special } = blocks()
  return address.match(ipv6GlobalUnicast) && !ipv6Special.some((block) => address.match(block))
}
