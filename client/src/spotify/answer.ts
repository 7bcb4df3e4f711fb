/**
 * What Spotify answered, whatever it was.
 *
 * @example
 * ```ts
 * const isDone = ({ status }: SpotifyAnswer) => status >= 200 && status < 300;
 * ```
 */
export interface SpotifyAnswer {
  readonly status: number;
  /** The JSON in it; undefined where there is none. */
  readonly body: unknown;
  /** As it came: some refusals are plain text. */
  readonly text: string;
  readonly retryAfter: string | null;
}
