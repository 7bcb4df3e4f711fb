import { asAmbientError, type AmbientError } from "@ambient/client";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { placeOfShow } from "../app/route.js";
import { useToast } from "../app/Toaster.js";
import { receiveMessages, registrationToken } from "./localDevice.js";
import { locale } from "../words/words.js";

/** Registers this page as a device of the signed-in person, and shows what is pushed to it, as a phone would. */
export function usePushedMessages() {
  const { ambient, suite, uid } = useSession();
  const { toast } = useToast();
  const [error, setError] = useState<AmbientError>();
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isOver = false;
    const register = async () => {
      const token = await registrationToken(suite.fcm, uid);
      if (isOver) return;
      stop = receiveMessages(suite.fcm, token, ({ title, body, data }) => {
        toast({ icon: "bell", title, text: body, href: placeOfShow(data.showId) });
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
  }, [ambient, suite, uid, toast]);
  const dismissError = useCallback(() => {
    setError(undefined);
  }, []);
  return { error, dismissError };
}
