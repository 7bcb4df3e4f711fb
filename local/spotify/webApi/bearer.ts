import type { HttpRequest } from "../../http/readRequest.js";

export function bearerToken({ headers }: HttpRequest): string | null {
  return /^bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? null;
}
