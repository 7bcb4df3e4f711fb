import assert from "node:assert/strict";
import { networkOf } from "../../src/limits/network.js";

describe("networkOf", () => {
  it("uses the address that our own proxy added, not the caller's", () => {
    for (const forged of ["", "1.2.3.4, ", "::1, 9.9.9.9, ", "garbage, "]) {
      assert.equal(networkOf(`${forged}203.0.113.7`, 1), "203.0.113.7");
      assert.equal(networkOf(`${forged}203.0.113.7, 130.211.0.1`, 2), "203.0.113.7");
    }
  });

  it("uses the first half of an IPv6 address in any notation", () => {
    for (const address of [
      "2001:db8:12:34:1:2:3:4",
      "2001:DB8:12:34::9",
      "2001:0db8:0012:0034:ffff::",
      "2001:db8:12:34:0:0:203.0.113.7",
    ]) {
      assert.equal(networkOf(address, 1), "2001:db8:12:34");
    }
    assert.equal(networkOf("2001:db8::1", 1), "2001:db8:0:0");
    assert.equal(networkOf("::1", 1), "0:0:0:0");
    assert.equal(networkOf("2001:db8::1:2:3:4:5", 1), "2001:db8:0:1");
    for (const mapped of ["203.0.113.7", "203.113.0.77"]) {
      assert.equal(networkOf(`::ffff:${mapped}`, 1), mapped);
      assert.equal(networkOf(`64::ffff:${mapped}`, 1), "64:0:0:0");
    }
  });

  it("uses the last entry if there are fewer than proxies", () => {
    assert.equal(networkOf("1.2.3.4, 203.0.113.7", 3), "203.0.113.7");
    assert.equal(networkOf("1.2.3.4, 5.6.7.8, 203.0.113.7", 4), "203.0.113.7");
  });

  it("counts all invalid addresses together", () => {
    for (const invalid of ["", "unknown", "203.0.113", "203.0.113.7, spoofed"]) {
      assert.equal(networkOf(invalid, 1), "unreadable");
    }
  });

  it("is unknown without a proxy", () => {
    assert.equal(networkOf(undefined, 1), null);
  });
});
