import type { Show } from "@ambient/client";
import { flushSync } from "preact/compat";
import { useContext, useState } from "preact/hooks";
import { COMMENT_FIELD } from "../comments/CommentField.js";
import { CommentsPanel } from "../comments/CommentsPanel.js";
import { MusicPanel } from "../music/MusicPanel.js";
import { StagePanel } from "../stage/StagePanel.js";
import { AudiencePanel } from "../audience/AudiencePanel.js";
import { PersonChooser } from "../audience/choosePerson.js";
import { Icon, type IconName } from "../ui/Icon.js";
import { LoadingPage } from "../ui/Notice.js";
import { ReactionBar } from "../reactions/ReactionBar.js";
import { HostPanel } from "./HostPanel.js";
import { ShowContext } from "./ShowContext.js";
import { ShowHeader } from "./ShowHeader.js";
import { ShowStates } from "./ShowStates.js";
import { useIsHost } from "./useIsHost.js";
import { words } from "../words/words.js";

type PanelName = "stage" | "comments" | "music" | "people" | "host";

const panels: readonly { name: PanelName; icon: IconName }[] = [
  { name: "stage", icon: "microphone" },
  { name: "comments", icon: "chat" },
  { name: "music", icon: "music" },
  { name: "people", icon: "people" },
  { name: "host", icon: "settings" },
];

/** A live show. Phones show one panel at a time, wide screens all of them. */
export function LiveShowView({ show }: { readonly show: Show }) {
  const live = useContext(ShowContext);
  const isHost = useIsHost(show);
  const [panel, setPanel] = useState<PanelName>("stage");
  if (live?.show !== show) return <LoadingPage label={words.show.loading} />;
  const offered = panels.filter(({ name }) => isHost || name !== "host");
  return (
    <ShowContext.Provider value={live}>
      <PersonChooser>
        <div class="show" data-panel={panel}>
          <button
            type="button"
            class="skip-link"
            onClick={() => {
              // A phone shows the field with its panel alone.
              flushSync(() => {
                setPanel("comments");
              });
              document.getElementById(COMMENT_FIELD)?.focus();
            }}
          >
            {words.comments.skip}
          </button>
          <ShowHeader />
          <ShowStates />
          <ReactionBar />
          <div class="show-columns">
            <div class="show-main">
              <StagePanel />
              <MusicPanel />
            </div>
            <CommentsPanel />
            <div class="show-side">
              {isHost && <HostPanel />}
              <AudiencePanel />
            </div>
          </div>
          <nav class="panel-switch" aria-label={words.show.parts}>
            {offered.map(({ name, icon }) => (
              <button
                key={name}
                type="button"
                aria-current={panel === name ? "true" : undefined}
                onClick={() => {
                  setPanel(name);
                }}
              >
                <Icon name={icon} size={22} />
                <span>{words.show.tabs[name]}</span>
              </button>
            ))}
          </nav>
        </div>
      </PersonChooser>
    </ShowContext.Provider>
  );
}
