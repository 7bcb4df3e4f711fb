import type { z } from "zod";
import type * as admins from "../../../functions/src/contract/admins.js";
import type * as audience from "../../../functions/src/contract/audience.js";
import type * as audio from "../../../functions/src/contract/audio.js";
import type { CallableContract } from "../../../functions/src/contract/callable.js";
import type * as follows from "../../../functions/src/contract/follows.js";
import type * as identity from "../../../functions/src/contract/identity.js";
import type * as moderation from "../../../functions/src/contract/moderation.js";
import type * as music from "../../../functions/src/contract/music.js";
import type * as notifications from "../../../functions/src/contract/notifications.js";
import type * as privacy from "../../../functions/src/contract/privacy.js";
import type * as reports from "../../../functions/src/contract/reports.js";
import type * as shows from "../../../functions/src/contract/shows.js";
import type * as songRequests from "../../../functions/src/contract/songRequests.js";
import type * as spotify from "../../../functions/src/contract/spotify.js";
import type * as stage from "../../../functions/src/contract/stage.js";
import type * as support from "../../../functions/src/contract/support.js";
import type * as suspensions from "../../../functions/src/contract/suspensions.js";
import type * as terms from "../../../functions/src/contract/terms.js";
import type * as wordFilter from "../../../functions/src/contract/wordFilter.js";

type Schemas = typeof admins &
  typeof audience &
  typeof audio &
  typeof follows &
  typeof identity &
  typeof moderation &
  typeof music &
  typeof notifications &
  typeof privacy &
  typeof reports &
  typeof shows &
  typeof songRequests &
  typeof spotify &
  typeof stage &
  typeof support &
  typeof suspensions &
  typeof terms &
  typeof wordFilter;

/**
 * The server's contracts, as types only. The server validates requests and answers; validating again here would
 * make every app reject what a newer server adds.
 */
type Contracts = {
  readonly [
    Name in keyof Schemas as Schemas[Name] extends CallableContract ? Name : never
  ]: Schemas[Name];
};

/**
 * The name of a callable function.
 *
 * @example
 * ```ts
 * const name: CallableName = "joinShow";
 * ```
 */
export type CallableName = keyof Contracts;

/**
 * What a callable takes.
 *
 * @example
 * ```ts
 * const request: RequestOf<"joinShow"> = { showId };
 * ```
 */
export type RequestOf<Name extends CallableName> = z.input<Contracts[Name]["request"]>;

/**
 * What a callable returns.
 *
 * @example
 * ```ts
 * const { role }: ResponseOf<"joinShow"> = answer;
 * ```
 */
export type ResponseOf<Name extends CallableName> = z.output<Contracts[Name]["response"]>;
