import assert from "node:assert/strict";
import { german } from "../../src/errors/german.js";
import { english, messageFor } from "../../src/errors/messages.js";

describe("the messages", () => {
  it("are translated, each on its own", () => {
    const entries = Object.entries(german);
    assert.deepEqual(Object.keys(german).toSorted(), Object.keys(english).toSorted());
    const sameInBoth = entries.filter(([, text]) => Object.values(english).includes(text));
    assert.deepEqual(sameInBoth, []);
    for (const [reason, text] of entries) assert.match(text, /^[A-ZÄÖÜ].*\.$/, reason);
    assert.equal(messageFor("OFFLINE", german), "Du bist offline.");
  });
});
