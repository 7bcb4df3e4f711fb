import { Logo } from "./Logo.js";

/** Until it is known who is here. */
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
