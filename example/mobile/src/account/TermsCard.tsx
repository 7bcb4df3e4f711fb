import { useAction, useAmbient, useObservable } from "@ambient/react";
import { useState } from "react";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Card } from "../ui/layout";
import { Refused } from "../ui/Notice";
import { Text } from "../ui/Text";

/** Asks for the terms in force. Shows nothing where there are none, or once they are accepted. */
export function TermsCard() {
  const ambient = useAmbient();
  const config = useObservable(ambient.config).value;
  const terms = useObservable(ambient.account.terms);
  const [year, setYear] = useState("");
  const { isPending, error, run } = useAction();
  const version = config?.termsVersion;
  if (version === undefined || terms.kind !== "known") return null;
  if ((terms.value?.version ?? 0) >= version) return null;
  return (
    <Card title="Terms">
      <Text>Please accept the terms before you create a show, comment or speak.</Text>
      <Field label="Year of birth" value={year} onChange={setYear} longest={4} isNumber />
      <Button
        kind="primary"
        text="Accept terms"
        isBusy={isPending}
        isDisabled={!/^\d{4}$/.test(year)}
        onPress={() => {
          run(() => ambient.account.acceptTerms({ version, birthYear: Number(year) }));
        }}
      />
      <Refused error={error} />
    </Card>
  );
}
