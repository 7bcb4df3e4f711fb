/** As much of a webhook's HTTP request as the functions need. */
export interface WebhookRequest {
  /** Absent without a body. */
  readonly rawBody?: Buffer;
  header(name: string): string | undefined;
}

/** As much of the HTTP response to it as they need. */
export interface WebhookResponse {
  status(code: number): { end(): unknown };
}
