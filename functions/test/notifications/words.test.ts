import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { notificationKind } from "../../src/contract/notifications.js";
import { wordsFor } from "../../src/notifications/words.js";

const show = {
  title: "Night drive",
  creator: { displayName: "Ada", photoUrl: null },
  scheduledFor: Timestamp.fromMillis(Date.UTC(2026, 6, 1, 18, 30)),
};

describe("a notification's words", () => {
  it("are in the device's language, with times in its owner's time zone", () => {
    const moved = { ...show, kind: "moved" } as const;
    assert.match(
      wordsFor(moved, "en-GB", "Asia/Tokyo").body,
      /^Night drive now starts Jul 2, 2026/,
    );
    assert.match(
      wordsFor(moved, "de-AT", "Europe/Berlin").body,
      /beginnt jetzt 01\.07\.2026, 20:30\.$/,
    );
    assert.match(wordsFor(moved, "en", "UTC").body, /Jul 1, 2026, 6:30\sPM UTC\.$/);
  });

  it("name the creator and the show in each language, and fall back to English", () => {
    for (const kind of notificationKind.options) {
      const [english, german] = ["en", "de"].map((language) =>
        wordsFor({ ...show, kind }, language, "UTC"),
      );
      for (const words of [english, german]) {
        const text = `${words?.title} ${words?.body}`;
        assert.match(text, /Night drive/);
        assert.match(text, /Ada/);
      }
      assert.notDeepEqual(german, english);
      for (const other of ["fr", "constructor", ""]) {
        assert.deepEqual(wordsFor({ ...show, kind }, other, "UTC"), english);
      }
    }
  });
});
