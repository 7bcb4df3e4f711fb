import assert from "node:assert/strict";
import type { Request } from "playwright-core";
import type { DemoPage } from "../browser/demoPage.js";
import type { Action, Scene } from "./action.js";

/**
 * Two tests for each action. Without a network it is refused where it was chosen, and is not sent later. If the answer is
 * lost, it takes effect, is shown, and leaves no error. The actions of a scene follow each other.
 */
export function describeActions<Where extends Scene>(
  title: string,
  open: () => Promise<Where>,
  actions: readonly Action<Where>[],
  close: (scene: Where) => Promise<unknown> = () => Promise.resolve(),
): void {
  describe(title, () => {
    let scene: Where;
    before(async () => {
      scene = await open();
    });
    // If a test fails while the network is cut, the next one must have it again.
    afterEach(() => Promise.all([scene.ben, scene.dan].map((person) => person.restoreNetwork())));
    after(async () => {
      await close(scene);
      await scene.browser.close();
    });

    for (const action of actions) {
      let isReached = false;
      const late: string[] = [];
      const watch = (request: Request) => {
        if (isRequestOf(action, request)) late.push(request.url());
      };
      const reach = async (person: DemoPage) => {
        await person.dismissToasts();
        if (!isReached) await action.reach?.(scene);
        isReached = true;
      };

      it(`${action.name}: is refused without a network`, async () => {
        const person = action.person(scene);
        await reach(person);
        await person.cutNetwork();
        await person.sees("You're offline.");
        if ("disabled" in action.refusal) {
          assert.ok(await action.refusal.disabled(scene).isDisabled());
        } else {
          await action.act(scene);
          const alert = action.refusal.alertIn(scene).getByRole("alert");
          await alert.getByText("You're offline").first().waitFor();
        }
        // Until the next test.
        person.page.on("request", watch);
        await person.restoreNetwork();
        await person.seesNoMore("You're offline.");
      });

      it(`${action.name}: takes effect although the answer is lost, and leaves no error`, async () => {
        const person = action.person(scene);
        await reach(person);
        person.page.off("request", watch);
        assert.deepEqual(late, [], "what was refused is not sent later");
        const { lost } = await person.loseAnswer(...action.request);
        const repeated =
          action.isQuiet &&
          person.page.waitForResponse((response) => isRequestOf(action, response.request()));
        await action.act(scene);
        await lost;
        await repeated;
        await action.shows(scene);
        await person.page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
        assert.deepEqual(await person.page.getByRole("alert").allInnerTexts(), []);
        await action.restore?.(scene);
      });
    }
  });
}

/** The SDK could send a queued write in two ways. */
function isRequestOf<Where extends Scene>(
  { request: [url, word] }: Action<Where>,
  request: Request,
): boolean {
  if (word === undefined) return request.url().endsWith(url.replaceAll("*", ""));
  const isWrite = /:commit|\/Write\/channel/.test(request.url());
  const body = request.postData() ?? "";
  return isWrite && (body.includes(word) || body.includes(encodeURIComponent(word)));
}
