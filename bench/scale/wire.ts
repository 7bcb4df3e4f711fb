import http2 from "node:http2";
import { CallMeter, type FirestoreUse, unused } from "./firestoreUse.js";
import { GrpcFrames } from "./grpcFrames.js";

/**
 * Measures the traffic between this process and Firestore at the connection. This works for the
 * client SDK and the Admin SDK, which both use gRPC over HTTP/2. Call it before either connects.
 */
export function meterFirestore(): { take(): FirestoreUse } {
  let use = unused();
  const meter = (path: string, stream: object) => {
    if (!path.startsWith("/google.firestore.")) return;
    // A stream that outlives `take` counts towards the next one.
    const call = new CallMeter(path, () => use);
    const received = new GrpcFrames();
    const sent = new GrpcFrames();
    replace(stream, "emit", (emit, event, ...rest) => {
      const [chunk] = rest;
      if (event === "data" && chunk instanceof Uint8Array) {
        for (const message of received.add(chunk)) call.received(message);
      }
      if (event === "end") call.ended();
      return emit(event, ...rest);
    });
    replace(stream, "write", (write, chunk, ...rest) => {
      if (chunk instanceof Uint8Array) for (const message of sent.add(chunk)) call.sent(message);
      return write(chunk, ...rest);
    });
  };
  replace(http2, "connect", (connect, ...args) => {
    const session = objectIn(connect(...args));
    replace(session, "request", (request, headers, ...rest) => {
      const stream = objectIn(request(headers, ...rest));
      meter(String(Reflect.get(objectIn(headers), ":path")), stream);
      return stream;
    });
    return session;
  });
  return {
    take() {
      const taken = use;
      use = unused();
      return taken;
    },
  };
}

/**
 * Replaces the methods on the objects themselves, because gRPC has no extension point that covers
 * both SDKs.
 */
function replace(
  owner: object,
  name: string,
  replacement: (original: (...args: unknown[]) => unknown, ...args: unknown[]) => unknown,
): void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== "function") throw new Error(`there is no ${name} to count at`);
  Reflect.set(owner, name, (...args: unknown[]) =>
    replacement((...passed): unknown => Reflect.apply(original, owner, passed), ...args),
  );
}

function objectIn(value: unknown): object {
  if (typeof value !== "object" || value === null) throw new Error("HTTP/2 has changed");
  return value;
}
