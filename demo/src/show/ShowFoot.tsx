import { Fragment } from "preact";
import { useObservable } from "@ambient/react";
import { LiveControls } from "../sound/LiveControls.js";
import { Icon, type IconName } from "../ui/Icon.js";
import { useIsNarrow } from "../ui/useIsNarrow.js";
import { useNews } from "./news.js";
import { useLiveShow } from "./ShowContext.js";
import { panelNames, type PanelName } from "./usePanel.js";
import { words } from "../words/words.js";

const icons: Record<PanelName, IconName> = {
  stage: "microphone",
  comments: "chat",
  music: "music",
  people: "people",
  host: "settings",
};

type TabNews = Partial<Record<PanelName, string | undefined>>;

/** Stays at the bottom of the screen: the sound and, on phones, the tabs with what is new on them. */
export function ShowFoot({
  panel,
  isHost,
  onChoose,
}: {
  readonly panel: PanelName;
  readonly isHost: boolean;
  readonly onChoose: (panel: PanelName) => void;
}) {
  const { show } = useLiveShow();
  const { role } = useObservable(show.me).value;
  // A wide screen shows all panels.
  const isNarrow = useIsNarrow();
  const { comments, requests } = useNews(!isNarrow || panel === "comments");
  const shownNews: TabNews = { comments: badgeOf(comments), host: badgeOf(requests) };
  const { news } = words.show;
  const spokenNews: TabNews = {
    comments: comments > 0 ? news.comments(comments) : undefined,
    host: requests > 0 ? news.host(requests) : undefined,
  };
  return (
    <div class="show-foot" data-on-stage={role !== "listener"}>
      <section class="show-foot-sound" aria-label={words.sound.title}>
        <LiveControls />
      </section>
      <nav class="panel-switch" aria-label={words.show.parts}>
        {panelNames
          .filter((name) => isHost || name !== "host")
          .map((name) => {
            const spoken = spokenNews[name];
            return (
              <Fragment key={name}>
                <button
                  type="button"
                  aria-current={panel === name ? "true" : undefined}
                  aria-describedby={spoken && `news-${name}`}
                  data-news={shownNews[name]}
                  onClick={() => {
                    onChoose(name);
                  }}
                >
                  <Icon name={icons[name]} size={22} />
                  <span>{words.show.tabs[name]}</span>
                </button>
                {/* Only as the button's description: its name stays the same. */}
                {spoken && (
                  <span id={`news-${name}`} hidden>
                    {spoken}
                  </span>
                )}
              </Fragment>
            );
          })}
      </nav>
    </div>
  );
}

/** More digits would cover the icon. */
const LARGEST = 50;

function badgeOf(count: number): string | undefined {
  if (count === 0) return undefined;
  return count < LARGEST ? `${count}` : `${LARGEST}+`;
}
