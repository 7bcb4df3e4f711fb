import type { Participant } from "@ambient/client";
import { Avatar } from "../ui/Avatar.js";
import { Icon } from "../ui/Icon.js";
import { words } from "../words/words.js";

/** A person on the stage. The ring around them grows with their voice. */
export function PersonTile({
  person,
  isMe,
  level,
  isMuted,
  onChoose,
}: {
  readonly person: Participant;
  readonly isMe: boolean;
  /** From 0 to 1. */
  readonly level: number;
  readonly isMuted: boolean;
  readonly onChoose: () => void;
}) {
  const isSpeaking = level > 0;
  const { displayName, role, uid } = person;
  return (
    <button
      type="button"
      class="person-tile"
      data-uid={uid}
      data-speaking={isSpeaking}
      onClick={onChoose}
    >
      <span class="person-ring" style={{ "--level": level.toFixed(2) }}>
        <Avatar uid={uid} name={displayName} size={72} />
        {role === "creator" && (
          <span class="person-badge">
            <Icon name="crown" size={14} />
          </span>
        )}
        {isMuted && (
          <span class="person-badge person-muted">
            <Icon name="microphoneOff" size={14} />
          </span>
        )}
      </span>
      <span class="person-tile-name" dir="auto">
        {displayName}
      </span>
      <span class="muted small">
        {words.stage.role[role]}
        {isMe && `, ${words.stage.you}`}
        {isSpeaking && <span class="visually-hidden">, {words.stage.speaking}</span>}
        {isMuted && <span class="visually-hidden">, {words.stage.muted}</span>}
      </span>
    </button>
  );
}
