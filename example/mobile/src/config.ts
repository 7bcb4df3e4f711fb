/** The addresses of a local suite: part of its `endpoints.json`. */
export interface Suite {
  readonly projectId: string;
  readonly region: string;
  readonly auth: string;
  readonly firestore: string;
  readonly functions: string;
  readonly spotify: string;
  readonly spotifyClientId: string;
}

export interface Config {
  readonly projectId: string;
  readonly region: string;
  readonly spotifyClientId: string;
  /** The host of share links. */
  readonly linkHost: string;
  /** For the web: Firebase's configuration as JSON. Phones have Google's own files. */
  readonly firebaseWeb: string;
  readonly suite?: Suite;
}

/** Expo replaces each `process.env.EXPO_PUBLIC_…` with its text at build time, so they must be written out. */
const linkHost = process.env.EXPO_PUBLIC_LINK_HOST ?? "ambient.example";

export async function loadConfig(): Promise<Config> {
  const suiteAddress = process.env.EXPO_PUBLIC_SUITE;
  if (suiteAddress) {
    // oxlint-disable-next-line typescript/no-unsafe-assignment -- the suite wrote it
    const suite: Suite = await (await fetch(suiteAddress)).json();
    const { projectId, region, spotifyClientId } = suite;
    return { projectId, region, spotifyClientId, linkHost, firebaseWeb: "", suite };
  }
  return {
    projectId: process.env.EXPO_PUBLIC_FIREBASE_PROJECT ?? "",
    region: process.env.EXPO_PUBLIC_REGION ?? "us-central1",
    spotifyClientId: process.env.EXPO_PUBLIC_SPOTIFY_CLIENT_ID ?? "",
    linkHost,
    firebaseWeb: process.env.EXPO_PUBLIC_FIREBASE_WEB ?? "",
  };
}

/** The address of the function `serverTime`. */
export function serverTimeUrl({ projectId, region, suite }: Config): string {
  return suite
    ? `http://${suite.functions}/${projectId}/${region}/serverTime`
    : `https://${region}-${projectId}.cloudfunctions.net/serverTime`;
}

export function hostAndPort(address: string): [host: string, port: number] {
  const [host = "", port = ""] = address.split(":");
  return [host, Number(port)];
}
