import { z } from "zod";
import { expo } from "./app.js";

const attributes = z.object({ $: z.record(z.string(), z.string()) });

const introspected = z.object({
  _internal: z.object({
    modResults: z.object({
      ios: z.object({
        infoPlist: z.object({
          UIBackgroundModes: z.array(z.string()),
          NSMicrophoneUsageDescription: z.string(),
          CFBundleURLTypes: z.array(z.object({ CFBundleURLSchemes: z.array(z.string()) })),
        }),
        entitlements: z.record(z.string(), z.unknown()),
      }),
      android: z.object({
        manifest: z.object({
          manifest: z.object({
            "uses-permission": z.array(attributes),
            "application": z.tuple([
              z.object({
                activity: z.array(
                  z.object({
                    "intent-filter": z.array(z.object({ data: z.array(attributes).optional() })),
                  }),
                ),
                service: z.array(attributes),
              }),
            ]),
          }),
        }),
      }),
    }),
  }),
});

/** The app's configuration as Expo writes it into the projects for Xcode and Gradle. */
export async function nativeSettings(variables: Readonly<Record<string, string>>) {
  const text = await expo(["config", "--type", "introspect", "--json"], variables);
  const { ios, android } = introspected.parse(JSON.parse(text))._internal.modResults;
  const { "uses-permission": permissions, application } = android.manifest.manifest;
  const [{ activity, service }] = application;
  const named = (isRemoved: boolean) =>
    permissions
      .filter(({ $ }) => ($["tools:node"] === "remove") === isRemoved)
      .map(({ $ }) => $["android:name"] ?? "");
  const links = activity
    .flatMap((each) => each["intent-filter"])
    .flatMap(({ data = [] }) => data)
    .map(({ $ }) => {
      const { "android:scheme": scheme, "android:host": host = "" } = $;
      return `${scheme}://${host}${$["android:pathPrefix"] ?? ""}`;
    });
  return {
    ios: {
      ...ios,
      schemes: ios.infoPlist.CFBundleURLTypes.flatMap((type) => type.CFBundleURLSchemes),
    },
    android: {
      permissions: named(false),
      removed: named(true),
      links,
      serviceTypes: (name: string) =>
        service
          .filter(({ $ }) => $["android:name"] === name)
          .flatMap(({ $ }) => $["android:foregroundServiceType"]?.split("|") ?? []),
    },
  };
}
