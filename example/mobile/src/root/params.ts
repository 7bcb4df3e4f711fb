import type { NavigatorScreenParams } from "@react-navigation/native";

export type TabParams = { Discover: undefined; Inbox: undefined; Profile: undefined };

export type StackParams = {
  Home: NavigatorScreenParams<TabParams> | undefined;
  Show: { readonly showId: string };
};

declare global {
  // React Navigation reads the app's screens from here.
  // oxlint-disable-next-line typescript/no-namespace
  namespace ReactNavigation {
    interface RootParamList extends StackParams {}
  }
}
