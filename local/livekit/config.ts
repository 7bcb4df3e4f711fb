import { networkInterfaces } from "node:os";
import { LOOPBACK, type Ports } from "../suite/ports.js";

export interface LivekitConfigOptions {
  readonly ports: Ports;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** The config of a LiveKit that only this machine can reach. JSON is valid YAML. */
export function livekitConfig({ ports, apiKey, apiSecret }: LivekitConfigOptions): object {
  return {
    port: ports.livekit,
    bind_addresses: [LOOPBACK],
    rtc: {
      tcp_port: ports.livekitRtcTcp,
      udp_port: ports.livekitRtcUdp,
      use_external_ip: false,
      node_ip: LOOPBACK,
      // Without loopback candidates, clients find no route.
      enable_loopback_candidate: true,
      interfaces: { includes: [loopbackInterface()] },
    },
    keys: { [apiKey]: apiSecret },
    webhook: { api_key: apiKey, urls: [`http://${LOOPBACK}:${ports.livekitProxy}/webhook`] },
    // A token alone must not create a room: only the functions do that.
    room: { auto_create: false },
  };
}

/** `lo` on Linux, `lo0` on macOS, a whole phrase on Windows. */
function loopbackInterface(): string {
  const [name] =
    Object.entries(networkInterfaces()).find(([, addresses]) =>
      addresses?.some(({ address }) => address === LOOPBACK),
    ) ?? [];
  return name ?? "lo";
}
