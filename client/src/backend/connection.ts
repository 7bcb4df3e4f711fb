/**
 * `offline`: the server does not answer, and what is shown is what was known last.
 *
 * @example
 * ```ts
 * ambient.connection.subscribe((connection: Connection) => setBanner(connection === "offline"));
 * ```
 */
export type Connection = "online" | "offline";
