import { openAmbient } from "../../client/src/ambient.js";
import type { AmbientError } from "../../client/src/errors/ambientError.js";
import { deviceClock } from "../../client/src/clock/localClock.js";
import { firebaseJs } from "../../client/src/sdk/firebaseJs.js";
import { sessionOf, type Show } from "../../client/src/show/show.js";
import { joinShow, leaveShow } from "../../functions/src/contract/audience.js";
import { openApp, type App } from "../../local/clientApp/app.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { followComments, followNaively } from "./naive.js";
import type { Design, Guest } from "./orders.js";
import { Screen, stamped, wallClock } from "./screen.js";

export interface Phone {
  readonly screen: Screen;
  /** The comments of a show that this phone follows with Firestore's SDK alone. */
  readonly bareScreen: Screen;
  /** Resolves with the comment's id. */
  send(phase: string): Promise<string>;
  listenBare(showId: string): Promise<void>;
  leave(): Promise<void>;
}

export async function openPhone(
  design: Design,
  endpoints: Endpoints,
  showId: string,
  { token }: Guest,
): Promise<Phone> {
  const app = openApp(endpoints);
  await app.signIn(token);
  const screen = new Screen();
  const show = design === "naive" ? undefined : await joinWithAmbient(app, showId);
  if (show && design === "ambient") followWithAmbient(show, screen);
  const stopNaive = show ? () => undefined : await followNaively(app, showId, screen);
  const bareScreen = new Screen();
  return {
    screen,
    bareScreen,
    send(phase) {
      if (!show) throw new Error("the naive design only listens");
      return show.comments.send(stamped(phase, wallClock()));
    },
    async listenBare(bareShowId) {
      await app.call(joinShow, { showId: bareShowId });
      followComments(app, bareShowId, bareScreen);
    },
    async leave() {
      stopNaive();
      if (show) await show.leave();
      else await app.call(leaveShow, { showId });
    },
  };
}

function joinWithAmbient(app: App, showId: string): Promise<Show> {
  return openAmbient({ ...app.firebase, sdk: firebaseJs, local: deviceClock }).join(showId);
}

/** Subscribes to what a listener's page shows. */
function followWithAmbient(show: Show, screen: Screen): void {
  const failed = (error: AmbientError) => {
    if (error.reason !== "LEFT") throw error;
  };
  const open = () => undefined;
  // These phones have no sound. With it, LiveKit would report their presence to the server.
  sessionOf(show).soundIs(screen, true);
  show.comments.latest.subscribe((comments) => {
    screen.show(comments, wallClock());
  }, failed);
  show.comments.pinned.subscribe(open, failed);
  show.feed.subscribe(open, failed);
  show.music.playback.subscribe(open, failed);
  show.music.playlist.subscribe(open, failed);
  show.stage.people.subscribe(open, failed);
}
