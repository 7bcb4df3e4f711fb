import type { Participant, Show } from "@ambient/client";
import type { Words } from "../words/english.js";

/** An action of a host on a person. */
export interface PersonAction {
  readonly name: keyof Words["audience"]["actions"];
  /** A harsh action is confirmed first, in these words. */
  readonly confirm?: "remove" | "ban" | "hideComments";
  run(show: Show, uid: string): Promise<unknown>;
}

const action = (
  name: PersonAction["name"],
  run: PersonAction["run"],
  confirm?: PersonAction["confirm"],
): PersonAction => ({
  name,
  run,
  ...(confirm && { confirm }),
});

const inviteToSpeak = action("inviteToSpeak", (show, uid) => show.stage.setRole(uid, "speaker"));
const inviteToHost = action("makeCohost", (show, uid) => show.stage.setRole(uid, "cohost"));
const toSpeaker = action("makeSpeaker", (show, uid) => show.stage.setRole(uid, "speaker"));
const toAudience = action("moveToAudience", (show, uid) => show.stage.setRole(uid, "listener"));
const withdraw = action("cancelInvitation", (show, uid) => show.stage.setRole(uid, "listener"));
const mute = action("mute", (show, uid) => show.moderation.mute(uid));
const remove = action("remove", (show, uid) => show.moderation.remove(uid), "remove");
const keepOut: PersonAction["run"] = (show, uid) => show.moderation.remove(uid, { ban: true });
const ban = action("removeAndBan", keepOut, "ban");
const banTheAbsent = action("ban", keepOut, "ban");
const hideComments = action(
  "hideComments",
  (show, uid) => show.moderation.hideComments(uid),
  "hideComments",
);

/**
 * The same rule as the server's: cohosts can act on listeners and speakers, the creator on everyone. While music plays,
 * no microphone is on that a host could mute. Someone who lost their connection would return to their place on the stage,
 * which a host can take from them.
 */
export function actionsFor(
  me: Participant,
  person: Participant,
  isMusicOn: boolean,
): readonly PersonAction[] {
  const isCreator = me.role === "creator";
  if (me.uid === person.uid || (!isCreator && me.role !== "cohost")) return [];
  if (person.state !== "present") {
    if (person.role === "creator" || (person.role === "cohost" && !isCreator)) return [];
    if (person.state !== "lost") return [banTheAbsent, hideComments];
    const isOnStage = person.role === "cohost" || person.role === "speaker";
    return [...(isOnStage ? [toAudience] : []), hideComments, remove, ban];
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
