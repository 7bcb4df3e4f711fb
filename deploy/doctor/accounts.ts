import { z } from "zod";
import { firebaseCli } from "../../local/files/paths.js";
import { type Check, note, ok } from "./finding.js";

const tokenInfo = z.object({ email: z.string() });

/**
 * firebase-tools deploys as the account that signed in to it, or with the application default credentials if none did.
 * What the doctor says of "your roles" is true of the latter.
 */
export const accounts: Check = {
  name: "Accounts",
  isOptional: true,
  async run({ edges, target }) {
    const { output } = await edges.run(process.execPath, [firebaseCli(), "login:list"]);
    const [, deployer] = /Logged in as (\S+)/.exec(output) ?? [];
    if (deployer === undefined) {
      return [ok(this.name, "firebase-tools also uses the application default credentials")];
    }
    const token = await edges.accessToken();
    const response = await edges
      .fetch("https://oauth2.googleapis.com/tokeninfo", {
        method: "POST",
        body: new URLSearchParams({ access_token: token }),
      })
      .then((each) => each.json())
      .catch(() => undefined);
    const examined = tokenInfo.safeParse(response).data?.email;
    if (deployer === examined) return [ok(this.name, deployer)];
    return [
      note(
        this.name,
        `firebase-tools deploys as ${deployer}, but the roles above are those of ${examined ?? "another account"}`,
        `gcloud auth application-default login, or npx firebase login:add; then npm run doctor -- --project ${target.name}`,
      ),
    ];
  },
};
