/** The part of a webhook's HTTP request that the functions use. */
export interface WebhookRequest {
  /** Absent without a body. */
  readonly rawBody?: Buffer;
  header(name: string): string | undefined;
}

/** The part of the HTTP response to it that they use. */
export interface WebhookResponse {
  status(code: number): { end(): unknown };
}
