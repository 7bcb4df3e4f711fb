/**
 * A page that is rendered with the hooks, over a world in memory. `npm run test:pack` runs it with React and with Preact,
 * in empty projects with the packed packages.
 */
import type { ShowDetails } from "@ambient/client/core";
import { FakeWorld } from "@ambient/client/testing";
import { AmbientProvider, useAccount, useAmbient, useObservable } from "@ambient/react";
import { createElement } from "react";
import { renderToString } from "react-dom/server";

const ambient = new FakeWorld().signIn({ displayName: "Ada" });
const showId = await ambient.shows.create({ title: "Night drive" });
const show = ambient.shows.show(showId);
const { promise, resolve } = Promise.withResolvers<ShowDetails | undefined>();
// The page shows what is known when it is rendered.
show.subscribe(resolve);
await promise;

function Title() {
  const { uid } = useAccount();
  const { kind, value } = useObservable(useAmbient().shows.show(showId));
  return createElement("h1", { id: uid }, value?.title ?? kind);
}

console.log(renderToString(createElement(AmbientProvider, { ambient }, createElement(Title))));
