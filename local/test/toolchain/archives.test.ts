import assert from "node:assert/strict";
import { fileInTarGz, fileInZip } from "../../toolchain/archives.js";
import { tarGzOf, zipOf } from "./archiveWriters.js";

const binary = Buffer.from(Array.from({ length: 1_500 }, (_, index) => index % 256));
const files = { "LICENSE": Buffer.from("free"), "folder/tool": binary, "empty": Buffer.alloc(0) };

describe("archives", () => {
  it("return the file with the name, in any folder", () => {
    assert.deepEqual(fileInTarGz(tarGzOf(files), "tool"), binary);
    for (const method of ["deflated", "stored"] as const) {
      assert.deepEqual(fileInZip(zipOf(files, method), "tool"), binary);
      assert.deepEqual(fileInZip(zipOf(files, method), "empty"), Buffer.alloc(0));
    }
  });

  it("return nothing for another name", () => {
    assert.equal(fileInTarGz(tarGzOf(files), "folder"), undefined);
    assert.equal(fileInZip(zipOf(files), "folder"), undefined);
    assert.equal(fileInTarGz(tarGzOf(files), "ool"), undefined);
  });

  it("throw for other content", () => {
    assert.throws(() => fileInTarGz(Buffer.from("<html>"), "tool"));
    assert.throws(() => fileInTarGz(tarGzOf(files).subarray(0, 100), "tool"));
    assert.throws(() => fileInZip(Buffer.from("<html>"), "tool"), /damaged/);
    assert.throws(() => fileInZip(zipOf(files).subarray(200), "tool"));
  });
});
