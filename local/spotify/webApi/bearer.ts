import type { SpotifyRequest } from "../http.js";

export function bearerToken({ headers }: SpotifyRequest): string | null {
  return /^bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? null;
}
