import { ConfirmButton } from "../ui/ConfirmButton.js";
import { words } from "../words/words.js";
import { useLiveShow } from "./ShowContext.js";

/** Asks for confirmation, because it ends the show for everyone and cannot be undone. */
export function EndShowButton() {
  const { show } = useLiveShow();
  return (
    <ConfirmButton
      button={{ kind: "danger", children: words.show.end }}
      title={words.show.endTitle}
      confirmText={words.show.endNow}
      cancelText={words.show.keepGoing}
      onConfirm={() => show.end()}
    >
      <p>{words.show.endText}</p>
    </ConfirmButton>
  );
}
