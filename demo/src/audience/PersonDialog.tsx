import type { Participant } from "@ambient/client";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction, useObservable } from "@ambient/react";
import { placeOfCreator } from "../app/route.js";
import { FollowButton } from "../following/FollowButton.js";
import { useLiveShow } from "../show/ShowContext.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Refused } from "../ui/Notice.js";
import { BlockButton } from "./BlockButton.js";
import { ConfirmAction } from "./ConfirmAction.js";
import { actionsFor, type PersonAction } from "./personActions.js";
import { ReportForm } from "./ReportForm.js";
import { useParticipant } from "./useParticipant.js";
import { words } from "../words/words.js";

/** A person in the show, and what you can do. */
export function PersonDialog({
  uid,
  onClose,
}: {
  readonly uid: string;
  readonly onClose: () => void;
}) {
  const { ambient } = useSession();
  const { show } = useLiveShow();
  const me = useObservable(show.me).value;
  const playback = useObservable(show.music.playback).value;
  const found = useParticipant(uid);
  const person = found.value;
  const profile = useObservable(ambient.account.profile(uid)).value;
  const [isReporting, setReporting] = useState(false);
  const { isPending, error, run } = useAction();
  const name = person?.displayName ?? profile?.displayName ?? words.common.someone;
  const [confirming, setConfirming] = useState<PersonAction>();
  const act = (action: PersonAction, target: Participant) => {
    run(async () => {
      await action.run(show, target.uid);
      onClose();
    });
  };
  if (confirming?.confirm) {
    const { confirm } = confirming;
    return (
      <ConfirmAction
        uid={uid}
        name={name}
        action={confirming}
        confirm={confirm}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog title={name} onClose={onClose}>
      <div class="person-card">
        <Avatar uid={uid} name={name} size={64} />
        <div>
          {found.kind === "known" && (
            <p>{person?.state === "present" ? words.stage.role[person.role] : absenceOf(person)}</p>
          )}
          {profile && <p class="muted small">{words.count.followers(profile.followerCount)}</p>}
        </div>
      </div>
      {profile && profile.bio !== "" && <p dir="auto">{profile.bio}</p>}
      <div class="person-actions">
        <FollowButton uid={uid} name={name} />
        <a class="button button-quiet" href={placeOfCreator(uid)} onClick={onClose}>
          <span>{words.audience.seeShows}</span>
        </a>
      </div>
      {person && (
        <div class="person-actions">
          {actionsFor(me, person, playback?.mode === "music").map((action) => (
            <Button
              key={action.name}
              kind={action.confirm ? "danger" : "plain"}
              isBusy={isPending}
              onClick={() => {
                if (action.confirm) setConfirming(action);
                else act(action, person);
              }}
            >
              {words.audience.actions[action.name]}
            </Button>
          ))}
          {uid !== show.uid && !isReporting && (
            <>
              <BlockButton uid={uid} name={name} onDone={onClose} />
              <Button
                kind="quiet"
                onClick={() => {
                  setReporting(true);
                }}
              >
                {words.audience.report}
              </Button>
            </>
          )}
        </div>
      )}
      {isReporting && <ReportForm about={{ showId: show.id, uid }} onDone={onClose} />}
      <Refused
        error={found.kind === "failed" ? found.error : error}
        // The person left or lost their connection. The client's message would tell the host to join.
        messages={{ NOT_PARTICIPANT: words.audience.absent }}
      />
    </Dialog>
  );
}

function absenceOf(person: Participant | undefined): string {
  return person?.state === "lost" ? words.audience.reconnecting : words.audience.gone;
}
