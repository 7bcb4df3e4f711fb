import assert from "node:assert/strict";
import { microphonesOf } from "../../src/audio/microphones.js";
import { Observed } from "../../src/observe/observable.js";

class Media extends EventTarget {
  devices: readonly object[] = [];
  enumerateDevices() {
    return Promise.resolve(this.devices);
  }
}

const headset = { kind: "audioinput", deviceId: "a", label: "Headset" };
const builtIn = { kind: "audioinput", deviceId: "b", label: "Built-in" };

describe("microphonesOf", () => {
  it("lists the microphones, and follows what is plugged in and allowed", async () => {
    const media = new Media();
    const microphone = new Observed("off");
    media.devices = [
      { kind: "audioinput", deviceId: "", label: "" },
      { kind: "audiooutput", deviceId: "c", label: "Speakers" },
    ];
    const lists: (readonly string[])[] = [];
    const stop = microphonesOf(media, microphone).subscribe((list) =>
      lists.push(list.map(({ id, label }) => `${id} ${label}`)),
    );
    await Promise.resolve();
    assert.deepEqual(lists, [[]], "before the permission nothing has a name");
    media.devices = [builtIn];
    microphone.set("on");
    await Promise.resolve();
    media.devices = [headset, builtIn];
    media.dispatchEvent(new Event("devicechange"));
    await Promise.resolve();
    assert.deepEqual(lists.slice(1), [["b Built-in"], ["a Headset", "b Built-in"]]);
    stop();
    media.dispatchEvent(new Event("devicechange"));
    await Promise.resolve();
    assert.equal(lists.length, 3);
  });

  it("has none where the platform cannot tell", async () => {
    const broken = { enumerateDevices: () => Promise.reject(new Error("no")) };
    for (const media of [undefined, broken]) {
      const lists: (readonly unknown[])[] = [];
      microphonesOf(media, new Observed("off")).subscribe((list) => lists.push(list));
      await Promise.resolve();
      assert.deepEqual(lists, [[]]);
    }
  });
});
