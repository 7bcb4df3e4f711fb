import { acceptInvitation } from "../../../src/stage/acceptInvitation.js";
import { decideSpeakRequest } from "../../../src/stage/decideSpeakRequest.js";
import { setRole } from "../../../src/stage/setRole.js";
import { setStageMode } from "../../../src/stage/setStageMode.js";
import { requestIn } from "../backstage.js";
import { as } from "../callers.js";
import { audience, type Call, each, times } from "./scenes.js";

export const stageCalls: readonly Call[] = [
  {
    name: "decideSpeakRequest",
    goal: 5,
    scene: async (firestore, callers) => {
      const { ada, showId, listeners } = await audience(firestore, callers);
      await Promise.all(listeners.map((listener) => requestIn(showId, listener, {}, firestore)));
      return (deps) =>
        each(listeners, ({ uid }) =>
          decideSpeakRequest(deps, as(ada), { showId, uid, decision: "accept" }),
        );
    },
  },
  {
    name: "setRole (down)",
    goal: 3,
    scene: async (firestore, callers) => {
      const onStage = { role: "speaker", canPublish: true } as const;
      const { ada, showId, listeners } = await audience(firestore, callers, onStage);
      return (deps) =>
        each(listeners, ({ uid }) => setRole(deps, as(ada), { showId, uid, role: "listener" }));
    },
  },
  {
    name: "acceptInvitation",
    goal: 6,
    scene: async (firestore, callers) => {
      const { showId, listeners } = await audience(firestore, callers, { invitedTo: "speaker" });
      return (deps) =>
        each(listeners, (listener) => acceptInvitation(deps, as(listener), { showId }));
    },
  },
  {
    name: "setStageMode",
    goal: 4,
    scene: async (firestore, callers) => {
      const { ada, showId } = await audience(firestore, 0);
      return (deps) => times(callers, () => setStageMode(deps, as(ada), { showId, mode: "music" }));
    },
  },
];
