import type { ShowDetails } from "@ambient/client";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { replaceBy } from "../app/route.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { WhenField } from "../discover/WhenField.js";
import { PlaylistPicker } from "../music/PlaylistPicker.js";
import { Button } from "../ui/Button.js";
import { ConfirmButton } from "../ui/ConfirmButton.js";
import { momentText } from "../ui/format.js";
import { Refused } from "../ui/Notice.js";
import { MicrophoneSettings } from "../sound/MicrophoneSettings.js";
import { EditShowCard } from "./EditShowCard.js";
import { ShareButton } from "./ShareButton.js";
import { Problems } from "./Problems.js";
import { TagsCard } from "./TagsCard.js";
import { words } from "../words/words.js";

/** The person's own show before it is live: what is left to do, and the start button. */
export function BeforeShow({ details }: { readonly details: ShowDetails }) {
  const { ambient, stay } = useSession();
  const { id, description, playlist, scheduledFor, status, title, visibility } = details;
  const [when, setWhen] = useState<Date>();
  const goLive = useAction();
  const planning = useAction();
  const heading = useViewFocus(id);
  return (
    <div class="page page-narrow">
      <div class="page-head">
        <div>
          <p class="muted small">
            {scheduledFor
              ? words.show.before.scheduledFor(momentText(scheduledFor.toMillis()))
              : words.show.before.draft}
          </p>
          <h1 ref={heading} tabIndex={-1} dir="auto">
            {title}
          </h1>
        </div>
        <Button
          kind="primary"
          icon="microphone"
          isBusy={goLive.isPending}
          onClick={() => {
            goLive.run(() => stay.start(id));
          }}
        >
          {words.show.before.goLive}
        </Button>
      </div>
      <Refused error={goLive.error} />
      {visibility === "unlisted" ? (
        <section class="card" aria-labelledby="before-unlisted">
          <h2 id="before-unlisted">{words.show.before.unlisted}</h2>
          <p>
            {words.show.before.unlistedHint}
            {status === "draft" && ` ${words.show.before.unlistedDraft}`}
          </p>
          <div class="actions">
            <ShareButton showId={id} title={title} />
          </div>
        </section>
      ) : (
        status === "scheduled" && (
          <div class="actions">
            <ShareButton showId={id} title={title} />
          </div>
        )
      )}
      {description !== "" && <p dir="auto">{description}</p>}
      <Problems showId={id} trackCount={playlist?.trackCount ?? 0} />
      <section class="card" aria-labelledby="before-music">
        <h2 id="before-music">{words.show.before.music}</h2>
        {playlist ? (
          <p>
            {words.show.before.playlist(playlist.name, words.count.tracks(playlist.trackCount))}
          </p>
        ) : (
          <p class="muted">{words.show.before.noPlaylist}</p>
        )}
        <div class="actions">
          <PlaylistPicker showId={id} />
        </div>
      </section>
      <section class="card form sound-settings" aria-labelledby="before-sound">
        <h2 id="before-sound">{words.sound.title}</h2>
        <MicrophoneSettings />
      </section>
      <EditShowCard show={details} />
      <TagsCard show={details} />
      <form
        class="card form"
        aria-labelledby="before-when"
        onSubmit={(event) => {
          event.preventDefault();
          if (when) planning.run(() => ambient.shows.edit(id, { scheduledFor: when }));
        }}
      >
        <h2 id="before-when">{words.show.before.when}</h2>
        <WhenField
          label={status === "scheduled" ? words.show.before.newTime : words.show.before.time}
          hint={visibility === "unlisted" ? undefined : words.show.before.timeHint}
          onChange={setWhen}
        />
        <div class="actions">
          <Button type="submit" isBusy={planning.isPending} isDisabled={!when}>
            {words.show.before.schedule}
          </Button>
          {status === "scheduled" && (
            <ConfirmButton
              button={{ kind: "danger", children: words.show.before.cancel }}
              title={words.show.before.cancelTitle}
              confirmText={words.show.before.cancelNow}
              cancelText={words.show.before.keep}
              onConfirm={() => ambient.shows.cancel(id)}
            >
              <p>{words.show.before.cancelText}</p>
            </ConfirmButton>
          )}
          {status === "draft" && (
            <ConfirmButton
              button={{ kind: "danger", children: words.show.before.deleteDraft }}
              title={words.show.before.deleteTitle}
              confirmText={words.show.before.deleteNow}
              cancelText={words.show.before.keep}
              onConfirm={async () => {
                await ambient.shows.delete(id);
                // In place of the dialog, as a link in it would.
                replaceBy("#/");
              }}
            >
              <p>{words.account.data.irreversible}</p>
            </ConfirmButton>
          )}
        </div>
        <Refused error={planning.error} />
      </form>
    </div>
  );
}
