/**
 * An HTTP answer from Spotify, successful or not.
 *
 * @example
 * ```ts
 * const isDone = ({ status }: SpotifyAnswer) => status >= 200 && status < 300;
 * ```
 */
export interface SpotifyAnswer {
  readonly status: number;
  /** The parsed JSON; undefined if there is none. */
  readonly body: unknown;
  /** The raw text: some errors are not JSON. */
  readonly text: string;
  readonly retryAfter: string | null;
}
