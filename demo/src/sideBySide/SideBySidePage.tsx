import { useEffect, useState } from "preact/hooks";
import { placeOfShow } from "../app/route.js";
import { addressOf } from "../app/slot.js";
import { Logo } from "../app/Logo.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { ThemeButton } from "../app/ThemeButton.js";
import { onAirMessage } from "./onAirMessage.js";
import { words } from "../words/words.js";

const CREATOR = { slot: "creator-ada", name: "Ada" };
const LISTENER = { slot: "listener-dan", name: "Dan" };

/** A creator and a listener in one window, to see and hear how they affect each other. */
export function SideBySidePage() {
  const [showId, setShowId] = useState<string>();
  const heading = useViewFocus("side by side");
  const listener = words.sideBySide.listener(LISTENER.name);
  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      const message = onAirMessage.safeParse(event.data);
      if (event.origin === location.origin && message.success) setShowId(message.data.showId);
    };
    addEventListener("message", hear);
    return () => {
      removeEventListener("message", hear);
    };
  }, []);
  return (
    <div class="side-by-side">
      <header class="topbar">
        <a class="brand" href="/">
          <Logo />
          <span>
            Ambient<span class="visually-hidden">, {words.app.home}</span>
          </span>
        </a>
        <h1 class="side-by-side-title" ref={heading} tabIndex={-1}>
          {words.sideBySide.title}
        </h1>
        <ThemeButton />
      </header>
      <main class="side-by-side-frames">
        <Frame
          title={words.sideBySide.creator(CREATOR.name)}
          src={addressOf(CREATOR.slot, "#/on-air")}
        />
        {showId === undefined ? (
          <section class="frame" aria-label={listener}>
            <h2>{listener}</h2>
            <p class="frame-wait muted" role="status">
              {words.sideBySide.waiting(CREATOR.name)}
            </p>
          </section>
        ) : (
          <Frame title={listener} src={addressOf(LISTENER.slot, placeOfShow(showId))} />
        )}
      </main>
    </div>
  );
}

function Frame({ title, src }: { readonly title: string; readonly src: string }) {
  return (
    <section class="frame" aria-label={title}>
      <h2>{title}</h2>
      <iframe title={title} src={src} allow="microphone; autoplay" />
    </section>
  );
}
