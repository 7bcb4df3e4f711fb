import type { Show } from "@ambient/client";
import { flushSync } from "preact/compat";
import { useContext } from "preact/hooks";
import { COMMENT_FIELD } from "../comments/CommentField.js";
import { CommentsPanel } from "../comments/CommentsPanel.js";
import { MusicPanel } from "../music/MusicPanel.js";
import { StagePanel } from "../stage/StagePanel.js";
import { AudiencePanel } from "../audience/AudiencePanel.js";
import { PersonChooser } from "../audience/choosePerson.js";
import { LoadingPage } from "../ui/Notice.js";
import { ReactionBar } from "../reactions/ReactionBar.js";
import { HostPanel } from "./HostPanel.js";
import { ShowContext } from "./ShowContext.js";
import { ShowFoot } from "./ShowFoot.js";
import { ShowHeader } from "./ShowHeader.js";
import { ShowStates } from "./ShowStates.js";
import { useIsHost } from "./useIsHost.js";
import { usePanel } from "./usePanel.js";
import { words } from "../words/words.js";

/** A live show. Phones show one panel at a time, wide screens all of them. */
export function LiveShowView({ show }: { readonly show: Show }) {
  const live = useContext(ShowContext);
  const isHost = useIsHost(show);
  const [panel, setPanel] = usePanel(show.id, isHost);
  if (live?.show !== show) return <LoadingPage label={words.show.loading} />;
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
          <ShowFoot panel={panel} isHost={isHost} onChoose={setPanel} />
        </div>
      </PersonChooser>
    </ShowContext.Provider>
  );
}
