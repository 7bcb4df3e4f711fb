import { useEffect, useState } from "preact/hooks";
import { placeOfShow } from "../app/route.js";
import { addressOf } from "../app/slot.js";
import { Logo } from "../app/Logo.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { ThemeButton } from "../app/ThemeButton.js";
import { onAirMessage } from "./onAirMessage.js";

const CREATOR = "creator-ada";
const LISTENER = "listener-dan";

/** A creator and a listener in one window, to see and hear how they affect each other. */
export function SideBySidePage() {
  const [showId, setShowId] = useState<string>();
  const heading = useViewFocus("side by side");
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
            Ambient<span class="visually-hidden">, to the start</span>
          </span>
        </a>
        <h1 class="side-by-side-title" ref={heading} tabIndex={-1}>
          Creator and listener
        </h1>
        <ThemeButton />
      </header>
      <main class="side-by-side-frames">
        <Frame title="Creator: Ada" src={addressOf(CREATOR, "#/on-air")} />
        {showId === undefined ? (
          <section class="frame" aria-label="Listener: Dan">
            <h2>Listener: Dan</h2>
            <p class="frame-wait muted" role="status">
              Waiting for Ada to go on air…
            </p>
          </section>
        ) : (
          <Frame title="Listener: Dan" src={addressOf(LISTENER, placeOfShow(showId))} />
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
