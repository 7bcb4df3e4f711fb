import type { LocalParticipant } from "@livekit/rtc-node";

type NativePermission = LocalParticipant["info"]["permission"];

/** LiveKit's permissions for a participant, and when they arrived. */
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
