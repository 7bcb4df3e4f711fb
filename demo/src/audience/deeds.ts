import type { Participant, Show } from "@ambient/client";
import type { Words } from "../words/english.js";

/** An action of a host on a person. */
export interface Deed {
  readonly name: keyof Words["audience"]["actions"];
  /** A harsh action is confirmed first, in these words. */
  readonly confirm?: "remove" | "ban" | "hideComments";
  run(show: Show, uid: string): Promise<unknown>;
}

const deed = (name: Deed["name"], run: Deed["run"], confirm?: Deed["confirm"]): Deed => ({
  name,
  run,
  ...(confirm && { confirm }),
});

const inviteToSpeak = deed("inviteToSpeak", (show, uid) => show.stage.setRole(uid, "speaker"));
const inviteToHost = deed("makeCohost", (show, uid) => show.stage.setRole(uid, "cohost"));
const toSpeaker = deed("makeSpeaker", (show, uid) => show.stage.setRole(uid, "speaker"));
const toAudience = deed("moveToAudience", (show, uid) => show.stage.setRole(uid, "listener"));
const withdraw = deed("cancelInvitation", (show, uid) => show.stage.setRole(uid, "listener"));
const mute = deed("mute", (show, uid) => show.moderation.mute(uid));
const remove = deed("remove", (show, uid) => show.moderation.remove(uid), "remove");
const keepOut: Deed["run"] = (show, uid) => show.moderation.remove(uid, { ban: true });
const ban = deed("removeAndBan", keepOut, "ban");
const banTheAbsent = deed("ban", keepOut, "ban");
const hideComments = deed(
  "hideComments",
  (show, uid) => show.moderation.hideComments(uid),
  "hideComments",
);

/**
 * The same rule as the server's: cohosts can act on listeners and speakers, the creator on everyone. While music plays,
 * no microphone is on that a host could mute.
 */
export function deedsFor(
  me: Participant,
  person: Participant,
  isMusicOn: boolean,
): readonly Deed[] {
  const isCreator = me.role === "creator";
  if (me.uid === person.uid || (!isCreator && me.role !== "cohost")) return [];
  if (person.state !== "present") {
    return person.role === "creator" ? [] : [banTheAbsent, hideComments];
  }
  const mutes = isMusicOn ? [] : [mute];
  switch (person.role) {
    case "creator":
      return [];
    case "cohost":
      return isCreator ? [...mutes, toSpeaker, toAudience, hideComments, remove, ban] : [];
    case "speaker":
      return [
        ...mutes,
        ...(isCreator ? [inviteToHost] : []),
        toAudience,
        hideComments,
        remove,
        ban,
      ];
    case "listener":
      return [
        ...(person.invitedTo ? [withdraw] : [inviteToSpeak]),
        ...(isCreator && !person.invitedTo ? [inviteToHost] : []),
        hideComments,
        remove,
        ban,
      ];
    case "unknown":
      return [];
  }
}
