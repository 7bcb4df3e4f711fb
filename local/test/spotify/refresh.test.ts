import assert from "node:assert/strict";

import { assertOAuthError, tokens, useSpotifyHarness } from "./support.js";

const days = 86_400_000;

describe("POST /api/token: refresh_token", () => {
  const harness = useSpotifyHarness();

  it("returns a new access token with the grant's scope", async () => {
    const first = await harness().signIn("creator-ada", ["user-read-email"]);
    const { status, body } = await harness().refresh(first.refreshToken);
    assert.equal(status, 200);
    assert.equal(body.scope, "user-read-email");
    assert.equal(body.expires_in, 3600);
    const { accessToken } = tokens(body);
    assert.notEqual(accessToken, first.accessToken);
    assert.equal((await harness().me(accessToken)).status, 200);
    // The older access token stays valid for its hour.
    assert.equal((await harness().me(first.accessToken)).status, 200);
  });

  it("rotates: the old refresh token stops working, and the new one works", async () => {
    const { refreshToken } = await harness().signIn();
    const rotated = tokens((await harness().refresh(refreshToken)).body);
    assert.notEqual(rotated.refreshToken, refreshToken);
    assertOAuthError(
      await harness().refresh(refreshToken),
      "invalid_grant",
      "Invalid refresh token",
    );
    assert.equal((await harness().refresh(rotated.refreshToken)).status, 200);
  });

  it("returns no refresh token without rotation, and the old one keeps working", async () => {
    await harness().control.setRefreshTokenRotation(false);
    const { refreshToken } = await harness().signIn();
    const { body } = await harness().refresh(refreshToken);
    assert.equal("refresh_token" in body, false);
    assert.equal((await harness().refresh(refreshToken)).status, 200);
  });

  it("lets only one of two simultaneous refreshes succeed", async () => {
    const { refreshToken } = await harness().signIn();
    const replies = await Promise.all([
      harness().refresh(refreshToken),
      harness().refresh(refreshToken),
    ]);
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400]);
  });

  it("refuses an unknown token, an access token and a missing token", async () => {
    const { accessToken } = await harness().signIn();
    for (const wrong of ["AQnonsense", accessToken]) {
      assertOAuthError(await harness().refresh(wrong), "invalid_grant", "Invalid refresh token");
    }
    const reply = await harness().refresh("");
    assertOAuthError(reply, "invalid_request", "refresh_token must be supplied");
  });

  it("ends six months after the authorisation, which a refresh does not extend", async () => {
    const first = await harness().signIn();
    await harness().control.advanceClock(150 * days);
    const second = await harness().refresh(first.refreshToken);
    assert.equal(second.status, 200);
    await harness().control.advanceClock(35 * days);
    const { refreshToken } = tokens(second.body);
    assertOAuthError(
      await harness().refresh(refreshToken),
      "invalid_grant",
      "Refresh token expired",
    );
    // A new authorisation starts six new months.
    const again = await harness().signIn();
    assert.equal((await harness().refresh(again.refreshToken)).status, 200);
  });

  it("can be expired for one persona", async () => {
    const dan = await harness().signIn("listener-dan");
    const eve = await harness().signIn("listener-eve");
    await harness().control.expire("listener-dan", "refresh");
    const reply = await harness().refresh(dan.refreshToken);
    assertOAuthError(reply, "invalid_grant", "Refresh token expired");
    assert.equal((await harness().me(dan.accessToken)).status, 200);
    assert.equal((await harness().refresh(eve.refreshToken)).status, 200);
  });

  it("refuses a revoked grant until the persona signs in again", async () => {
    const dan = await harness().signIn("listener-dan");
    const eve = await harness().signIn("listener-eve");
    await harness().control.revoke("listener-dan");
    const reply = await harness().refresh(dan.refreshToken);
    assertOAuthError(reply, "invalid_grant", "Refresh token revoked");
    assert.equal((await harness().me(dan.accessToken)).status, 401);
    assert.equal((await harness().refresh(eve.refreshToken)).status, 200);

    const again = await harness().signIn("listener-dan");
    assert.equal((await harness().me(again.accessToken)).status, 200);
    assert.equal((await harness().refresh(again.refreshToken)).status, 200);
    assert.equal((await harness().refresh(dan.refreshToken)).status, 400);
  });
});
