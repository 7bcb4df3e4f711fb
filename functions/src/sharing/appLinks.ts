import type { LinkedApps } from "../dependencies.js";

/** `/.well-known/assetlinks.json`. https://developer.android.com/training/app-links/verify-android-applinks */
export function assetLinks({ androidPackage, androidFingerprints }: LinkedApps): object[] {
  if (androidPackage === "") return [];
  return [
    {
      relation: ["delegate_permission/common.handle_all_urls"],
      target: {
        namespace: "android_app",
        package_name: androidPackage,
        sha256_cert_fingerprints: androidFingerprints,
      },
    },
  ];
}

/** `/.well-known/apple-app-site-association`. https://developer.apple.com/documentation/xcode/supporting-associated-domains */
export function appleAppSiteAssociation({ iosAppId }: LinkedApps): object {
  const details = iosAppId === "" ? [] : [{ appIDs: [iosAppId], components: [{ "/": "/s/*" }] }];
  return { applinks: { details } };
}
