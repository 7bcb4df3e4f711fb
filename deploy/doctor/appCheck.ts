import { appCheckConfig, firebaseApps, type FirebaseApp } from "../google/answers.js";
import type { Google } from "../google/google.js";
import { type Check, type Finding, lacks, note, ok } from "./finding.js";

/** The providers that Firebase has for each platform: one is enough. */
const providers: Readonly<Record<string, readonly string[]>> = {
  ANDROID: ["playIntegrityConfig"],
  IOS: ["appAttestConfig", "deviceCheckConfig"],
  WEB: ["recaptchaEnterpriseConfig", "recaptchaV3Config"],
};

export const appCheckProviders: Check = {
  name: "App Check",
  async run({ google, target }) {
    const { projectId, settings } = target;
    if (settings.appCheck === "off") {
      const remedy = `set APP_CHECK=monitor in functions/.env.${projectId}`;
      return [note(this.name, "off: scripts may call as apps do", remedy)];
    }
    const path = `/v1beta1/projects/${projectId}:searchApps`;
    const pages = await google.list(firebaseApps, "firebase", path);
    const apps = pages.flatMap((page) => page.apps);
    const isEnforced = settings.appCheck === "enforce";
    if (apps.length === 0) {
      const remedy = `npx firebase apps:create --project ${projectId}`;
      return [(isEnforced ? lacks : note)(this.name, "the project has no apps", remedy)];
    }
    return Promise.all(apps.map((app) => examineApp(google, app, isEnforced)));
  },
};

async function examineApp(google: Google, app: FirebaseApp, isEnforced: boolean): Promise<Finding> {
  const name = `App Check of ${app.displayName || app.appId}`;
  const registered = await Promise.all(
    (providers[app.platform] ?? []).map(async (provider) => {
      const path = `/v1/projects/${google.projectId}/apps/${app.appId}/${provider}`;
      const config = await google.find(appCheckConfig, "firebaseappcheck", path);
      return isUsable(provider, config) ? [provider.replace("Config", "")] : [];
    }),
  );
  const [provider] = registered.flat();
  if (provider !== undefined) return ok(name, provider);
  const remedy = `https://console.firebase.google.com/project/${google.projectId}/appcheck/apps`;
  const detail = isEnforced
    ? "no provider, and APP_CHECK=enforce refuses its calls"
    : "no provider: its calls are logged as unverified";
  return (isEnforced ? lacks : note)(name, detail, remedy);
}

function isUsable(
  provider: string,
  config: Awaited<ReturnType<typeof appCheckConfig.parseAsync>> | undefined,
): boolean {
  switch (provider) {
    case "recaptchaEnterpriseConfig":
      return (config?.siteKey ?? "") !== "";
    case "recaptchaV3Config":
      return config?.siteSecretSet === true;
    case "deviceCheckConfig":
      return config?.privateKeySet === true;
    default:
      return config !== undefined;
  }
}
