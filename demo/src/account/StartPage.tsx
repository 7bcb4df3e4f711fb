import { Logo } from "../app/Logo.js";
import { addressOf } from "../app/slot.js";
import { ThemeButton } from "../app/ThemeButton.js";
import type { Persona, Suite } from "../suite/suite.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { Icon } from "../ui/Icon.js";
import { Banner } from "../ui/Notice.js";
import { routeOf } from "../app/route.js";
import { LinkedShowHead, useLinkedShow } from "./LinkedShow.js";
import { beginSignIn, signInAgain } from "./signIn.js";
import { messageOf, words } from "../words/words.js";

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
  const route = routeOf(location.hash);
  const linked = useLinkedShow(route.kind === "show" ? route.showId : undefined);
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
                  signInAgain(suite);
                }}
              >
                {words.common.signInAgain}
              </Button>
            }
          >
            <strong>{messageOf("SIGNED_OUT")}</strong> {words.start.signInLost}
          </Banner>
        )}
        <section class="hero" aria-labelledby="hero">
          {linked ? (
            <LinkedShowHead show={linked} />
          ) : (
            <>
              {linked === null && <p role="status">{words.start.linkedMissing}</p>}
              {route.kind === "creator" && <p role="status">{words.start.signInToSee}</p>}
              <h1 id="hero">{words.start.title}</h1>
              <p class="lead">{words.start.lead}</p>
            </>
          )}
          <div class="actions">
            {!linked && (
              <a class="button button-primary button-large" href="#/side-by-side">
                <Icon name="people" />
                <span>{words.start.sideBySide}</span>
              </a>
            )}
            <Button
              kind={linked ? "primary" : "plain"}
              onClick={() => {
                void beginSignIn(suite, slot);
              }}
            >
              {words.start.continue}
            </Button>
          </div>
        </section>
        <PersonaList title={words.start.hostAs} personas={suite.personas.filter(isCreator)} />
        <PersonaList
          title={words.start.listenAs}
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

function accountOf({ allowed, product }: Persona): string {
  if (!allowed) return words.start.notAllowed;
  return product === "premium" ? words.start.premium : words.start.free;
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
              <a class="persona" href={addressOf(persona.id, location.hash || "#/")}>
                <Avatar uid={persona.id} name={name} size={44} />
                <span>
                  <span class="persona-name" dir="auto">
                    {name}
                  </span>
                  <span class="muted small">{accountOf(persona)}</span>
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
