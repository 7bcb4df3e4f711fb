import { callable } from "../callable.js";

const contract = () => import("../contract/audio.js");

export const refreshAudio = callable("refreshAudio", async () => ({
  contract: (await contract()).refreshAudio,
  run: (await import("./refreshAudio.js")).refreshAudio,
}));
