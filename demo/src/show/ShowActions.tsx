import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useReport } from "../audience/ReportButton.js";
import { SupportOpener, useSupport, type Supported } from "../support/SupportButton.js";
import { IconButton } from "../ui/Button.js";
import { Icon } from "../ui/Icon.js";
import { Menu } from "../ui/Menu.js";
import { useIsNarrow } from "../ui/useIsNarrow.js";
import { words } from "../words/words.js";
import { ShareButtons, useShareShow } from "./ShareButton.js";

/** What people do besides listening: buttons on wide screens, a menu on phones. */
export function ShowActions({
  title,
  ...supported
}: Supported & { readonly title: string; readonly showId: string }) {
  const isNarrow = useIsNarrow();
  const share = useShareShow(supported.showId, title);
  const support = useSupport(supported);
  const { uid } = useSession();
  const report = useReport({ showId: supported.showId }, words.audience.reportShow);
  const isOwn = supported.creatorUid === uid;
  const [button, setButton] = useState<HTMLElement>();
  const close = () => {
    setButton(undefined);
  };
  return (
    <>
      {isNarrow ? (
        <button
          type="button"
          class="icon-button icon-button-quiet"
          aria-haspopup="menu"
          aria-label={words.show.moreActions}
          onClick={({ currentTarget }) => {
            setButton(currentTarget);
          }}
        >
          <Icon name="more" size={20} />
        </button>
      ) : (
        <>
          <ShareButtons share={share} />
          <SupportOpener support={support} />
          {!isOwn && (
            <IconButton
              icon={report.action.icon}
              label={words.audience.reportShow}
              onClick={report.action.run}
            />
          )}
        </>
      )}
      {isNarrow && share.failure}
      {isNarrow && button && (
        <Menu
          button={button}
          label={words.show.moreActions}
          items={[
            ...share.actions,
            ...(support.action ? [support.action] : []),
            ...(isOwn ? [] : [{ ...report.action, text: words.audience.reportShow }]),
          ]}
          onClose={close}
        />
      )}
      {support.dialog}
      {report.dialog}
    </>
  );
}
