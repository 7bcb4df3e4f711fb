import type { LocalParticipant } from "@livekit/rtc-node";

type NativePermission = LocalParticipant["info"]["permission"];

/** What LiveKit lets one participant do, and when it said so. */
export interface Permission {
  readonly at: number;
  readonly canPublish: boolean;
  readonly canPublishData: boolean;
  readonly canSubscribe: boolean;
  readonly canUpdateMetadata: boolean;
}

export const permissionOf = (permission: NativePermission): Permission => ({
  at: performance.now(),
  canPublish: permission?.canPublish ?? false,
  canPublishData: permission?.canPublishData ?? false,
  canSubscribe: permission?.canSubscribe ?? false,
  canUpdateMetadata: permission?.canUpdateMetadata ?? false,
});
