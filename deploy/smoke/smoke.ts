import type { Ambient } from "../../client/src/ambient.js";
import type { Observable } from "../../client/src/observe/observable.js";
import type { Show } from "../../client/src/show/show.js";
import { healthAnswer } from "../../functions/src/contract/health.js";

/** The client package on one phone, signed in. */
export interface SmokePhone {
  readonly ambient: Ambient;
  readonly uid: string;
  close(): Promise<void>;
}

/** What a smoke test runs against. */
export interface SmokeSite {
  /** The address of a function. */
  functionUrl(name: string): string;
  /** The page of a shared link. */
  shareUrl(showId: string): string;
  /** Signs two people in, or says why it cannot. */
  readonly people:
    | { readonly skipped: string }
    | { openHost(): Promise<SmokePhone>; openGuest(): Promise<SmokePhone> };
}

export interface SmokeOptions {
  fetch(url: string, init?: RequestInit): Promise<Response>;
  print(line: string): void;
  /** How long one step may take. */
  readonly patienceMs: number;
}

/** `skipped`: only the server was tried, without a show. */
export type SmokeResult = "passed" | "skipped" | "failed";

/** Goes through the shortest show. Whatever fails, it ends the show and deletes what can be deleted. */
export async function smoke(site: SmokeSite, options: SmokeOptions): Promise<SmokeResult> {
  const run = new SmokeRun(options);
  const cleanUp: (() => Promise<unknown>)[] = [];
  const { people } = site;
  try {
    await tryServer(site, options, run);
    if ("skipped" in people) options.print(`  - skipped a show: ${people.skipped}`);
    else await tryShow(site, people, options, run, cleanUp);
  } catch (error) {
    run.fail(error);
  }
  for (const undo of cleanUp.reverse()) {
    await run.within(undo()).catch((error: unknown) => {
      run.fail(error, "cleaning up");
    });
  }
  const result = run.hasFailed ? "failed" : "skipped" in people ? "skipped" : "passed";
  options.print(
    {
      failed: `smoke failed after ${run.count} steps`,
      skipped: `smoke passed without a show: ${run.count} steps`,
      passed: `smoke passed: ${run.count} steps`,
    }[result],
  );
  return result;
}

class SmokeRun {
  readonly #options: SmokeOptions;
  #current = "";
  count = 0;
  hasFailed = false;

  constructor(options: SmokeOptions) {
    this.#options = options;
  }

  async step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    this.#current = name;
    const result = await this.within(work());
    this.count += 1;
    this.#options.print(`  ✓ ${name}`);
    return result;
  }

  async within<Result>(work: Promise<Result>): Promise<Result> {
    const late = Promise.withResolvers<never>();
    const seconds = this.#options.patienceMs / 1_000;
    const timer = setTimeout(() => {
      late.reject(new Error(`no answer within ${seconds} s`));
    }, this.#options.patienceMs);
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  fail(error: unknown, name = this.#current): void {
    this.hasFailed = true;
    this.#options.print(`  ✗ ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function tryServer(site: SmokeSite, options: SmokeOptions, run: SmokeRun): Promise<void> {
  await run.step("the clock answers", async () => {
    const response = await options.fetch(site.functionUrl("serverTime"));
    expect(response.ok, `serverTime answered ${response.status}`);
  });
  await run.step("Firestore and LiveKit are healthy", async () => {
    const response = await options.fetch(site.functionUrl("health"));
    // The first sweep after a deployment may not have run yet, so the status says less.
    const { firestore, livekit } = healthAnswer.parse(await response.json());
    expect(firestore.isHealthy, "the functions cannot read Firestore");
    expect(livekit.isHealthy, "LiveKit does not answer the functions");
  });
  await run.step("a caller who is not signed in is refused by the function itself", async () => {
    const response = await options.fetch(site.functionUrl("joinShow"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ data: { showId: "smoke" } }),
    });
    const text = await response.text();
    // Google's own refusal, without a public invoker, is a page.
    expect(
      response.status === 401 && text.includes("UNAUTHENTICATED"),
      `joinShow answered ${response.status}`,
    );
  });
}

async function tryShow(
  site: SmokeSite,
  people: Exclude<SmokeSite["people"], { readonly skipped: string }>,
  options: SmokeOptions,
  run: SmokeRun,
  cleanUp: (() => Promise<unknown>)[],
): Promise<void> {
  const open = async (name: string, work: () => Promise<SmokePhone>): Promise<SmokePhone> => {
    const phone = await run.step(name, work);
    cleanUp.push(() => phone.close());
    return phone;
  };
  const host = await open("the host signs in", () => people.openHost());
  const guest = await open("the guest signs in", () => people.openGuest());
  const title = "Smoke test";
  const { shows } = host.ambient;
  const showId = await run.step("the host creates a draft", () =>
    shows.create({ title, visibility: "unlisted" }),
  );
  let isOver = false;
  cleanUp.push(async () => {
    if (isOver) return;
    // The rules let a draft be deleted, and nothing else.
    await shows.delete(showId).catch(async () => (await host.ambient.join(showId)).end());
  });
  const stage = await run.step("the show goes live", () => host.ambient.start(showId));
  await run.step("the share page names it", async () => {
    const response = await options.fetch(site.shareUrl(showId));
    const page = await response.text();
    expect(response.ok && page.includes(title), `the page answered ${response.status}`);
  });
  const show = await run.step("the guest joins", () => guest.ambient.join(showId));
  await run.step("the host reads the guest's comment", () =>
    exchangeComment(show, stage, guest.uid, cleanUp),
  );
  await run.step("the guest leaves", () => show.leave());
  await run.step("the show ends", async () => {
    const { comments } = await stage.end();
    isOver = true;
    expect(comments === 1, `its summary counts ${comments} comments`);
  });
}

async function exchangeComment(
  show: Show,
  stage: Show,
  authorUid: string,
  cleanUp: (() => Promise<unknown>)[],
): Promise<void> {
  const commentId = await show.comments.send("Does it work?");
  cleanUp.push(() => show.comments.delete(commentId));
  await first(stage.comments.latest, (comments) =>
    comments.some((comment) => comment.id === commentId && comment.authorUid === authorUid),
  );
}

function first<Value>(
  source: Observable<Value>,
  matches: (value: Value) => boolean,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = source.subscribe((value) => {
      if (!matches(value)) return;
      resolve(value);
      queueMicrotask(() => {
        stop();
      });
    }, reject);
  });
}

function expect(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new Error(otherwise);
}
