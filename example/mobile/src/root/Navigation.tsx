import { useAmbient, useObservable } from "@ambient/react";
import { createBottomTabNavigator } from "@react-navigation/bottom-tabs";
import {
  createNavigationContainerRef,
  DarkTheme,
  DefaultTheme,
  NavigationContainer,
} from "@react-navigation/native";
import { createNativeStackNavigator } from "@react-navigation/native-stack";
import { useEffect, useState, type ReactNode } from "react";
import { Text as NativeText, useColorScheme } from "react-native";
import { ProfileScreen } from "../account/ProfileScreen";
import { DiscoverScreen } from "../discover/DiscoverScreen";
import type { Links } from "../links/links";
import type { Route } from "../links/route";
import { InboxScreen } from "../notifications/InboxScreen";
import { ShowScreen } from "../show/ShowScreen";
import { OfflineBanner } from "../ui/OfflineBanner";
import { useTheme } from "../ui/theme";
import type { StackParams, TabParams } from "./params";

const Stack = createNativeStackNavigator<StackParams>();
const Tabs = createBottomTabNavigator<TabParams>();
const container = createNavigationContainerRef<StackParams>();

/** The screens of a signed-in person. Links and notifications open them through `links`. */
export function Navigation({ links }: { readonly links: Links }) {
  const isDark = useColorScheme() === "dark";
  const theme = useTheme();
  const [isReady, setReady] = useState(false);
  useEffect(() => (isReady ? links.open(go) : undefined), [isReady, links]);
  const base = isDark ? DarkTheme : DefaultTheme;
  const { accent, card, line, live, page, text } = theme;
  return (
    <NavigationContainer
      ref={container}
      theme={{
        ...base,
        colors: { primary: accent, background: page, card, text, border: line, notification: live },
      }}
      documentTitle={{ formatter: (_options, route) => `${route?.name ?? "Home"} · Ambient` }}
      onReady={() => {
        setReady(true);
      }}
    >
      <Stack.Navigator>
        <Stack.Screen
          name="Home"
          component={Home}
          options={{ headerShown: false, title: "Ambient" }}
        />
        {/* Another show is a screen of its own, above the one that the person is in. */}
        <Stack.Screen
          name="Show"
          component={ShowScreen}
          getId={({ params }) => params.showId}
          layout={belowBanner}
        />
      </Stack.Navigator>
    </NavigationContainer>
  );
}

/** "Show" is on top of the tabs, so that going back leads to them. */
function go(route: Route): void {
  if (route.screen === "Show") container.navigate("Show", { showId: route.showId });
  else container.navigate("Home", { screen: route.screen }, { pop: true });
}

/** The banner is below the header, which keeps clear of the phone's camera. */
function belowBanner({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <OfflineBanner />
      {children}
    </>
  );
}

function Home() {
  const ambient = useAmbient();
  const { muted } = useTheme();
  const unread = useObservable(ambient.notifications.unread(10)).value ?? 0;
  return (
    // The navigator's own colours have too little contrast. The bar's height is fixed, so its text is, too.
    <Tabs.Navigator
      screenLayout={belowBanner}
      screenOptions={{ tabBarInactiveTintColor: muted, tabBarAllowFontScaling: false }}
    >
      <Tabs.Screen
        name="Discover"
        component={DiscoverScreen}
        options={{ tabBarIcon: ({ color }) => <TabIcon sign="◉" color={color} /> }}
      />
      <Tabs.Screen
        name="Inbox"
        component={InboxScreen}
        options={{
          title: "Notifications",
          tabBarIcon: ({ color }) => <TabIcon sign="✦" color={color} />,
          ...(unread > 0 && { tabBarBadge: unread > 9 ? "9+" : unread }),
        }}
      />
      <Tabs.Screen
        name="Profile"
        component={ProfileScreen}
        options={{ tabBarIcon: ({ color }) => <TabIcon sign="☻" color={color} /> }}
      />
    </Tabs.Navigator>
  );
}

/** The tab's name is next to it, so screen readers skip it. */
function TabIcon({ sign, color }: { readonly sign: string; readonly color: string }) {
  return (
    <NativeText aria-hidden allowFontScaling={false} style={{ color, fontSize: 20 }}>
      {sign}
    </NativeText>
  );
}
