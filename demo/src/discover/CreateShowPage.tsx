import { useState } from "preact/hooks";
import { TermsForm } from "../account/TermsForm.js";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { placeOfShow, replaceBy } from "../app/route.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { Button } from "../ui/Button.js";
import { Switch, TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { TagsField, useOfferedTags } from "./TagsField.js";
import { WhenField } from "./WhenField.js";
import { words } from "../words/words.js";

export function CreateShowPage() {
  const { ambient } = useSession();
  const [title, setTitle] = useState("");
  const [description, setDescription] = useState("");
  const [isUnlisted, setUnlisted] = useState(false);
  const [isForAdults, setForAdults] = useState(false);
  const offered = useOfferedTags();
  const [tags, setTags] = useState<readonly string[]>([]);
  const [scheduledFor, setScheduledFor] = useState<Date>();
  const { isPending, error, run } = useAction();
  const heading = useViewFocus("new");
  const create = async () => {
    const showId = await ambient.shows.create({
      title: title.trim(),
      description: description.trim(),
      visibility: isUnlisted ? "unlisted" : "public",
      ...(isForAdults && { adultsOnly: true }),
      ...(tags.length > 0 && { tags }),
      scheduledFor: scheduledFor ?? null,
    });
    replaceBy(placeOfShow(showId));
  };
  return (
    <div class="page page-narrow">
      <h1 ref={heading} tabIndex={-1}>
        {words.discover.newShow}
      </h1>
      <TermsForm />
      <form
        class="card form"
        onSubmit={(event) => {
          event.preventDefault();
          run(create);
        }}
      >
        <TextField
          label={words.discover.create.title}
          value={title}
          onInput={setTitle}
          longest={100}
          isRequired
        />
        <TextField
          label={words.discover.create.about}
          value={description}
          onInput={setDescription}
          longest={1000}
          isLong
        />
        <TagsField offered={offered} value={tags} onChange={setTags} />
        <WhenField
          label={words.discover.create.when}
          hint={words.discover.create.whenHint}
          onChange={setScheduledFor}
        />
        <Switch label={words.discover.create.unlisted} isOn={isUnlisted} onChange={setUnlisted} />
        <Switch
          label={words.discover.create.adultsOnly}
          isOn={isForAdults}
          onChange={setForAdults}
        />
        <div class="actions">
          <Button type="submit" kind="primary" isBusy={isPending} isDisabled={title.trim() === ""}>
            {scheduledFor ? words.discover.create.schedule : words.discover.create.create}
          </Button>
          <a class="button button-quiet" href="#/">
            <span>{words.common.cancel}</span>
          </a>
        </div>
        {error?.reason === "RATE_LIMITED" ? (
          <p class="refused" role="alert">
            {words.discover.create.tooMany}
          </p>
        ) : (
          <Refused error={error} />
        )}
      </form>
    </div>
  );
}
