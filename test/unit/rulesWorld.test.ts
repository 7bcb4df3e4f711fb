import { participantDocument } from "../../functions/src/audience/schema.js";
import { commentDocument } from "../../functions/src/comments/schema.js";
import { playbackDocument, playlistDocument } from "../../functions/src/music/schema.js";
import { showDocument } from "../../functions/src/shows/schema.js";
import { speakRequestDocument } from "../../functions/src/stage/schema.js";
import {
  comment,
  draftShow,
  endedShow,
  liveShow,
  participant,
  playback,
  playlist,
  scheduledShow,
  speakRequest,
} from "../support/rules/builders.js";
import { dan } from "../support/rules/personas.js";

describe("the world that the rules are tested on", () => {
  for (const [what, schema, document] of [
    ["a draft", showDocument, draftShow()],
    ["a scheduled show", showDocument, scheduledShow()],
    ["a live show", showDocument, liveShow()],
    ["an ended show", showDocument, endedShow()],
    ["a participant", participantDocument, participant(dan)],
    ["a comment", commentDocument, comment(dan)],
    ["a speak request", speakRequestDocument, speakRequest(dan)],
    ["a playlist", playlistDocument, playlist(3)],
    ["the playback", playbackDocument, playback()],
  ] as const) {
    it(`has ${what} as the schema knows it, with nothing beside`, () => {
      schema.strict().parse(document);
    });
  }
});
