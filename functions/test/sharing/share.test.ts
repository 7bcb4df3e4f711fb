import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { Timestamp } from "firebase-admin/firestore";
import { assetLinks, appleAppSiteAssociation } from "../../src/sharing/appLinks.js";
import { cardSvg, shareCard } from "../../src/sharing/shareCard.js";
import { lettersOf } from "../../src/sharing/letters.js";
import { type SharedShow, stateOf } from "../../src/sharing/sharedShow.js";
import { missingPage, sharePage } from "../../src/sharing/sharePage.js";

const APP = "https://ambient.example";
const show = (changes: Partial<SharedShow> = {}): SharedShow => ({
  showId: "show-1",
  title: "Night drive",
  description: "Slow songs",
  status: "live",
  scheduledFor: null,
  creatorName: "Ada",
  isUnlisted: false,
  isForAdults: false,
  listeners: 12,
  ...changes,
});
const attack = `"><script>alert('x')</script>&amp;\0`;

describe("a shared show's page", () => {
  it("previews the show, and opens it on the web", () => {
    const page = sharePage(show(), APP);
    for (const part of [
      `<meta property="og:title" content="Night drive">`,
      `<meta property="og:description" content="Live now · 12 listening · with Ada\nSlow songs">`,
      `<meta property="og:url" content="https://ambient.example/s/show-1">`,
      `<meta property="og:image" content="https://ambient.example/s/show-1/card-live.png">`,
      `<a href="https://ambient.example/#/show/show-1">Listen in Ambient</a>`,
    ]) {
      assert.ok(page.includes(part), part);
    }
    assert.doesNotMatch(page, /noindex|<script/);
  });

  it("says what the show is about to be, or was", () => {
    const scheduledFor = Timestamp.fromMillis(Date.UTC(2026, 11, 1, 20));
    assert.equal(
      stateOf(show({ status: "scheduled", scheduledFor })),
      "Starts Tue, 1 Dec 2026, 20:00 UTC",
    );
    assert.equal(stateOf(show({ listeners: 1 })), "Live now · 1 listening");
    assert.equal(stateOf(show({ listeners: 0 })), "Live now");
    assert.equal(stateOf(show({ status: "ended" })), "Ended");
    assert.equal(stateOf(show({ status: "cancelled" })), "Cancelled");
    assert.match(sharePage(show({ isForAdults: true }), APP), /Live now · 12 listening · 18\+/);
  });

  it("keeps unlisted and missing shows out of search engines", () => {
    for (const page of [sharePage(show({ isUnlisted: true }), APP), missingPage(APP)]) {
      assert.match(page, /<meta name="robots" content="noindex">/);
    }
  });

  it("shows markup in titles, names and descriptions as text", () => {
    const hostile = show({ title: attack, creatorName: attack, description: attack });
    const escaped = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;";
    const page = sharePage(hostile, APP);
    assert.ok(page.includes(`<h1 dir="auto">${escaped}</h1>`));
    assert.ok(page.includes(`<meta property="og:title" content="${escaped}">`));
    const outside = page.replaceAll(escaped, "");
    assert.doesNotMatch(outside, /<script|alert\(/);
    assert.ok(cardSvg(hostile).includes("&lt;script&gt;"));
    assert.doesNotMatch(cardSvg(hostile), /<script/);
  });

  it("cuts a long description between characters", () => {
    const page = sharePage(show({ description: "🎶".repeat(300) }), APP);
    const [, content = ""] = /name="description" content="([^"]*)"/.exec(page) ?? [];
    assert.equal(lettersOf(content.split("\n")[1] ?? "").length, 200);
    assert.ok(content.isWellFormed());
  });
});

describe("a shared show's card", () => {
  const sizeOf = (png: Uint8Array) => {
    const view = new DataView(png.buffer, png.byteOffset);
    return [view.getUint32(16), view.getUint32(20)];
  };
  /** How many of the picture's bytes are white, as its texts are. */
  const whiteIn = (png: Uint8Array) => {
    const data = Buffer.from(png);
    const parts: Buffer[] = [];
    for (let at = 8; at < data.length;) {
      const length = data.readUInt32BE(at);
      if (data.toString("latin1", at + 4, at + 8) === "IDAT") {
        parts.push(data.subarray(at + 8, at + 8 + length));
      }
      at += 12 + length;
    }
    return inflateSync(Buffer.concat(parts)).filter((byte) => byte === 255).length;
  };

  it("is a picture of 1,200 by 630 pixels, with the title in it", () => {
    const png = shareCard(show());
    assert.deepEqual([...png.subarray(1, 4)], [...Buffer.from("PNG")]);
    assert.deepEqual(sizeOf(png), [1_200, 630]);
    assert.notDeepEqual(whiteIn(png), whiteIn(shareCard(show({ title: "." }))));
  });

  it("draws every title that the rules allow", () => {
    for (const title of [
      attack,
      "x".repeat(100),
      "مساء الخير",
      "深夜ドライブ",
      "🎶",
      "\uD800",
      "a\u0301",
    ]) {
      assert.deepEqual(sizeOf(shareCard(show({ title }))), [1_200, 630], title);
    }
  });

  it("fits a long title into three lines", () => {
    const lines = (title: string) => {
      const texts = [...cardSvg(show({ title })).matchAll(/<text[^>]*>([^<]*)</g)];
      return texts.slice(1, -2).map(([, text]) => text);
    };
    assert.deepEqual(lines("Night drive"), ["Night drive"]);
    const long = lines(
      "An evening of slow songs for people who cannot sleep ".repeat(2).slice(0, 100),
    );
    assert.ok(long.length <= 3);
    assert.deepEqual(lines("x".repeat(100)).at(-1)?.at(-1), "…");
  });
});

describe("the files by which phones know the apps", () => {
  it("name the apps, or none", () => {
    const apps = {
      androidPackage: "example.ambient",
      androidFingerprints: ["AB:CD"],
      iosAppId: "TEAM.example.ambient",
    };
    assert.deepEqual(assetLinks(apps), [
      {
        relation: ["delegate_permission/common.handle_all_urls"],
        target: {
          namespace: "android_app",
          package_name: "example.ambient",
          sha256_cert_fingerprints: ["AB:CD"],
        },
      },
    ]);
    assert.deepEqual(appleAppSiteAssociation(apps), {
      applinks: { details: [{ appIDs: ["TEAM.example.ambient"], components: [{ "/": "/s/*" }] }] },
    });
    const none = { androidPackage: "", androidFingerprints: [], iosAppId: "" };
    assert.deepEqual(assetLinks(none), []);
    assert.deepEqual(appleAppSiteAssociation(none), { applinks: { details: [] } });
  });
});
