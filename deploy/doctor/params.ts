import { defaultParams } from "../settings.js";
import { type Check, lacks, ok } from "./finding.js";

/**
 * firebase-tools asks a person for each param that the file does not name, even if it has a default, and stops where it
 * cannot ask. Those without a default are examined with the service that needs them.
 */
export const params: Check = {
  name: "Params",
  run({ target: { params: values, projectId } }) {
    const defaults = Object.entries(defaultParams(projectId));
    const missing = defaults.filter(([name]) => !Object.hasOwn(values, name));
    if (missing.length === 0) return Promise.resolve([ok(this.name, "each has a value")]);
    const detail = `without a value: ${missing.map(([name]) => name).join(", ")}`;
    const lines = missing.map(([name, value]) => `${name}='${value}'`);
    const remedy = [`add to functions/.env.${projectId} (these are the defaults):`, ...lines];
    return Promise.resolve([lacks(this.name, detail, remedy.join("\n"))]);
  },
};
