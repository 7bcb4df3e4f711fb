import { attemptAll } from "../attemptAll.js";
import { queries } from "../contract/queries.js";
import { eachPage } from "../eachPage.js";
import { selectEverywhere } from "../queries.js";
import { onBlockWritten } from "./onBlockWritten.js";

const PAGE = 100;

/** Twice the time between two runs, so that a run that fails loses nothing. In ms. */
const LOOKS_BACK_MS = 2 * 60 * 60_000;

/** Carries out the blocks of the last two hours once more: the healer of blocks whose event was lost. */
export async function sweepBlocks(deps: Parameters<typeof onBlockWritten>[0]): Promise<void> {
  const since = new Date(deps.clock.now() - LOOKS_BACK_MS);
  const blocks = selectEverywhere(deps.firestore, queries.blocksSince, since);
  await eachPage(blocks, PAGE, (page) =>
    attemptAll(page, async ({ id, ref }) => {
      const uid = ref.parent.parent?.id;
      if (uid !== undefined) await onBlockWritten(deps, { params: { uid, otherUid: id } });
    }),
  );
}
