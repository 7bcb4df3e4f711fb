import { useObservable, useUnseen } from "@ambient/react";
import { LiveControls } from "../sound/LiveControls.js";
import { Icon, type IconName } from "../ui/Icon.js";
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
  const news = {
    comments: useNewComments(panel === "comments"),
    host: useRequestCount(isHost),
  };
  return (
    <div class="show-foot" data-on-stage={role !== "listener"}>
      <section class="show-foot-sound" aria-label={words.sound.title}>
        <LiveControls />
      </section>
      <nav class="panel-switch" aria-label={words.show.parts}>
        {panelNames
          .filter((name) => isHost || name !== "host")
          .map((name) => (
            <button
              key={name}
              type="button"
              aria-label={words.show.tabs[name]}
              aria-describedby={`news-${name}`}
              aria-current={panel === name ? "true" : undefined}
              onClick={() => {
                onChoose(name);
              }}
            >
              <Icon name={icons[name]} size={22} />
              <span>{words.show.tabs[name]}</span>
              {(name === "comments" || name === "host") && news[name] > 0 && (
                <>
                  <span class="tab-badge">{news[name] < LARGEST ? news[name] : `${LARGEST}+`}</span>
                  <span id={`news-${name}`} class="visually-hidden">
                    {words.show.news[name](news[name])}
                  </span>
                </>
              )}
            </button>
          ))}
      </nav>
    </div>
  );
}

/** More digits would cover the icon. */
const LARGEST = 50;

/** Other people's comments. Whoever joins starts with none: they have missed nothing. */
function useNewComments(isLooking: boolean): number {
  const { show } = useLiveShow();
  const latest = useObservable(show.comments.latest).value;
  const others = latest?.filter(({ authorUid }) => authorUid !== show.uid);
  return useUnseen(
    others?.map(({ createdAt }) => createdAt.toMillis()),
    isLooking,
  );
}

/** The requests that wait for an answer. A look at them answers none. */
function useRequestCount(isHost: boolean): number {
  const { show } = useLiveShow();
  return useObservable(isHost ? show.stage.requests() : undefined).value?.length ?? 0;
}
