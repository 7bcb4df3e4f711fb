import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction, useObservable } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** Asks for the terms in force. Shows nothing where there are none, or once they are accepted. */
export function TermsForm() {
  const { ambient } = useSession();
  const config = useObservable(ambient.config).value;
  const terms = useObservable(ambient.account.terms);
  const [year, setYear] = useState("");
  const { isPending, error, run } = useAction();
  const version = config?.termsVersion;
  if (version === undefined || terms.kind !== "known") return null;
  if ((terms.value?.version ?? 0) >= version) return null;
  const birthYear = Number(year);
  return (
    <section class="card" aria-labelledby="terms">
      <h2 id="terms">{words.account.terms.title}</h2>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          run(() => ambient.account.acceptTerms({ version, birthYear }));
        }}
      >
        <p>{words.account.terms.text}</p>
        <TextField
          label={words.account.terms.year}
          value={year}
          onInput={setYear}
          longest={4}
          hint={words.account.terms.yearHint}
        />
        <div class="actions">
          <Button
            type="submit"
            kind="primary"
            isBusy={isPending}
            isDisabled={!/^\d{4}$/.test(year)}
          >
            {words.account.terms.accept}
          </Button>
        </div>
        <Refused error={error} />
      </form>
    </section>
  );
}
