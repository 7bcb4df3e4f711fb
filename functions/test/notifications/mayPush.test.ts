import assert from "node:assert/strict";
import { notificationSettingsDocument } from "../../src/contract/notifications.js";
import { knownTimeZone, mayPush, oneMoreSent } from "../../src/notifications/mayPush.js";

const noon = Date.UTC(2026, 6, 1, 12);
const settings = (changes: object = {}) => notificationSettingsDocument.parse(changes);
const at = (hours: number, minutes = 0) => hours * 60 + minutes;

describe("whether a person's devices are notified", () => {
  it("is yes by default, and no if the person does not want it", () => {
    assert.equal(mayPush(settings(), noon, 10), true);
    assert.equal(mayPush(settings({ push: false }), noon, 10), false);
  });

  it("follows quiet hours in the person's time zone, over midnight and through summer time", () => {
    const berlin = (from: number, until: number) =>
      settings({ quietHours: { from, until }, timeZone: "Europe/Berlin" });
    // In July, noon in UTC is two in Berlin; in January, it is one.
    const cases: readonly (readonly [number, number, boolean, boolean])[] = [
      [at(14), at(15), false, true],
      [at(13), at(14), true, false],
      [at(22), at(14, 1), false, false],
      [at(22), at(13), true, true],
      [at(14, 1), at(13), true, true],
      [at(14), at(14), true, true],
    ];
    for (const [from, until, july, january] of cases) {
      const name = `${from} to ${until}`;
      assert.equal(mayPush(berlin(from, until), noon, 10), july, `${name} in July`);
      const winter = Date.UTC(2026, 0, 1, 12);
      assert.equal(mayPush(berlin(from, until), winter, 10), january, `${name} in January`);
    }
  });

  it("treats an unknown time zone as UTC", () => {
    assert.equal(knownTimeZone("Mars/Olympus"), "UTC");
    assert.equal(knownTimeZone("Asia/Kolkata"), "Asia/Calcutta");
    const quiet = settings({ quietHours: { from: at(12), until: at(13) }, timeZone: "nowhere" });
    assert.equal(mayPush(quiet, noon, 10), false);
  });

  it("ends with the day's limit, and begins again on the next day", () => {
    let current = settings();
    for (let count = 0; count < 3; count += 1) {
      assert.equal(mayPush(current, noon, 3), true);
      current = { ...current, sent: oneMoreSent(current.sent, noon) };
    }
    assert.equal(mayPush(current, noon, 3), false);
    const tomorrow = noon + 24 * 3_600_000;
    assert.equal(mayPush(current, tomorrow, 3), true);
    assert.deepEqual(oneMoreSent(current.sent, tomorrow), { day: "2026-07-02", count: 1 });
    assert.equal(mayPush(settings(), noon, 0), false);
  });
});
