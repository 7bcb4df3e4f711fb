import assert from "node:assert/strict";
import { fillCrypto } from "../../../example/mobile/src/crypto/fillCrypto.js";

const getRandomValues = () => new Uint8Array(1);
const randomUUID = () => "ours";

describe("the app's crypto", () => {
  it("is added where there is none", () => {
    const scope: { crypto?: object } = {};
    fillCrypto(scope, { getRandomValues, randomUUID });
    assert.deepEqual(scope.crypto, { getRandomValues, randomUUID });
  });

  it("completes the one that LiveKit has begun, and keeps its members", () => {
    const livekits = { randomUUID: () => "LiveKit's" };
    const scope = { crypto: livekits };
    fillCrypto(scope, { getRandomValues, randomUUID });
    assert.equal(scope.crypto, livekits);
    assert.deepEqual(livekits, { randomUUID: livekits.randomUUID, getRandomValues });
    assert.equal(livekits.randomUUID(), "LiveKit's");
  });
});
