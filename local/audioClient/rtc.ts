/**
 * LiveKit's client for Node. It logs every step of a connection to stdout unless NODE_ENV is
 * production, and has no other switch.
 */
const environment = process.env.NODE_ENV;
process.env.NODE_ENV = "production";
export const rtc = await import("@livekit/rtc-node");
if (environment === undefined) delete process.env.NODE_ENV;
else process.env.NODE_ENV = environment;
