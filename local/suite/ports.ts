import { createSocket } from "node:dgram";
import { connect, createServer } from "node:net";
import { LaunchError } from "../launchError.js";

export const LOOPBACK = "127.0.0.1";

const definitions = {
  auth: { usually: 9099, purpose: "the Auth emulator" },
  firestore: { usually: 8080, purpose: "the Firestore emulator" },
  firestoreWebsocket: { usually: 9150, purpose: "the Firestore emulator's request log" },
  functions: { usually: 5001, purpose: "the Functions emulator" },
  tasks: { usually: 9499, purpose: "the Cloud Tasks emulator" },
  eventarc: { usually: 9299, purpose: "the Eventarc emulator" },
  hub: { usually: 4400, purpose: "the emulator hub" },
  logging: { usually: 4500, purpose: "the emulators' log" },
  spotify: { usually: 4600, purpose: "the local Spotify" },
  fcm: { usually: 4610, purpose: "the local Firebase Cloud Messaging" },
  stripe: { usually: 4603, purpose: "the local Stripe" },
  hosting: { usually: 5173, purpose: "the demo" },
  livekit: { usually: 7880, purpose: "LiveKit" },
  livekitRtcTcp: { usually: 7881, purpose: "LiveKit's sound over TCP" },
  livekitRtcUdp: { usually: 7882, purpose: "LiveKit's sound over UDP" },
  livekitProxy: { usually: 7889, purpose: "the fault proxy around LiveKit" },
} as const;

export type PortName = keyof typeof definitions;
export type Ports = Readonly<Record<PortName, number>>;
export type Environment = Readonly<Record<string, string | undefined>>;

const OFFSET = "AMBIENT_PORT_OFFSET";

export function portVariable(name: PortName): string {
  return `AMBIENT_PORT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** The default ports, changed by environment variables. */
export function choosePorts(environment: Environment): Ports {
  const offset = wholeNumber(OFFSET, environment[OFFSET], 0);
  const ports = forEachPort((name) => {
    const variable = portVariable(name);
    const port = wholeNumber(variable, environment[variable], definitions[name].usually + offset);
    if (port >= 1 && port <= 65_535) return port;
    throw new LaunchError(
      `${port} is no port for ${definitions[name].purpose}: set ${variable} or ${OFFSET} so that it is within 1 to 65535.`,
    );
  });
  refuseSharedPorts(ports);
  return ports;
}

export async function assertPortsFree(ports: Ports): Promise<void> {
  const taken = await Promise.all(
    portNames.map(async (name) => ((await isTaken(name, ports[name])) ? [name] : [])),
  );
  const complaints = taken
    .flat()
    .map(
      (name) =>
        `Port ${ports[name]}, for ${definitions[name].purpose}, is taken: free it, or move it with ${portVariable(name)}=<port> (all at once: ${OFFSET}=1000).`,
    );
  if (complaints.length > 0) throw new LaunchError(complaints.join("\n"));
}

/**
 * Chooses free ports for runs next to another suite. They lie below the system's range for outgoing
 * connections, which could otherwise take a port before the emulator starts.
 */
export async function pickFreePorts(): Promise<Ports> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = 20_000 + Math.floor(Math.random() * 500) * 20;
    const ports = forEachPort((name) => first + portNames.indexOf(name));
    const taken = await Promise.all(portNames.map((name) => isTaken(name, ports[name])));
    if (!taken.includes(true)) return ports;
  }
  throw new LaunchError(
    `No ${portNames.length} neighbouring ports are free between 20000 and 30000.`,
  );
}

export const portNames: readonly PortName[] = [
  "auth",
  "firestore",
  "firestoreWebsocket",
  "functions",
  "tasks",
  "eventarc",
  "hub",
  "logging",
  "spotify",
  "fcm",
  "stripe",
  "hosting",
  "livekit",
  "livekitRtcTcp",
  "livekitRtcUdp",
  "livekitProxy",
];

function forEachPort(portOf: (name: PortName) => number): Ports {
  return {
    auth: portOf("auth"),
    firestore: portOf("firestore"),
    firestoreWebsocket: portOf("firestoreWebsocket"),
    functions: portOf("functions"),
    tasks: portOf("tasks"),
    eventarc: portOf("eventarc"),
    hub: portOf("hub"),
    logging: portOf("logging"),
    spotify: portOf("spotify"),
    fcm: portOf("fcm"),
    stripe: portOf("stripe"),
    hosting: portOf("hosting"),
    livekit: portOf("livekit"),
    livekitRtcTcp: portOf("livekitRtcTcp"),
    livekitRtcUdp: portOf("livekitRtcUdp"),
    livekitProxy: portOf("livekitProxy"),
  };
}

function wholeNumber(variable: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === "") return otherwise;
  if (/^-?\d{1,5}$/.test(text)) return Number(text);
  throw new LaunchError(`${variable} must be a whole number, not "${text}".`);
}

function refuseSharedPorts(ports: Ports): void {
  for (const name of portNames) {
    const other = portNames.find((each) => each !== name && ports[each] === ports[name]);
    if (other !== undefined) {
      throw new LaunchError(
        `${portVariable(name)} and ${portVariable(other)} both say ${ports[name]}.`,
      );
    }
  }
}

async function isTaken(name: PortName, port: number): Promise<boolean> {
  if (name === "livekitRtcUdp") return !(await canReceive(port));
  // Checks both ways, because macOS allows a listener next to one on all addresses.
  return (await answers(port)) || !(await canListen(port));
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: LOOPBACK });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(500, () => {
      settle(false);
    });
    socket.once("connect", () => {
      settle(true);
    });
    socket.once("error", () => {
      settle(false);
    });
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(false);
    });
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

function canReceive(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => {
      socket.close();
      resolve(false);
    });
    socket.bind({ port, address: LOOPBACK, exclusive: true }, () => {
      socket.close(() => {
        resolve(true);
      });
    });
  });
}
