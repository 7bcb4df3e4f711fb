import { buildReact } from "./buildReact.js";

await buildReact();
