import { z } from "zod";
import {
  appCheck,
  appUrl,
  audioProvider,
  declaredParams,
  livekitApiKey,
  livekitApiUrl,
  livekitUrl,
  payments,
  spotifyAccountsUrl,
  spotifyClientId,
  spotifyRedirectUris,
  stripeApiUrl,
} from "../functions/src/config.js";
import { functionTable, optionsOf, type FunctionName } from "../functions/src/functionOptions.js";

/** The params of a deployment that doctor and smoke need. */
export interface Settings {
  /** Absent if they are not set and have no default. */
  readonly spotifyClientId: string | undefined;
  readonly spotifyRedirectUris: readonly string[] | undefined;
  readonly spotifyAccountsUrl: string;
  readonly appCheck: string;
  readonly appUrl: string;
  readonly audioProvider: string;
  readonly livekitUrl: string;
  readonly livekitApiUrl: string;
  readonly livekitApiKey: string;
  readonly payments: string;
  readonly stripeApiUrl: string;
  /** The CPUs that each function takes at its limit of instances. */
  readonly cpus: ReadonlyMap<string, number>;
}

interface Param {
  readonly name: string;
  readonly options: { readonly default?: unknown };
}

/** The params that have a default, with it, as the params' file of a project has them. */
export function defaultParams(projectId: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    declaredParams.flatMap((param) => {
      const value: unknown = "default" in param.options ? param.options.default : undefined;
      if (value === undefined) return [];
      // Its default is an expression of the project's id.
      if (param.name === appUrl.name) return [[param.name, settingsOf(projectId, {}).appUrl]];
      return [[param.name, typeof value === "string" ? value : JSON.stringify(value)]];
    }),
  );
}

/** The params that a deployment with this `functions/.env.<project id>` has. */
export function settingsOf(projectId: string, values: Readonly<Record<string, string>>): Settings {
  const text = ({ name, options }: Param): string =>
    values[name] ?? (typeof options.default === "string" ? options.default : "");
  const count = (limit: number | Param): number =>
    typeof limit === "number" ? limit : Number(values[limit.name] ?? limit.options.default);
  const uris = values[spotifyRedirectUris.name];
  const names = Object.keys(functionTable).filter(isFunctionName);
  return {
    spotifyClientId: values[spotifyClientId.name],
    spotifyRedirectUris: uris === undefined ? undefined : listOf(uris),
    spotifyAccountsUrl: text(spotifyAccountsUrl),
    appCheck: text(appCheck),
    // Its default is an expression of the project's id.
    appUrl: values[appUrl.name] ?? `https://${projectId}.web.app`,
    audioProvider: text(audioProvider),
    livekitUrl: text(livekitUrl),
    livekitApiUrl: text(livekitApiUrl),
    livekitApiKey: text(livekitApiKey),
    payments: text(payments),
    stripeApiUrl: text(stripeApiUrl),
    cpus: new Map(
      names.map((name) => {
        const { cpu, maxInstances } = optionsOf(name);
        return [name, cpu * count(maxInstances)];
      }),
    ),
  };
}

function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functionTable, name);
}

/** A list param's value: a JSON array. Anything else counts as empty, which a check reports. */
function listOf(value: string): readonly string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(value));
  } catch {
    return [];
  }
}
