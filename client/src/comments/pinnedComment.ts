import type { FeedDocument } from "../../../functions/src/contract/feed.js";
import { Observed } from "../observe/observable.js";
import { createSource, mapped, switching, type Source } from "../observe/source.js";
import type { Comment } from "./comment.js";
import type { Reader } from "./reader.js";

const none: Source<null> = new Observed(null);

export interface PinSources {
  readonly reader: Source<Reader>;
  readonly pinnedId: Source<string | null>;
  readonly feed: Source<FeedDocument | undefined>;
  /** The comment's document; null while it is hidden. */
  readonly document: (id: string) => Source<Comment | null>;
}

/** The pinned comment. While there is a digest it includes the pinned comment, which saves a read. */
export function pinnedComment({
  reader,
  pinnedId,
  feed,
  document,
}: PinSources): Source<Comment | null> {
  return createSource((next, fail) => {
    let shown: Comment | null | undefined;
    const show = (comment: Comment | null) => {
      if (comment !== null && shown?.id === comment.id) return;
      if (comment === null && shown === null) return;
      shown = comment;
      next(comment);
    };
    const fromFeed = (id: string): Source<Comment | null> =>
      createSource((tell, tellFailure) => {
        let wasThere = false;
        return feed.subscribe((latest) => {
          const found = latest?.pinned;
          if (found?.id === id) {
            wasThere = true;
            tell(found);
          } else if (wasThere || shown?.id !== id) {
            // Otherwise the digest is older than the pin, and the comment that was read directly stays.
            tell(null);
          }
        }, tellFailure);
      });
    const source = switching(pinnedId, (id) =>
      id === null
        ? none
        : switching(isDigest(reader), (inDigest) => (inDigest ? fromFeed(id) : document(id))),
    );
    return source.subscribe(show, fail);
  });
}

function isDigest(reader: Source<Reader>): Source<boolean> {
  return mapped(reader, (kind) => kind === "digest");
}
