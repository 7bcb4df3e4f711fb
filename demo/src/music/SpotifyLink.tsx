import { attribution, openUriInSpotify } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useLiveShow } from "../show/ShowContext.js";
import { words } from "../words/words.js";

/** The link back that Spotify requires wherever a track is shown. */
export function SpotifyLink({ uri }: { readonly uri: string }) {
  const { ambient } = useSession();
  const { show } = useLiveShow();
  const link = openUriInSpotify(uri);
  if (!link) return null;
  return (
    <a
      class="small"
      href={link.web}
      target="_blank"
      rel="noreferrer"
      onClick={() => {
        ambient.shows.countUse(show.id, "opened").catch(() => undefined);
      }}
    >
      {attribution.source}
      <span class="visually-hidden"> {words.music.opensSpotify}</span>
    </a>
  );
}
