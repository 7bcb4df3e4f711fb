import { Logo } from "./Logo.js";
import { words } from "../words/words.js";

/** Shown until it is known who is signed in. */
export function Splash() {
  return (
    <main class="splash" aria-busy="true">
      <Logo size={56} />
      <p class="visually-hidden" role="status">
        {words.app.opening}
      </p>
    </main>
  );
}
