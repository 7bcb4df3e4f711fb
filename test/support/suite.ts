import { readEndpoints, type Endpoints } from "../../local/suite/endpoints.js";

/**
 * The endpoints of the suite that the test run started, or of the one that AMBIENT_ENDPOINTS names.
 */
export function runningSuite(): Promise<Endpoints> {
  const file = process.env.AMBIENT_ENDPOINTS;
  if (!file) throw new Error("AMBIENT_ENDPOINTS is not set: run this test with npm run test:file");
  return readEndpoints(file);
}
