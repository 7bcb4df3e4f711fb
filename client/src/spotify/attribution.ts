/**
 * Texts that Spotify's guidelines require wherever its names, pictures or music appear, next to its logo and a
 * link.
 *
 * @example
 * ```ts
 * button.textContent = attribution.openButton;
 * ```
 */
export const attribution = {
  guidelines: "https://developer.spotify.com/documentation/design",
  /** Buttons must use exactly these words. */
  openButton: "OPEN SPOTIFY",
  playButton: "PLAY ON SPOTIFY",
  listenButton: "LISTEN ON SPOTIFY",
  /** For phones without the Spotify app. */
  installButton: "GET SPOTIFY FREE",
  /** For screen readers, in place of the logo. */
  source: "Music from Spotify",
  /** Next to a creator's counts: only Spotify counts Spotify streams. */
  playsCounted: "plays in Ambient",
} as const;

/**
 * Where to get the Spotify app.
 *
 * @example
 * ```ts
 * if (outcome.kind === "appMissing") openLink(spotifyApp.ios, attribution.installButton);
 * ```
 */
export const spotifyApp = {
  ios: "https://apps.apple.com/app/spotify-music/id324684580",
  android: "https://play.google.com/store/apps/details?id=com.spotify.music",
  elsewhere: "https://www.spotify.com/download",
} as const;
