import assert from "node:assert/strict";
import { browserForeground } from "../../src/backend/foreground.js";

describe("the foreground in a browser", () => {
  afterEach(() => {
    Reflect.deleteProperty(globalThis, "document");
  });

  it("is reported each time that the tab is shown again, until the listener ends", () => {
    const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
    Object.assign(globalThis, { document: page });
    const becomes = (state: string) => {
      page.visibilityState = state;
      page.dispatchEvent(new Event("visibilitychange"));
    };
    let returns = 0;
    const stop = browserForeground(() => (returns += 1));
    becomes("hidden");
    assert.equal(returns, 0);
    becomes("visible");
    becomes("hidden");
    becomes("visible");
    assert.equal(returns, 2);
    stop();
    becomes("visible");
    assert.equal(returns, 2);
  });

  it("is never reported without a page, as in React Native", () => {
    Object.assign(globalThis, { document: {} });
    browserForeground(() => assert.fail())();
    Reflect.deleteProperty(globalThis, "document");
    browserForeground(() => assert.fail())();
  });
});
