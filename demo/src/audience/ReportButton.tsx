import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import type { MenuItem } from "../ui/Menu.js";
import { words } from "../words/words.js";
import { ReportForm, type Reported } from "./ReportForm.js";

/** Opens the report of a person or a show to the admins. */
export function ReportButton({
  about,
  title,
}: {
  readonly about: Reported;
  /** Of the dialog. */
  readonly title: string;
}) {
  const { action, dialog } = useReport(about, title);
  return (
    <>
      <Button kind="quiet" isSmall icon={action.icon} onClick={action.run}>
        {action.text}
      </Button>
      {dialog}
    </>
  );
}

export function useReport(
  about: Reported,
  title: string,
): { readonly action: MenuItem; readonly dialog: ComponentChildren } {
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return {
    action: {
      icon: "flag",
      text: words.audience.report,
      run() {
        setOpen(true);
      },
    },
    dialog: isOpen && (
      <Dialog title={title} onClose={close}>
        <ReportForm about={about} onDone={close} />
      </Dialog>
    ),
  };
}
