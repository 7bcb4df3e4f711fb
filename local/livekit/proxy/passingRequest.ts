import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { readBytes } from "../../http/readBytes.js";

const LARGEST_BODY = 1024 * 1024;

/** A request on its way through the proxy, fully read. */
export interface PassingRequest {
  readonly method: string;
  readonly path: string;
  /** The raw bytes, because a signature covers them. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly subject: Subject;
}

/** The room, participant and event of a request. */
export interface Subject {
  readonly event?: string;
  readonly room?: string;
  readonly identity?: string;
}

export async function readPassing(message: IncomingMessage): Promise<PassingRequest> {
  const body = await readBytes(message, LARGEST_BODY);
  const [path = ""] = (message.url ?? "/").split("?");
  return {
    method: message.method ?? "GET",
    path,
    rawHeaders: message.rawHeaders,
    body,
    subject: subjectOf(path, body.toString("utf8")),
  };
}

/** What a fault can match in addition to method and path. */
export function describeSubject({ event, room, identity }: Subject): string {
  return [
    ...(event === undefined ? [] : [event]),
    ...(room === undefined ? [] : [`room=${room}`]),
    ...(identity === undefined ? [] : [`identity=${identity}`]),
  ].join(" ");
}

const word = z.string().min(1).max(200);

const webhook = z.object({
  event: word,
  room: z.object({ name: word }).optional().catch(undefined),
  participant: z.object({ identity: word }).optional().catch(undefined),
});

/** `CreateRoom` names the room in the field `name`. */
const roomCall = z.object({
  room: word.optional().catch(undefined),
  name: word.optional().catch(undefined),
  identity: word.optional().catch(undefined),
});

function subjectOf(path: string, body: string): Subject {
  if (path === "/webhook") {
    const { event, room, participant } = readAs(webhook, body) ?? {};
    return named({ event, room: room?.name, identity: participant?.identity });
  }
  const { room, name, identity } = readAs(roomCall, body) ?? {};
  return named({ event: undefined, room: room ?? name, identity });
}

function named(subject: Record<keyof Subject, string | undefined>): Subject {
  return Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== undefined));
}

function readAs<T>(schema: z.ZodType<T>, body: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
