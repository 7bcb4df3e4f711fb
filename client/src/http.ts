/** `fetch`, as much of it as is needed: every platform has it, and a test can be one. */
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

/** Looked up at each call: a platform may put another one in its place. */
export const platformFetch: Fetch = (url, request) => globalThis.fetch(url, request);
