/**
 * What Spotify's guidelines ask for wherever its names, pictures or music appear: its logo, and a way to
 * it.
 *
 * @example
 * ```ts
 * button.textContent = attribution.openButton;
 * ```
 */
export const attribution = {
  guidelines: "https://developer.spotify.com/documentation/design",
  /** The words on a button, and no others. */
  openButton: "OPEN SPOTIFY",
  playButton: "PLAY ON SPOTIFY",
  listenButton: "LISTEN ON SPOTIFY",
  /** Where the app is not installed. */
  installButton: "GET SPOTIFY FREE",
  /** What a listener reads, in place of a logo that a screen reader cannot show. */
  source: "Music from Spotify",
  /** What a creator reads beside a count: Spotify's streams are Spotify's to count. */
  playsCounted: "plays in Ambient",
} as const;

/**
 * Where the Spotify app is to be had.
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
