import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { updateCreatorSearch } from "./updateCreatorSearch.js";

const SHOWN = ["displayName", "photoUrl", "followerCount"];

/** Updates the search when a profile's name, picture or number of followers changes. Other changes do not affect it. */
export async function onProfileWritten(
  deps: Pick<Dependencies, "firestore">,
  { data, params }: Pick<DocumentWrite<{ uid: string }>, "data" | "params">,
): Promise<void> {
  const isSame = SHOWN.every((field) => data?.before.get(field) === data?.after.get(field));
  if (!isSame) await updateCreatorSearch(deps, params.uid);
}
