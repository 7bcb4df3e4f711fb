/** Whoever stands before the rules: who he is signed in as, and what he is in the show. */
export interface Persona {
  readonly uid: string;
  readonly displayName: string;
  readonly photoUrl: string | null;
  readonly part?: {
    readonly role: "creator" | "cohost" | "speaker" | "listener";
    readonly state: "present" | "left" | "removed";
  };
}

function persona(name: string, photo: boolean, part?: Persona["part"]): Persona {
  return {
    uid: `spotify_${name.toLowerCase()}`,
    displayName: name,
    photoUrl: photo ? `https://i.scdn.co/image/${name.toLowerCase()}` : null,
    ...(part === undefined ? {} : { part }),
  };
}

export const ada = persona("Ada", true, { role: "creator", state: "present" });
export const ben = persona("Ben", true, { role: "cohost", state: "present" });
export const cleo = persona("Cleo", true, { role: "speaker", state: "present" });
/** Without a picture, as many Spotify accounts are. */
export const dan = persona("Dan", false, { role: "listener", state: "present" });
export const eve = persona("Eve", true, { role: "listener", state: "left" });
export const fay = persona("Fay", true, { role: "listener", state: "removed" });
/** Removed, and banned on top: he has a document under `bans`. */
export const gus = persona("Gus", true, { role: "listener", state: "removed" });
/** Signed in, but never joined the show. */
export const hal = persona("Hal", true);

/** Hosts who are hosts no more: the role is still written in their participant document. */
export const leftCohost = persona("Ida", true, { role: "cohost", state: "left" });
export const removedCohost = persona("Joe", true, { role: "cohost", state: "removed" });

export const signedOut = "signed out" as const;
export type Caller = Persona | typeof signedOut;

export const everybody = [
  ada,
  ben,
  cleo,
  dan,
  eve,
  fay,
  gus,
  hal,
  leftCohost,
  removedCohost,
] as const;

export const hosts = [ada, ben] as const;
export const presentButNoHosts = [cleo, dan] as const;
export const present = [...hosts, ...presentButNoHosts] as const;
/** Signed in, and not in the show now. */
export const absent = [eve, fay, gus, hal, leftCohost, removedCohost] as const;
export const outsiders = [...absent, signedOut] as const;
export const notHosts = [...presentButNoHosts, ...outsiders] as const;

export function nameOf(caller: Caller): string {
  return caller === signedOut ? "somebody signed out" : caller.displayName;
}
