import assert from "node:assert/strict";

import { assertOAuthError, tokens, useBench } from "./support.js";

const days = 86_400_000;

describe("POST /api/token: refresh_token", () => {
  const bench = useBench();

  it("gives a new access token with the scope of the grant", async () => {
    const first = await bench().signIn("creator-ada", ["user-read-email"]);
    const { status, body } = await bench().refresh(first.refreshToken);
    assert.equal(status, 200);
    assert.equal(body.scope, "user-read-email");
    assert.equal(body.expires_in, 3600);
    const { accessToken } = tokens(body);
    assert.notEqual(accessToken, first.accessToken);
    assert.equal((await bench().me(accessToken)).status, 200);
    // The older access token lives out its hour.
    assert.equal((await bench().me(first.accessToken)).status, 200);
  });

  it("rotates: the old refresh token stops working and the new one works", async () => {
    const { refreshToken } = await bench().signIn();
    const rotated = tokens((await bench().refresh(refreshToken)).body);
    assert.notEqual(rotated.refreshToken, refreshToken);
    assertOAuthError(await bench().refresh(refreshToken), "invalid_grant", "Invalid refresh token");
    assert.equal((await bench().refresh(rotated.refreshToken)).status, 200);
  });

  it("without rotation gives no refresh token, and the old one goes on", async () => {
    await bench().control.setRefreshTokenRotation(false);
    const { refreshToken } = await bench().signIn();
    const { body } = await bench().refresh(refreshToken);
    assert.equal("refresh_token" in body, false);
    assert.equal((await bench().refresh(refreshToken)).status, 200);
  });

  it("lets only one of two simultaneous refreshes through", async () => {
    const { refreshToken } = await bench().signIn();
    const replies = await Promise.all([
      bench().refresh(refreshToken),
      bench().refresh(refreshToken),
    ]);
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400]);
  });

  it("refuses a token it never gave, an access token, and one left out", async () => {
    const { accessToken } = await bench().signIn();
    for (const wrong of ["AQnonsense", accessToken]) {
      assertOAuthError(await bench().refresh(wrong), "invalid_grant", "Invalid refresh token");
    }
    const reply = await bench().refresh("");
    assertOAuthError(reply, "invalid_request", "refresh_token must be supplied");
  });

  it("ends six months after the authorization; refreshing does not extend them", async () => {
    const first = await bench().signIn();
    await bench().control.advanceClock(150 * days);
    const second = await bench().refresh(first.refreshToken);
    assert.equal(second.status, 200);
    await bench().control.advanceClock(35 * days);
    const { refreshToken } = tokens(second.body);
    assertOAuthError(await bench().refresh(refreshToken), "invalid_grant", "Refresh token expired");
    // A new authorization starts six new months.
    const again = await bench().signIn();
    assert.equal((await bench().refresh(again.refreshToken)).status, 200);
  });

  it("can be told that the six months of one persona are over", async () => {
    const dan = await bench().signIn("listener-dan");
    const eve = await bench().signIn("listener-eve");
    await bench().control.expire("listener-dan", "refresh");
    const reply = await bench().refresh(dan.refreshToken);
    assertOAuthError(reply, "invalid_grant", "Refresh token expired");
    assert.equal((await bench().me(dan.accessToken)).status, 200);
    assert.equal((await bench().refresh(eve.refreshToken)).status, 200);
  });

  it("refuses a persona who revoked; signing in again heals it", async () => {
    const dan = await bench().signIn("listener-dan");
    const eve = await bench().signIn("listener-eve");
    await bench().control.revoke("listener-dan");
    const reply = await bench().refresh(dan.refreshToken);
    assertOAuthError(reply, "invalid_grant", "Refresh token revoked");
    assert.equal((await bench().me(dan.accessToken)).status, 401);
    assert.equal((await bench().refresh(eve.refreshToken)).status, 200);

    const again = await bench().signIn("listener-dan");
    assert.equal((await bench().me(again.accessToken)).status, 200);
    assert.equal((await bench().refresh(again.refreshToken)).status, 200);
    assert.equal((await bench().refresh(dan.refreshToken)).status, 400);
  });
});
