import { REGION } from "../../functions/src/contract/region.js";
import { PROJECT_ID } from "../suite/emulators.js";
import { LOOPBACK } from "../suite/ports.js";
import { startFaultProxy } from "./proxy/faultProxy.js";
import { livekitServer, type LivekitServerOptions } from "./server.js";

export interface Livekit {
  stop(): Promise<void>;
  /** Resolves with a message if LiveKit ends by itself. Never settles otherwise. */
  readonly died: Promise<string>;
}

/** Starts LiveKit with the fault proxy between it and the functions, in both directions. */
export async function startLivekit(options: LivekitServerOptions): Promise<Livekit> {
  const { ports } = options;
  const server = livekitServer(options);
  const proxy = await startFaultProxy({
    port: ports.livekitProxy,
    livekitUrl: `http://${LOOPBACK}:${ports.livekit}`,
    webhookUrl: `http://${LOOPBACK}:${ports.functions}/${PROJECT_ID}/${REGION}/audioWebhook`,
    server,
  });
  const stop = async (): Promise<void> => {
    await Promise.all([server.kill(), proxy.close()]);
  };
  try {
    await server.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop, died: server.died };
}
