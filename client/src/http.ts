/** The part of `fetch` that is used here, so that tests can replace it. */
export type Fetch = (
  url: string,
  request: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  },
) => Promise<HttpAnswer>;

export interface HttpAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** Looked up at each call, because a platform may replace it. */
export const platformFetch: Fetch = (url, request) => globalThis.fetch(url, request);
