import { attribution, AmbientError, authorizeSpotify, readRedirect } from "@ambient/client/core";
import { useAction, useAmbient } from "@ambient/react";
import * as WebBrowser from "expo-web-browser";
import { Platform } from "react-native";
import { useConfig } from "../configContext";
import { Button } from "../ui/Button";
import { Card, Screen } from "../ui/layout";
import { Refused } from "../ui/Notice";
import { Text } from "../ui/Text";

export function SignInScreen() {
  const ambient = useAmbient();
  const { spotifyClientId, suite } = useConfig();
  const { isPending, error, run } = useAction();
  const signIn = async () => {
    const redirectUri =
      Platform.OS === "web" ? `${globalThis.location.origin}/callback` : "ambient://callback";
    const authorization = await authorizeSpotify({
      clientId: spotifyClientId,
      redirectUri,
      ...(suite && { authorizeUrl: `http://${suite.spotify}/authorize` }),
    });
    const result = await WebBrowser.openAuthSessionAsync(authorization.url, redirectUri);
    if (result.type !== "success") throw new AmbientError("SIGN_IN_CANCELLED");
    await ambient.account.signIn(readRedirect(result.url, authorization));
  };
  return (
    <Screen isCentred>
      <Card>
        <Text kind="title">Ambient</Text>
        <Text color="muted">Live talk and music, in sync for everyone.</Text>
        <Button
          kind="primary"
          text="Continue with Spotify"
          isBusy={isPending}
          onPress={() => {
            run(signIn);
          }}
        />
        <Refused error={error} />
        <Text kind="small" color="muted">
          {attribution.source}. Music needs Spotify Premium.
        </Text>
      </Card>
    </Screen>
  );
}
