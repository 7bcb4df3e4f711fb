import { participantDocument } from "../../functions/src/contract/audience.js";
import { commentDocument } from "../../functions/src/contract/comments.js";
import { playbackDocument, playlistDocument } from "../../functions/src/contract/music.js";
import { showDocument } from "../../functions/src/contract/shows.js";
import { speakRequestDocument } from "../../functions/src/contract/stage.js";
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

describe("the documents that the rules are tested on", () => {
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
    it(`match the schema without unknown fields for ${what}`, () => {
      schema.strict().parse(document);
    });
  }
});
