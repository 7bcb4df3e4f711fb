import { joinShow } from "../../../src/audience/joinShow.js";
import { leaveShow } from "../../../src/audience/leaveShow.js";
import { refreshAudio } from "../../../src/audio/refreshAudio.js";
import { by, calling, thisShow, type Operation } from "../operation.js";

export const audienceOperations: readonly Operation[] = [
  {
    name: "join",
    healers: ["call", "sweepShow"],
    ...calling(joinShow, by("eve"), thisShow),
    then: (scene) => scene.connect("eve"),
    webhook: "audioWebhook",
  },
  {
    name: "leave",
    healers: ["call", "sweepShow"],
    ...calling(leaveShow, by("dan"), thisShow),
    then: (scene) => scene.disconnect("dan"),
    webhook: "audioWebhook",
  },
  {
    name: "leave the stage",
    healers: ["call", "sweepShow"],
    ...calling(leaveShow, by("cleo"), thisShow),
    then: (scene) => scene.disconnect("cleo"),
    webhook: "audioWebhook",
  },
  {
    name: "reconnect to a lost room",
    healers: ["call", "sweepShow"],
    // LiveKit has restarted.
    prepare: ({ world, showId }) => Promise.resolve(world.edges.rooms.rooms.delete(showId())),
    ...calling(refreshAudio, by("cleo"), thisShow),
  },
];
