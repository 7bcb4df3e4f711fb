import assert from "node:assert/strict";
import { z } from "zod";
import { participantDocument } from "../../../functions/src/contract/audience.js";
import { playbackDocument } from "../../../functions/src/contract/music.js";
import { showDocument } from "../../../functions/src/contract/shows.js";
import { speakRequestDocument } from "../../../functions/src/contract/stage.js";
import { readAll, readBy } from "../../src/backend/readDocument.js";
import { AmbientError } from "../../src/errors/ambientError.js";

const at = { seconds: 0, nanoseconds: 0, toMillis: () => 0 };
const snapshot = (fields: object, id = "one") => ({
  id,
  metadata: { fromCache: false, hasPendingWrites: false },
  data: () => fields,
});

const show = {
  creatorUid: "ben",
  creator: { displayName: "Ben", photoUrl: null },
  title: "From the future",
  visibility: "public",
  status: "live",
  createdAt: at,
  updatedAt: at,
};
const dan = {
  uid: "dan",
  displayName: "Dan",
  photoUrl: null,
  role: "listener",
  state: "present",
  joinedAt: at,
  leftAt: null,
  canPublish: false,
  invitedTo: null,
};

describe("a document with a value of a newer version", () => {
  it("reads that value as unknown, and the rest as it is", () => {
    const newer = {
      ...show,
      visibility: "subscribers",
      status: "intermission",
      endReason: "power_cut",
      takenDown: { reportId: "report", visibility: "subscribers", status: "live" },
    };
    assert.deepEqual(readBy(showDocument, snapshot(newer)), {
      ...newer,
      description: "",
      scheduledFor: null,
      visibility: "unknown",
      status: "unknown",
      endReason: "unknown",
      takenDown: { reportId: "report", visibility: "unknown", status: "live" },
    });
    assert.equal(newer.status, "intermission");
  });

  it("reads roles, states, modes and requests like that", () => {
    const person = { ...dan, role: "producer", state: "dozing", invitedTo: "producer" };
    const read = readBy(participantDocument, snapshot(person));
    assert.deepEqual(
      [read?.role, read?.state, read?.invitedTo, read?.displayName],
      ["unknown", "unknown", "unknown", "Dan"],
    );
    const playback = readBy(
      playbackDocument,
      snapshot({
        mode: "karaoke",
        trackUri: null,
        trackIndex: null,
        positionMs: 0,
        paused: true,
        at,
        by: "ben",
        sequence: 3,
        playlistRevision: 1,
      }),
    );
    assert.deepEqual([playback?.mode, playback?.sequence], ["unknown", 3]);
    const request = { ...dan, status: "postponed", message: "Hello", createdAt: at };
    assert.equal(readBy(speakRequestDocument, snapshot(request))?.status, "unknown");
  });

  it("does not leave it out of a list", () => {
    const all = readAll(showDocument, [
      snapshot({ ...show, status: "intermission" }, "newer"),
      snapshot({ ...show, title: 7 }, "unreadable"),
      snapshot(show, "known"),
    ]);
    assert.deepEqual(
      all.map(({ id, status }) => [id, status]),
      [
        ["newer", "unknown"],
        ["known", "live"],
      ],
    );
  });

  it("is outdated if anything else is wrong", () => {
    for (const wrong of [
      { title: 7 },
      { status: 7 },
      { status: undefined },
      { createdAt: "now" },
    ]) {
      const read = () => readBy(showDocument, snapshot({ ...show, status: "new", ...wrong }));
      assert.throws(read, (error) => error instanceof AmbientError && error.reason === "OUTDATED");
    }
  });

  it("reads values in lists and maps", () => {
    const kind = z.enum(["clap", "heart"]);
    const schema = z.object({ all: z.array(kind), by: z.record(z.string(), kind) });
    const fields = { all: ["clap", "wave"], by: { dan: "wave", eve: "heart" } };
    assert.deepEqual(readBy(schema, snapshot(fields)), {
      all: ["clap", "unknown"],
      by: { dan: "unknown", eve: "heart" },
    });
  });
});
