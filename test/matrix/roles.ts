import type { Persona } from "../support/rules/personas.js";

export const statuses = ["draft", "scheduled", "live", "ended", "cancelled"] as const;
export type Status = (typeof statuses)[number];

export const visibilities = ["public", "unlisted", "withheld", "taken_down"] as const;
export type Visibility = (typeof visibilities)[number];

export const variants = ["main", "away", "suspended"] as const;
/** Each state has one show per variant, and a role takes part in the show of its variant. */
export type Variant = (typeof variants)[number];

interface RoleOptions {
  readonly who: string;
  readonly part?: Persona["part"];
  readonly variant?: Variant;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly isSuspended?: true;
  readonly changes?: Readonly<Record<string, unknown>>;
}

const present = (role: NonNullable<Persona["part"]>["role"]) =>
  ({ role, state: "present" }) as const;

/** Everyone who makes the requests. */
export const roles = {
  "signed out": { who: "No token." },
  "stranger": { who: "Signed in, and never in the show." },
  "listener": { who: "Present.", part: present("listener") },
  "invited": {
    who: "A present listener with an invitation to speak.",
    part: present("listener"),
    changes: { invitedTo: "speaker" },
  },
  "without terms": {
    who: "A present listener who has not accepted the terms in force.",
    part: present("listener"),
    changes: { hasAcceptedTerms: false },
  },
  "speaker": { who: "Present.", part: present("speaker") },
  "cohost": { who: "Present, while the creator leads.", part: present("cohost") },
  "leading cohost": {
    who: "Present, and leads because the creator is absent.",
    part: present("cohost"),
    variant: "away",
  },
  "creator": { who: "Present.", part: present("creator") },
  "absent creator": {
    who: "Lost their connection; a cohost leads.",
    part: { role: "creator", state: "lost" },
    variant: "away",
  },
  "left": { who: "Was a listener, and left.", part: { role: "listener", state: "left" } },
  "lost": {
    who: "Was a cohost, and lost their connection.",
    part: { role: "cohost", state: "lost" },
  },
  "removed": { who: "Was a speaker.", part: { role: "speaker", state: "removed" } },
  "banned": { who: "Was a listener.", part: { role: "listener", state: "removed" } },
  "blocked": { who: "The creator has blocked them. They were never in the show." },
  "suspended": {
    who: "A present listener whose ID token is still valid.",
    part: present("listener"),
    isSuspended: true,
  },
  "suspended creator": {
    who: "The present creator, whose ID token is still valid.",
    part: present("creator"),
    variant: "suspended",
    isSuspended: true,
  },
  "admin": { who: "Has the claim, and is not in the show.", claims: { admin: true } },
  "former admin": {
    who: "No longer an admin, but the ID token still has the claim.",
    claims: { admin: true },
  },
} as const satisfies Readonly<Record<string, RoleOptions>>;

export type Role = keyof typeof roles;

function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name);
}

export const everyone: readonly Role[] = Object.keys(roles).filter(isRole);

export function optionsOf(role: Role): RoleOptions {
  return roles[role];
}

export const variantOf = (role: Role): Variant => optionsOf(role).variant ?? "main";

/** The roles in the show of a variant. */
export function rolesIn(variant: Variant): readonly Role[] {
  return everyone.filter((role) => role !== "signed out" && variantOf(role) === variant);
}

export const creatorIn = {
  main: "creator",
  away: "absent creator",
  suspended: "suspended creator",
} as const satisfies Readonly<Record<Variant, Role>>;

export function personaOf(role: Role): Persona {
  const { part } = optionsOf(role);
  return persona(role, part);
}

/** A person without a role, who owns other people's documents. */
export const somebody = persona("somebody", undefined);

function persona(name: string, part: Persona["part"]): Persona {
  return {
    uid: `spotify_${name.replaceAll(" ", "-")}`,
    displayName: name,
    photoUrl: null,
    ...(part === undefined ? {} : { part }),
  };
}

// ---- Groups of roles, for the rows

export function but(group: readonly Role[], ...without: readonly Role[]): readonly Role[] {
  return group.filter((role) => !without.includes(role));
}

export const signedIn = but(everyone, "signed out");
export const notSuspended = but(signedIn, "suspended", "suspended creator");
export const nobody: readonly Role[] = [];
/** Their participant document says `present`. */
export const presentPeople = everyone.filter((role) => optionsOf(role).part?.state === "present");
/** Present hosts. */
export const hosts: readonly Role[] = ["cohost", "leading cohost", "creator", "suspended creator"];
export const hostsWhoMayAct = but(hosts, "suspended creator");
export const creators: readonly Role[] = ["creator", "absent creator", "suspended creator"];
export const creatorsWhoMayAct = but(creators, "suspended creator");
/** Present, not suspended, and the terms in force are accepted. */
export const participants = but(presentPeople, "suspended", "suspended creator", "without terms");
