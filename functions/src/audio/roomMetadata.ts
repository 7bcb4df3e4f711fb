import { z } from "zod";
import { type Role, role } from "../contract/role.js";
import type { Entitlement } from "../ports/audioRooms.js";

const metadata = z.object({ role });

/** What others in the room see of a person's place. */
export function metadataOf(entitlement: Entitlement): string {
  return JSON.stringify({ role: entitlement.role });
}

/** Null: the metadata is not Ambient's. */
export function roleIn(text: string): Role | null {
  try {
    return metadata.parse(JSON.parse(text)).role;
  } catch {
    return null;
  }
}
