import type { AccountDetails } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { leaveSlot } from "../app/slot.js";
import { useAction, useObservable } from "@ambient/react";
import { useViewFocus } from "../app/useViewFocus.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { ConfirmButton } from "../ui/ConfirmButton.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { GetPaid } from "../support/GetPaid.js";
import { FollowedPeople } from "../following/FollowedPeople.js";
import { Followers } from "../following/Followers.js";
import { BlockedPeople } from "./BlockedPeople.js";
import { Notices } from "./Notices.js";
import { ProfileForm } from "./ProfileForm.js";
import { TermsForm } from "./TermsForm.js";
import { YourData, type SetSigningOut } from "./YourData.js";
import { words } from "../words/words.js";

export function AccountPage({ setSigningOut }: { readonly setSigningOut: SetSigningOut }) {
  const { ambient, stay, uid } = useSession();
  const profile = useObservable(ambient.account.profile(uid));
  const details = useObservable(ambient.account.details);
  const { isPending, error, run } = useAction();
  const heading = useViewFocus("account");
  const isOnAir = useIsOnAir();
  const known = profile.value;
  const isLinked = details.value?.spotifyLinked === true;
  const signOut = async () => {
    await stay.leave();
    setSigningOut(true);
    await ambient.account.signOut();
    leaveSlot();
  };
  return (
    <div class="page page-narrow">
      <h1 ref={heading} tabIndex={-1}>
        {words.account.title}
      </h1>
      <TermsForm />
      {profile.kind === "loading" && <Skeleton rows={3} />}
      {profile.kind === "failed" && <Refused error={profile.error} />}
      {known && (
        <>
          <section class="card person-card" aria-label={words.account.profile}>
            <Avatar uid={uid} name={known.displayName} size={72} />
            <div>
              <p class="person-name" dir="auto">
                {known.displayName}
              </p>
              <p class="muted">{words.count.followers(known.followerCount)}</p>
            </div>
          </section>
          <section class="card" aria-labelledby="about-you">
            <h2 id="about-you">{words.account.about}</h2>
            <ProfileForm key={uid} bio={known.bio} supportLink={known.supportLink ?? ""} />
          </section>
        </>
      )}
      <GetPaid />
      <Notices />
      <section class="card" aria-labelledby="spotify">
        <h2 id="spotify">{words.account.spotify}</h2>
        {details.kind === "loading" && <Skeleton rows={1} />}
        {details.kind === "failed" && <Refused error={details.error} />}
        {details.kind === "known" && <p>{connectionText(details.value)}</p>}
        <div class="actions">
          {isLinked && (
            <Button
              isBusy={isPending}
              onClick={() => {
                run(() => ambient.account.disconnectSpotify());
              }}
            >
              {words.account.disconnect}
            </Button>
          )}
          {isOnAir ? (
            <ConfirmButton
              button={{ kind: "danger", children: words.account.signOut }}
              title={words.account.signOutTitle}
              confirmText={words.account.signOutNow}
              onConfirm={signOut}
            >
              <p>{words.account.signOutText}</p>
            </ConfirmButton>
          ) : (
            <Button
              kind="danger"
              isBusy={isPending}
              onClick={() => {
                run(signOut);
              }}
            >
              {words.account.signOut}
            </Button>
          )}
        </div>
        <Refused error={error} />
      </section>
      <FollowedPeople />
      <Followers />
      <BlockedPeople />
      <YourData setSigningOut={setSigningOut} />
    </div>
  );
}

/** Whether a show of the person's own is live, which would continue without them. */
function useIsOnAir(): boolean {
  const state = useObservable(useSession().stay.state).value;
  const show = state.kind === "in" ? state.show : undefined;
  const role = useObservable(show?.me).value?.role;
  const status = useObservable(show?.details).value?.status;
  return role === "creator" && status === "live";
}

function connectionText(details: AccountDetails | undefined): string {
  if (details?.spotifyLinked !== true) return words.account.notConnected;
  if (details.product === undefined) return words.account.connected;
  return details.product === "premium"
    ? words.account.connectedPremium
    : words.account.connectedFree;
}
