import { buildClient } from "./buildClient.js";

await buildClient();
