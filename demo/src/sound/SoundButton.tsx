import { useState } from "preact/hooks";
import { IconButton } from "../ui/Button.js";
import { SoundDialog } from "./SoundDialog.js";
import { words } from "../words/words.js";

export function SoundButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton
        icon="settings"
        label={words.sound.open}
        onClick={() => {
          setOpen(true);
        }}
      />
      {isOpen && (
        <SoundDialog
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
