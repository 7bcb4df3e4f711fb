import { Timestamp } from "firebase-admin/firestore";
import { participantRef, speakRequestRef } from "../../../src/collections.js";
import { muteSpeaker } from "../../../src/moderation/muteSpeaker.js";
import { removeParticipant } from "../../../src/moderation/removeParticipant.js";
import { unban } from "../../../src/moderation/unban.js";
import { acceptInvitation } from "../../../src/stage/acceptInvitation.js";
import { decideSpeakRequest } from "../../../src/stage/decideSpeakRequest.js";
import { setRole } from "../../../src/stage/setRole.js";
import { setStageMode } from "../../../src/stage/setStageMode.js";
import { by, calling, inThisShow, thisShow, type Operation } from "../operation.js";
import type { Scene } from "../scene.js";

const decidingOnDan = (decision: "accept" | "reject") =>
  calling(decideSpeakRequest, by("ada"), (scene: Scene) => ({
    ...inThisShow("dan")(scene),
    decision,
  }));

const settingRole = (name: "cleo" | "dan", role: "speaker" | "listener") =>
  calling(setRole, by("ada"), (scene: Scene) => ({ ...inThisShow(name)(scene), role }));

const switchingTo = (mode: "talk" | "music") =>
  calling(setStageMode, by("ada"), (scene: Scene) => ({ ...thisShow(scene), mode }));

const banCleo = (scene: Scene) => ({ ...inThisShow("cleo")(scene), ban: true });

export const stageOperations: readonly Operation[] = [
  {
    name: "ask to speak",
    healers: ["write"],
    perform: ({ person, showId }, { firestore: db }) => {
      const { uid } = person("dan");
      return speakRequestRef(db, showId(), uid).set({
        uid,
        status: "pending",
        message: "",
        createdAt: Timestamp.now(),
        decidedAt: null,
        decidedBy: null,
      });
    },
  },
  {
    name: "accept a request",
    healers: ["call", "sweepShow"],
    prepare: (scene) => scene.ask("dan"),
    ...decidingOnDan("accept"),
  },
  {
    name: "reject a request",
    healers: ["call"],
    prepare: (scene) => scene.ask("dan"),
    ...decidingOnDan("reject"),
  },
  {
    name: "invite",
    healers: ["call", "task"],
    ...settingRole("dan", "speaker"),
  },
  {
    name: "accept an invitation",
    healers: ["call", "sweepShow"],
    prepare: ({ firestore: db, person, showId }) =>
      participantRef(db, showId(), person("dan").uid).update({ invitedTo: "speaker" }),
    ...calling(acceptInvitation, by("dan"), thisShow),
  },
  {
    name: "demote",
    healers: ["call", "sweepShow"],
    ...settingRole("cleo", "listener"),
  },
  {
    name: "mute a speaker",
    healers: ["call"],
    ...calling(muteSpeaker, by("ada"), inThisShow("cleo")),
    effect({ world, person, showId }) {
      const cleo = world.edges.rooms.rooms.get(showId())?.get(person("cleo").uid);
      return Promise.resolve(cleo?.tracks.map(({ muted }) => muted));
    },
    losses: [
      {
        fault: "LiveKit: lies: nobody is there, and all is done",
        runs: 1,
        differences: ["effect.0 is false instead of true"],
        meaning: "the speaker is still heard until the host mutes them again",
      },
    ],
  },
  {
    name: "remove and ban",
    healers: ["call", "sweepShow"],
    ...calling(removeParticipant, by("ada"), banCleo),
  },
  {
    name: "unban",
    healers: ["call"],
    prepare: (scene) => removeParticipant(scene.world.deps, by("ada")(scene), banCleo(scene)),
    ...calling(unban, by("ada"), inThisShow("cleo")),
  },
  {
    name: "switch to music",
    healers: ["call", "closing"],
    ...switchingTo("music"),
  },
  {
    name: "switch to talk",
    healers: ["call", "sweepShow"],
    prepare: (scene) => scene.playMusic(),
    ...switchingTo("talk"),
  },
];
