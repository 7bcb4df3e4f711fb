import type { Endpoints } from "../../local/suite/endpoints.js";
import { rewrite } from "./adminSide.js";

const int = (value: number) => ({ integerValue: `${value}` });
const map = (fields: Readonly<Record<string, unknown>>) => ({ mapValue: { fields } });

/** Lets the suite's creators be supported with euros, as an operator would. `false` takes it back. */
export async function offerSupport(endpoints: Endpoints, isOffered = true): Promise<void> {
  const eur = map({
    min: int(200),
    max: int(20_000),
    suggested: { arrayValue: { values: [int(300), int(500)] } },
  });
  await rewrite(endpoints, "config/client", {
    minVersions: map({
      ios: { stringValue: "1" },
      android: { stringValue: "1" },
      web: { stringValue: "1" },
    }),
    features: map({}),
    support: isOffered ? map({ currencies: map({ eur }) }) : undefined,
  });
}
