import { useState } from "preact/hooks";
import { Button, type ButtonProps } from "./Button.js";
import { ConfirmDialog, type Confirmation } from "./ConfirmDialog.js";

/** A button whose action the person confirms first. */
export function ConfirmButton({
  button,
  ...confirmation
}: Confirmation & {
  readonly button: Omit<ButtonProps, "onClick">;
}) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button
        {...button}
        onClick={() => {
          setAsking(true);
        }}
      />
      {isAsking && (
        <ConfirmDialog
          {...confirmation}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
