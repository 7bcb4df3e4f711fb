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
import { words } from "../words/words.js";

export function DiscoverPage() {
  const [text, setText] = useState("");
  const heading = useViewFocus("discover");
  const sought = text.trim();
  return (
    <div class="page discover">
      <div class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {words.discover.title}
        </h1>
        <a class="button button-primary" href="#/new">
          <Icon name="plus" size={18} />
          <span>{words.discover.newShow}</span>
        </a>
      </div>
      <div class="discover-columns">
        <div class="discover-main">
          <div role="search">
            <TextField
              label={words.discover.search}
              value={text}
              onInput={setText}
              longest={100}
              isLabelHidden
              placeholder={words.discover.search}
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
        <div class="chips" role="group" aria-label={words.discover.tags}>
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
        title={words.discover.live}
        list={(request) =>
          tag === undefined ? discover.live(request) : discover.byTag(tag, "live", request)
        }
        keys={[ambient, tag]}
        icon="microphone"
        nothing={words.discover.nobodyLive}
        hint={tag === undefined ? words.discover.beFirst : words.discover.nothingLiveWith(tag)}
      />
      <ShowSection
        title={words.discover.upcoming}
        list={(request) =>
          tag === undefined ? discover.upcoming(request) : discover.byTag(tag, "upcoming", request)
        }
        keys={[ambient, tag]}
        icon="calendar"
        nothing={words.discover.nothingUpcoming}
        hint={words.discover.upcomingHint}
      />
    </>
  );
}
