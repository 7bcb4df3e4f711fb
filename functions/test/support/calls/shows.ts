import { refreshAudio } from "../../../src/audio/refreshAudio.js";
import { joinShow } from "../../../src/audience/joinShow.js";
import { leaveShow } from "../../../src/audience/leaveShow.js";
import { cancelShow } from "../../../src/shows/cancelShow.js";
import { checkShow } from "../../../src/shows/checkShow.js";
import { endShow } from "../../../src/shows/endShow.js";
import { startShow } from "../../../src/shows/startShow.js";
import { participantIn, showIn, somebody } from "../backstage.js";
import { as } from "../callers.js";
import { audience, type Call, each, people, times } from "./scenes.js";

export const showsCalls: readonly Call[] = [
  {
    name: "startShow",
    goal: 3,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("draft", ada, {}, firestore);
      return (deps) => times(callers, () => startShow(deps, as(ada), { showId }));
    },
  },
  {
    name: "endShow",
    // One for the totals, three for the end of the show and four for the cleanup, which publishes the feed once more.
    goal: 8,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("live", ada, {}, firestore);
      return (deps) => times(callers, () => endShow(deps, as(ada), { showId }));
    },
  },
  {
    name: "cancelShow",
    goal: 2,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("scheduled", ada, {}, firestore);
      return (deps) => times(callers, () => cancelShow(deps, as(ada), { showId }));
    },
  },
  {
    name: "joinShow",
    goal: 2,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const showId = await showIn("live", await somebody("Ada", firestore), {}, firestore);
      const listeners = await people(firestore, callers);
      return (deps) => each(listeners, (listener) => joinShow(deps, as(listener), { showId }));
    },
  },
  {
    name: "joinShow (again)",
    goal: 2,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const { showId, listeners } = await audience(firestore, callers);
      return (deps) => each(listeners, (listener) => joinShow(deps, as(listener), { showId }));
    },
  },
  {
    name: "joinShow (a lost cohost)",
    goal: 3,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const place = { role: "cohost", state: "lost" } as const;
      const { showId, listeners } = await audience(firestore, callers, place);
      return (deps) => each(listeners, (listener) => joinShow(deps, as(listener), { showId }));
    },
  },
  {
    name: "joinShow (a lost speaker)",
    goal: 5,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const place = { role: "speaker", state: "lost" } as const;
      const { showId, listeners } = await audience(firestore, callers, place);
      return (deps) => each(listeners, (listener) => joinShow(deps, as(listener), { showId }));
    },
  },
  {
    name: "leaveShow",
    goal: 2,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const showId = await showIn("live", await somebody("Ada", firestore), {}, firestore);
      const listeners = await people(firestore, callers);
      await Promise.all(
        listeners.map((listener) => participantIn(showId, listener, {}, firestore)),
      );
      return (deps) => each(listeners, (listener) => leaveShow(deps, as(listener), { showId }));
    },
  },
  {
    name: "checkShow",
    goal: 2,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("draft", ada, {}, firestore);
      return (deps) => times(callers, () => checkShow(deps, as(ada), { showId }));
    },
  },
  {
    name: "refreshAudio",
    goal: 4,
    scene: async (firestore, callers) => {
      const { showId, listeners } = await audience(firestore, callers);
      return (deps) => each(listeners, (listener) => refreshAudio(deps, as(listener), { showId }));
    },
  },
];
