import { type BackgroundProcess, startInBackground } from "../process/backgroundProcess.js";
import { LaunchError } from "../launchError.js";

export interface StripeMock {
  readonly url: string;
  stop(): Promise<void>;
}

const PATIENCE_MS = 30_000;

/** Starts stripe-mock on a free port. */
export async function startStripeMock(
  binary: string,
  { directory, signal }: { readonly directory: string; readonly signal?: AbortSignal | undefined },
): Promise<StripeMock> {
  const listening = Promise.withResolvers<string>();
  let output = "";
  let child: BackgroundProcess;
  try {
    child = startInBackground(binary, ["-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0"], {
      cwd: directory,
      env: process.env,
      signal,
      onOutput(text) {
        output += text;
        const [, address] = /Listening for HTTP at address: (\S+)/.exec(output) ?? [];
        if (address !== undefined) listening.resolve(`http://${address}`);
      },
    });
  } catch {
    throw new LaunchError(`${binary} could not be started.`);
  }
  const late = setTimeout(() => {
    listening.reject(new LaunchError(`stripe-mock does not listen:\n${output}`));
  }, PATIENCE_MS);
  void child.exited.then(() => {
    listening.reject(new LaunchError(`stripe-mock ended:\n${output}`));
  });
  try {
    return { url: await listening.promise, stop: () => child.kill() };
  } catch (error) {
    await child.kill();
    throw error;
  } finally {
    clearTimeout(late);
  }
}
