import type { Participant, Show } from "@ambient/client";

/** An action of a host on a person. */
export interface Deed {
  readonly text: string;
  readonly isHarsh: boolean;
  run(show: Show, uid: string): Promise<unknown>;
}

const deed = (text: string, run: Deed["run"], isHarsh = false): Deed => ({ text, run, isHarsh });

const inviteToSpeak = deed("Invite to speak", (show, uid) => show.stage.setRole(uid, "speaker"));
const inviteToHost = deed("Invite to host", (show, uid) => show.stage.setRole(uid, "cohost"));
const toSpeaker = deed("Back to speaker", (show, uid) => show.stage.setRole(uid, "speaker"));
const toAudience = deed("Back to the audience", (show, uid) => show.stage.setRole(uid, "listener"));
const withdraw = deed("Withdraw the invitation", (show, uid) =>
  show.stage.setRole(uid, "listener"),
);
const mute = deed("Mute", (show, uid) => show.moderation.mute(uid));
const remove = deed("Remove", (show, uid) => show.moderation.remove(uid), true);
const keepOut: Deed["run"] = (show, uid) => show.moderation.remove(uid, { ban: true });
const ban = deed("Remove and ban", keepOut, true);
const banTheAbsent = deed("Ban", keepOut, true);

/** The same rule as the server's: cohosts can act on listeners and speakers, the creator on everyone. */
export function deedsFor(me: Participant, person: Participant): readonly Deed[] {
  const isCreator = me.role === "creator";
  if (me.uid === person.uid || (!isCreator && me.role !== "cohost")) return [];
  if (person.state !== "present") return person.role === "creator" ? [] : [banTheAbsent];
  switch (person.role) {
    case "creator":
      return [];
    case "cohost":
      return isCreator ? [mute, toSpeaker, toAudience, remove, ban] : [];
    case "speaker":
      return [mute, ...(isCreator ? [inviteToHost] : []), toAudience, remove, ban];
    case "listener":
      return [
        ...(person.invitedTo ? [withdraw] : [inviteToSpeak]),
        ...(isCreator && !person.invitedTo ? [inviteToHost] : []),
        remove,
        ban,
      ];
    case "unknown":
      return [];
  }
}
