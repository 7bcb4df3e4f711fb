import { messageFor } from "@ambient/client";
import { Logo } from "../app/Logo.js";
import { addressOf } from "../app/slot.js";
import { ThemeButton } from "../app/ThemeButton.js";
import type { Persona, Suite } from "../suite/suite.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { Icon } from "../ui/Icon.js";
import { Banner } from "../ui/Notice.js";
import { beginSignIn } from "./signIn.js";

/** Lets a visitor choose whom to sign in as. */
export function StartPage({
  suite,
  slot,
  isSignInLost,
}: {
  readonly suite: Suite;
  readonly slot: string;
  /** The person was signed in here and did not sign out here. */
  readonly isSignInLost: boolean;
}) {
  const isCreator = ({ id }: Persona) => id.startsWith("creator-");
  return (
    <div class="start">
      <header class="topbar">
        <span class="brand">
          <Logo />
          <span>Ambient</span>
        </span>
        <ThemeButton />
      </header>
      <main class="start-main">
        {isSignInLost && (
          <Banner
            icon="close"
            kind="warning"
            actions={
              <Button
                kind="primary"
                isSmall
                onClick={() => {
                  void beginSignIn(suite, slot, suite.personas.find(({ id }) => id === slot)?.id);
                }}
              >
                Sign in again
              </Button>
            }
          >
            <strong>{messageFor("SIGNED_OUT")}</strong> Sign in again, and you are back where you
            were.
          </Banner>
        )}
        <section class="hero" aria-labelledby="hero">
          <h1 id="hero">Talk, and music that everyone hears at the same moment.</h1>
          <p class="lead">
            Go live, bring people on stage, and play songs in step. This is a demo: everything runs
            on your machine, and nobody needs an account.
          </p>
          <div class="actions">
            <a class="button button-primary button-large" href="#/side-by-side">
              <Icon name="people" />
              <span>Open creator and listener side by side</span>
            </a>
            <Button
              onClick={() => {
                void beginSignIn(suite, slot);
              }}
            >
              Continue with Spotify
            </Button>
          </div>
        </section>
        <PersonaList title="Host a show as" personas={suite.personas.filter(isCreator)} />
        <PersonaList
          title="Listen as"
          personas={suite.personas.filter((persona) => !isCreator(persona))}
        />
      </main>
    </div>
  );
}

/** The name for personas without one at Spotify: `listener-eve` becomes Eve. */
function nameFrom(personaId: string): string {
  const name = personaId.replace(/^.*-/, "");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function PersonaList({
  title,
  personas,
}: {
  readonly title: string;
  readonly personas: readonly Persona[];
}) {
  return (
    <section class="personas" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {personas.map((persona) => {
          const name = persona.displayName ?? nameFrom(persona.id);
          return (
            <li key={persona.id}>
              <a class="persona" href={addressOf(persona.id)}>
                <Avatar uid={persona.id} name={name} size={44} />
                <span>
                  <span class="persona-name">{name}</span>
                  <span class="muted small">
                    {persona.product === "premium" ? "Spotify Premium" : "Spotify Free"}
                  </span>
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
