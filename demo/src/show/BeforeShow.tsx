import type { ShowDetails } from "@ambient/client";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { goTo } from "../app/route.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { WhenField } from "../discover/WhenField.js";
import { PlaylistPicker } from "../music/PlaylistPicker.js";
import { Button } from "../ui/Button.js";
import { counted, momentText } from "../ui/format.js";
import { Refused } from "../ui/Notice.js";
import { ShareButton } from "./ShareButton.js";
import { Problems } from "./Problems.js";
import { TagsCard } from "./TagsCard.js";

/** The person's own show before it is live: what is left to do, and the start button. */
export function BeforeShow({ details }: { readonly details: ShowDetails }) {
  const { ambient, stay } = useSession();
  const { id, description, playlist, scheduledFor, status, title } = details;
  const [when, setWhen] = useState<Date>();
  const { isPending, error, run } = useAction();
  const heading = useViewFocus(id);
  return (
    <div class="page page-narrow">
      <div class="page-head">
        <div>
          <p class="muted small">
            {scheduledFor ? `Announced for ${momentText(scheduledFor.toMillis())}` : "Draft"}
          </p>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        </div>
        <Button
          kind="primary"
          icon="microphone"
          isBusy={isPending}
          onClick={() => {
            run(() => stay.start(id));
          }}
        >
          Go live
        </Button>
      </div>
      {status === "scheduled" && (
        <div class="actions">
          <ShareButton showId={id} title={title} />
        </div>
      )}
      <Refused error={error} />
      {description !== "" && <p>{description}</p>}
      <Problems showId={id} trackCount={playlist?.trackCount ?? 0} />
      <section class="card" aria-labelledby="before-music">
        <h2 id="before-music">Music</h2>
        {playlist ? (
          <p>
            {playlist.name}, {counted(playlist.trackCount, "track")}.
          </p>
        ) : (
          <p class="muted">No playlist yet. You can also choose one while you are live.</p>
        )}
        <PlaylistPicker showId={id} />
      </section>
      <TagsCard show={details} />
      <form
        class="card form"
        aria-labelledby="before-when"
        onSubmit={(event) => {
          event.preventDefault();
          if (when) run(() => ambient.shows.edit(id, { scheduledFor: when }));
        }}
      >
        <h2 id="before-when">When</h2>
        <WhenField
          label={status === "scheduled" ? "Another time" : "Announce it for"}
          hint="People find an announced show under “Coming up”."
          onChange={setWhen}
        />
        <div class="actions">
          <Button type="submit" isBusy={isPending} isDisabled={!when}>
            Announce
          </Button>
          {status === "scheduled" && (
            <Button
              kind="danger"
              isBusy={isPending}
              onClick={() => {
                run(() => ambient.shows.cancel(id));
              }}
            >
              Cancel the show
            </Button>
          )}
          {status === "draft" && (
            <Button
              kind="danger"
              isBusy={isPending}
              onClick={() => {
                run(async () => {
                  await ambient.shows.delete(id);
                  goTo("#/");
                });
              }}
            >
              Delete the draft
            </Button>
          )}
        </div>
      </form>
    </div>
  );
}
