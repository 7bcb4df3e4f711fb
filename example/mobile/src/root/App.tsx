import type { Ambient } from "@ambient/client/core";
import { AmbientProvider, useAccount } from "@ambient/react";
import * as WebBrowser from "expo-web-browser";
import { StatusBar, View } from "react-native";
import { SafeAreaProvider } from "react-native-safe-area-context";
import { useEffect, useMemo, useState } from "react";
import { SignInScreen } from "../account/SignInScreen";
import { loadConfig, type Config } from "../config";
import { ConfigContext } from "../configContext";
import { openFirebase } from "../firebase/openFirebase";
import { Links } from "../links/links";
import { systemLinks } from "../links/systemLinks";
import { pushLinks, registerForPush } from "../push/push";
import { Loading, Notice } from "../ui/Notice";
import { useTheme } from "../ui/theme";
import { Navigation } from "./Navigation";

// On the web, Spotify's page is a second window. In it, this gives the address back and closes it.
const isRedirect = WebBrowser.maybeCompleteAuthSession().type === "success";

interface Opened {
  readonly ambient: Ambient;
  readonly config: Config;
}

async function open(): Promise<Opened> {
  const config = await loadConfig();
  return { config, ambient: await openFirebase(config) };
}

export function App() {
  const [opened, setOpened] = useState<Opened>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    if (!isRedirect) open().then(setOpened, setError);
  }, []);
  const theme = useTheme();
  return (
    <SafeAreaProvider>
      <StatusBar barStyle="default" />
      <View style={{ flex: 1, backgroundColor: theme.page }}>
        {error !== undefined && (
          <Notice isBad text="Ambient couldn't start. Please try again later." />
        )}
        {opened ? (
          <Ready {...opened} />
        ) : (
          error === undefined && <Loading what="Opening Ambient…" />
        )}
      </View>
    </SafeAreaProvider>
  );
}

function Ready({ ambient, config }: Opened) {
  // Created at once, because a link that opened the app must not get lost during the sign-in.
  const links = useMemo(() => new Links([pushLinks, systemLinks(config.linkHost)]), [config]);
  return (
    <ConfigContext value={config}>
      <AmbientProvider ambient={ambient}>
        <Account ambient={ambient} links={links} />
      </AmbientProvider>
    </ConfigContext>
  );
}

function Account({ ambient, links }: { readonly ambient: Ambient; readonly links: Links }) {
  const { uid } = useAccount();
  useEffect(() => {
    // Without push, the inbox still has every notification.
    if (uid) registerForPush(ambient).catch(() => undefined);
  }, [ambient, uid]);
  if (uid === undefined) return <Loading what="Signing in" />;
  // By its key, the next person starts with fresh screens.
  return uid === null ? <SignInScreen /> : <Navigation key={uid} links={links} />;
}
