import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { Icon } from "../ui/Icon.js";
import { TextField } from "../ui/Field.js";
import { Following } from "./Following.js";
import { MyShows } from "./MyShows.js";
import { SearchResults } from "./Search.js";
import { ShowSection } from "./ShowSection.js";
import { useOfferedTags } from "./TagsField.js";

export function DiscoverPage() {
  const [text, setText] = useState("");
  const heading = useViewFocus("discover");
  const sought = text.trim();
  return (
    <div class="page discover">
      <div class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          What's on
        </h1>
        <a class="button button-primary" href="#/new">
          <Icon name="plus" size={18} />
          <span>New show</span>
        </a>
      </div>
      <div class="discover-columns">
        <div class="discover-main">
          <div role="search">
            <TextField
              label="Search shows and creators"
              value={text}
              onInput={setText}
              longest={100}
              isLabelHidden
              placeholder="Search shows and creators"
            />
          </div>
          {sought === "" ? <Lists /> : <SearchResults text={sought} />}
        </div>
        <MyShows />
      </div>
    </div>
  );
}

function Lists() {
  const { ambient } = useSession();
  const { discover } = ambient;
  const [tag, setTag] = useState<string>();
  const tags = useOfferedTags();
  return (
    <>
      {tags.length > 0 && (
        <div class="chips" role="group" aria-label="Tags">
          {tags.map((each) => (
            <button
              key={each}
              type="button"
              class="chip"
              aria-pressed={tag === each}
              onClick={() => {
                setTag(tag === each ? undefined : each);
              }}
            >
              {each}
            </button>
          ))}
        </div>
      )}
      {tag === undefined && <Following />}
      <ShowSection
        title="Live now"
        list={(request) =>
          tag === undefined ? discover.live(request) : discover.byTag(tag, "live", request)
        }
        keys={[ambient, tag]}
        icon="microphone"
        nothing="Nobody is on air"
        hint={
          tag === undefined
            ? "Be the first: a show of your own takes two clicks."
            : `No show about ${tag} is live.`
        }
      />
      <ShowSection
        title="Coming up"
        list={(request) =>
          tag === undefined ? discover.upcoming(request) : discover.byTag(tag, "upcoming", request)
        }
        keys={[ambient, tag]}
        icon="calendar"
        nothing="Nothing is announced"
        hint="Shows with a time appear here until they start."
      />
    </>
  );
}
