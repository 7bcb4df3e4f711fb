import { buildClient } from "./buildClient.js";
import { costs } from "./bundleSize.js";

await buildClient();
for (const { name, minified, gzip } of await costs()) {
  console.log(`${name.padEnd(30)} ${kB(minified)} minified ${kB(gzip)} gzip`);
}
console.log(
  "Firebase and LiveKit are not counted: apps already have the one and load the other lazily.",
);

function kB(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`.padStart(9);
}
