import type { Ambient } from "@ambient/client";
import { Suspense } from "preact/compat";
import { useEffect, useRef, useState } from "preact/hooks";
import { SigningIn } from "../account/SigningIn.js";
import { StartPage } from "../account/StartPage.js";
import type { SetSigningOut } from "../account/YourData.js";
import { SuiteContext } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { DiscoverPage } from "../discover/DiscoverPage.js";
import { ShowAround } from "../show/ShowAround.js";
import type { Suite } from "../suite/suite.js";
import { LoadingPage, NoticePage } from "../ui/Notice.js";
import { lazyComponent, loadComponentsLater } from "./lazyComponent.js";
import { useRoute, type Route } from "./route.js";
import { Broken } from "./Broken.js";
import { Shell } from "./Shell.js";
import { Splash } from "./Splash.js";
import { Toaster } from "./Toaster.js";
import { ToDiscover } from "./ToDiscover.js";
import { words } from "../words/words.js";

const AccountPage = lazyComponent(
  async () => (await import("../account/AccountPage.js")).AccountPage,
);
const CreateShowPage = lazyComponent(
  async () => (await import("../discover/CreateShowPage.js")).CreateShowPage,
);
const CreatorPage = lazyComponent(
  async () => (await import("../creator/CreatorPage.js")).CreatorPage,
);
const InboxPage = lazyComponent(
  async () => (await import("../notifications/InboxPage.js")).InboxPage,
);
const ModerationPage = lazyComponent(
  async () => (await import("../moderation/ModerationPage.js")).ModerationPage,
);
const OnAir = lazyComponent(async () => (await import("../sideBySide/OnAir.js")).OnAir);
const ShowPage = lazyComponent(async () => (await import("../show/ShowPage.js")).ShowPage);
const SideBySidePage = lazyComponent(
  async () => (await import("../sideBySide/SideBySidePage.js")).SideBySidePage,
);
const ThanksPage = lazyComponent(async () => (await import("../support/ThanksPage.js")).ThanksPage);

export function App({
  ambient,
  suite,
  slot,
}: {
  readonly ambient: Ambient;
  readonly suite: Suite;
  readonly slot: string;
}) {
  const uid = useObservable(ambient.account.uid).value;
  const route = useRoute();
  const wasSignedIn = useRef(false);
  if (uid) wasSignedIn.current = true;
  // A notice is only for a sign-out that happened elsewhere. Reset when the page reloads.
  const isSigningOut = useRef(false);
  const [isBroken, setBroken] = useState(false);
  useEffect(loadComponentsLater, []);
  if (route.kind === "sideBySide") {
    return (
      <Suspense fallback={<Splash />}>
        <SideBySidePage />
      </Suspense>
    );
  }
  if (uid === undefined) return <Splash />;
  if (uid === null) {
    const persona = suite.personas.find(({ id }) => id === slot);
    // After a sign-out in another tab, a persona must not be signed in again at once.
    return persona && !wasSignedIn.current ? (
      <SigningIn suite={suite} slot={slot} persona={persona} />
    ) : (
      <StartPage
        suite={suite}
        slot={slot}
        isSignInLost={wasSignedIn.current && !isSigningOut.current}
      />
    );
  }
  return (
    <SuiteContext.Provider value={suite}>
      <ShowAround>
        <Toaster>
          <Shell
            slot={slot}
            // Keep the microphone button on screen even if its view crashes.
            shownShowId={route.kind === "show" && !isBroken ? route.showId : undefined}
          >
            <Broken key={JSON.stringify(route)} onChange={setBroken}>
              <Suspense fallback={<LoadingPage label={words.common.loading} />}>
                <View
                  route={route}
                  setSigningOut={(isOnPurpose) => {
                    isSigningOut.current = isOnPurpose;
                  }}
                />
              </Suspense>
            </Broken>
          </Shell>
        </Toaster>
      </ShowAround>
    </SuiteContext.Provider>
  );
}

function View({
  route,
  setSigningOut,
}: {
  readonly route: Exclude<Route, { kind: "sideBySide" }>;
  readonly setSigningOut: SetSigningOut;
}) {
  switch (route.kind) {
    case "discover":
      return <DiscoverPage />;
    case "account":
      return <AccountPage setSigningOut={setSigningOut} />;
    case "new":
      return <CreateShowPage />;
    case "inbox":
      return <InboxPage />;
    case "thanks":
      return <ThanksPage />;
    case "moderation":
      return <ModerationPage />;
    case "onAir":
      return <OnAir />;
    case "creator":
      return <CreatorPage key={route.uid} uid={route.uid} />;
    case "show":
      return <ShowPage key={route.showId} showId={route.showId} />;
    case "unknown":
      return (
        <NoticePage icon="close" title={words.app.missing.title} actions={<ToDiscover />}>
          <p>{words.app.missing.text}</p>
        </NoticePage>
      );
  }
}
