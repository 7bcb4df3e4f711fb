/** A caller that the rules judge: their identity, and their place in the show. */
export interface Persona {
  readonly uid: string;
  readonly displayName: string;
  readonly photoUrl: string | null;
  readonly part?: {
    readonly role: "creator" | "cohost" | "speaker" | "listener";
    readonly state: "present" | "left" | "lost" | "removed";
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
/** Without a picture, like many Spotify accounts. */
export const dan = persona("Dan", false, { role: "listener", state: "present" });
export const eve = persona("Eve", true, { role: "listener", state: "left" });
export const fay = persona("Fay", true, { role: "listener", state: "removed" });
/** Removed and also banned: there is a document under `bans`. */
export const gus = persona("Gus", true, { role: "listener", state: "removed" });
/** Signed in, but never joined the show. */
export const hal = persona("Hal", true);
/** Lost their connection for so long that the server marked them absent. */
export const kim = persona("Kim", true, { role: "listener", state: "lost" });

/** Former hosts: their participant documents still carry the role. */
export const leftCohost = persona("Ida", true, { role: "cohost", state: "left" });
export const removedCohost = persona("Joe", true, { role: "cohost", state: "removed" });
/** `lost` keeps the role, so that the person can return to it. */
export const lostCohost = persona("Lea", true, { role: "cohost", state: "lost" });

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
  kim,
  leftCohost,
  removedCohost,
  lostCohost,
] as const;

export const hosts = [ada, ben] as const;
export const presentButNoHosts = [cleo, dan] as const;
export const present = [...hosts, ...presentButNoHosts] as const;
/** Signed in, but not present in the show. */
export const absent = [eve, fay, gus, hal, kim, leftCohost, removedCohost, lostCohost] as const;
export const outsiders = [...absent, signedOut] as const;
export const notHosts = [...presentButNoHosts, ...outsiders] as const;

export function nameOf(caller: Caller): string {
  return caller === signedOut ? "a signed-out caller" : caller.displayName;
}
