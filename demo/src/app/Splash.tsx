import { Logo } from "./Logo.js";

/** Shown until it is known who is signed in. */
export function Splash() {
  return (
    <main class="splash" aria-busy="true">
      <Logo size={56} />
      <p class="visually-hidden" role="status">
        Ambient is opening.
      </p>
    </main>
  );
}
