import { networkInterfaces } from "node:os";
import { LOOPBACK, type Ports } from "../suite/ports.js";

export interface LivekitConfigOptions {
  readonly ports: Ports;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** A LiveKit that only this machine reaches. YAML reads JSON, so it may be written as such. */
export function livekitConfig({ ports, apiKey, apiSecret }: LivekitConfigOptions): object {
  return {
    port: ports.livekit,
    bind_addresses: [LOOPBACK],
    rtc: {
      tcp_port: ports.livekitRtcTcp,
      udp_port: ports.livekitRtcUdp,
      use_external_ip: false,
      node_ip: LOOPBACK,
      // Without the loopback's candidates no client finds a way to connect.
      enable_loopback_candidate: true,
      interfaces: { includes: [loopbackInterface()] },
    },
    keys: { [apiKey]: apiSecret },
    webhook: { api_key: apiKey, urls: [`http://${LOOPBACK}:${ports.livekitProxy}/webhook`] },
    // A token alone opens no room: only the functions do.
    room: { auto_create: false },
  };
}

/** `lo` on Linux, `lo0` on macOS, a sentence on Windows. */
function loopbackInterface(): string {
  const [name] =
    Object.entries(networkInterfaces()).find(([, addresses]) =>
      addresses?.some(({ address }) => address === LOOPBACK),
    ) ?? [];
  return name ?? "lo";
}
