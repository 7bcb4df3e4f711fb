import { asAmbientError, type AmbientError } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { placeOfShow } from "../app/route.js";
import { IconButton } from "../ui/Button.js";
import { Icon } from "../ui/Icon.js";
import { Refused } from "../ui/Notice.js";
import { receiveMessages, registrationToken, type PushedMessage } from "./localDevice.js";
import { locale, words } from "../words/words.js";

/** More would cover the page. */
const MAX_TOASTS = 3;

interface Toast extends PushedMessage {
  readonly id: number;
}

/** Registers this page as a device of the signed-in person, and shows what is pushed to it, as a phone would. */
export function Toasts() {
  const { ambient, suite, uid } = useSession();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [error, setError] = useState<AmbientError>();
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isOver = false;
    let next = 0;
    const register = async () => {
      const token = await registrationToken(suite.fcm, uid);
      if (isOver) return;
      stop = receiveMessages(suite.fcm, token, (message) => {
        next += 1;
        const id = next;
        setToasts((before) => [...before, { ...message, id }].slice(-MAX_TOASTS));
      });
      await ambient.notifications.register({ token, platform: "web", language: locale });
    };
    register().catch((thrown: unknown) => {
      if (!isOver) setError(asAmbientError(thrown));
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [ambient, suite, uid]);
  const dismiss = (id: number) => {
    setToasts((before) => before.filter((toast) => toast.id !== id));
  };
  return (
    <div class="toasts" role="status" aria-label={words.notifications.new}>
      {toasts.map(({ id, title, body, data }) => (
        <div class="toast" key={id}>
          <Icon name="bell" />
          <a
            href={placeOfShow(data.showId)}
            onClick={() => {
              dismiss(id);
            }}
          >
            <strong dir="auto">{title}</strong>
            <span class="muted">{body}</span>
          </a>
          <IconButton
            icon="close"
            label={words.notifications.dismiss(title)}
            onClick={() => {
              dismiss(id);
            }}
          />
        </div>
      ))}
      <Refused
        error={error}
        onDismiss={() => {
          setError(undefined);
        }}
      />
    </div>
  );
}
