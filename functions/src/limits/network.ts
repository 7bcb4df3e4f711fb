import { isIPv4, isIPv6 } from "node:net";

/** Counts together all calls whose header names no address. */
const UNREADABLE = "unreadable";

/**
 * The network that a call comes from, for counting: an IPv4 address, or the half of an IPv6 address that
 * names the network (one customer has all of a /64). Null without a header.
 *
 * Each proxy appends its caller's address to `X-Forwarded-For`; the entries before it are what the caller wrote. So
 * the address that counts is the one that the first of our own `proxies` added. Fewer entries than proxies mean that
 * the call came by a shorter way: then only the last entry is not the caller's.
 */
export function networkOf(forwardedFor: string | undefined, proxies: number): string | null {
  if (forwardedFor === undefined) return null;
  const chain = forwardedFor.split(",");
  const address = (chain.at(-proxies) ?? chain.at(-1) ?? "").trim();
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return UNREADABLE;
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  return mapped ?? networkOfV6(address);
}

/** The first four of eight groups. `::` stands for as many zeros as are missing. */
function networkOfV6(address: string): string {
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [first, last] = [groups(head), groups(tail ?? "")];
  const missing = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const all = [...first, ...Array.from({ length: missing }, () => "0"), ...last];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
