import type { Profile } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useAction, useObservable } from "@ambient/react";
import { CannotOpen } from "../app/CannotOpen.js";
import { ToDiscover } from "../app/ToDiscover.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { ReportButton } from "../audience/ReportButton.js";
import { BlockButton } from "../audience/BlockButton.js";
import { ShowCard } from "../discover/ShowCard.js";
import { ShowSection } from "../discover/ShowSection.js";
import { FollowButton } from "../following/FollowButton.js";
import { ShareCreator } from "../show/ShareButton.js";
import { SupportButton } from "../support/SupportButton.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { LoadingPage, NoticePage, Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** A creator, and their public shows. */
export function CreatorPage({ uid }: { readonly uid: string }) {
  const { ambient } = useSession();
  const known = useObservable(ambient.creator(uid).profile);
  if (known.kind === "loading") return <LoadingPage label={words.creator.loading} />;
  if (known.kind === "failed") {
    return <CannotOpen error={known.error} onRetry={known.retry} />;
  }
  if (!known.value) return <NoCreator uid={uid} />;
  return <Creator uid={uid} profile={known.value} />;
}

/** The person does not exist, or a block hides them. */
function NoCreator({ uid }: { readonly uid: string }) {
  const { ambient } = useSession();
  const { isPending, error, run } = useAction();
  const isBlocking = useObservable(ambient.account.isBlocking(uid));
  if (isBlocking.kind === "loading") return <LoadingPage label={words.creator.loading} />;
  if (!isBlocking.value) {
    return (
      <NoticePage icon="close" title={words.creator.missing} actions={<ToDiscover />}>
        <p>{words.creator.missingHint}</p>
      </NoticePage>
    );
  }
  return (
    <NoticePage
      icon="close"
      title={words.creator.blocked}
      actions={
        <>
          <ToDiscover />
          <Button
            isBusy={isPending}
            onClick={() => {
              run(() => ambient.account.unblock(uid));
            }}
          >
            {words.account.blocked.unblock}
          </Button>
        </>
      }
      below={<Refused error={error} />}
    >
      <p>{words.creator.blockedHint}</p>
    </NoticePage>
  );
}

function Creator({ uid, profile }: { readonly uid: string; readonly profile: Profile }) {
  const session = useSession();
  const { ambient } = session;
  const creator = ambient.creator(uid);
  const found = useObservable(creator.live);
  const live = found.value;
  const heading = useViewFocus(uid);
  const { bio, displayName, followerCount, links } = profile;
  return (
    <div class="page discover">
      <header class="card creator-head">
        <Avatar uid={uid} name={displayName} size={88} />
        <div class="creator-about">
          <h1 ref={heading} tabIndex={-1} dir="auto">
            {displayName}
          </h1>
          <p class="muted">{words.count.followers(followerCount)}</p>
          {bio !== "" && <p dir="auto">{bio}</p>}
          {links.length > 0 && (
            <ul class="creator-links">
              {links.map((link) => (
                <li key={link}>
                  <a href={link} rel="noopener noreferrer nofollow" target="_blank">
                    {link.replace("https://", "")}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </div>
        <div class="actions">
          <FollowButton uid={uid} name={displayName} isMain />
          <ShareCreator uid={uid} name={displayName} />
          {/* A live show may be playing music, which only its audience can tell. Its page offers the button. */}
          <SupportButton creatorUid={uid} name={displayName} isMusicOn={live !== undefined} />
          {uid !== session.uid && (
            <>
              <BlockButton uid={uid} name={displayName} onDone={() => undefined} />
              <ReportButton about={{ uid }} title={words.audience.reportPerson(displayName)} />
            </>
          )}
        </div>
      </header>
      {found.kind === "failed" && <Refused error={found.error} />}
      {live && (
        <section aria-labelledby="creator-live">
          <h2 id="creator-live">{words.discover.live}</h2>
          <ul class="show-grid">
            <li>
              <ShowCard show={live} />
            </li>
          </ul>
        </section>
      )}
      <ShowSection
        title={words.discover.upcoming}
        list={(request) => creator.upcoming(request)}
        keys={[ambient, uid]}
        icon="calendar"
        nothing={words.discover.nothingUpcoming}
        hint={words.discover.upcomingHint}
      />
      <ShowSection
        title={words.creator.past}
        list={(request) => creator.past(request)}
        keys={[ambient, uid]}
        icon="moon"
        nothing={words.creator.noPast}
        hint={words.creator.pastHint}
      />
    </div>
  );
}
