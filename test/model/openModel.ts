import { livekitBackdoor } from "../../functions/test/support/livekitBackdoor.js";
import { offerSupport } from "../support/offerSupport.js";
import { runningSuite } from "../support/suite.js";
import { runModel, type RunOptions, type RunReport } from "./runs.js";

export interface OpenModel {
  run(options: Omit<RunOptions, "endpoints" | "livekit">): Promise<RunReport>;
  close(): Promise<void>;
}

/** Opens the model on the running suite, with payments on until it closes. */
export async function openModel(): Promise<OpenModel> {
  const endpoints = await runningSuite();
  const livekit = await livekitBackdoor();
  await offerSupport(endpoints);
  return {
    run: (options) => runModel({ ...options, endpoints, livekit }),
    close: () => offerSupport(endpoints, false),
  };
}
