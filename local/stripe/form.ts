/** A form's nested fields, as Stripe reads them: `a[b]=1`, `a[0][b]=1` and `a[]=1`. */
export type Form = ReadonlyMap<string, string>;

export function parseForm(text: string): Form {
  return new Map(new URLSearchParams(text));
}

/** The fields beneath `name`, such as `metadata[supportId]`. */
export function fieldsBeneath(form: Form, name: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, value] of form) {
    if (key.startsWith(`${name}[`) && key.endsWith("]")) {
      found[key.slice(name.length + 1, -1)] = value;
    }
  }
  return found;
}

/** The items of the list `name`. */
export function valuesOf(form: Form, name: string): readonly string[] {
  return Object.values(fieldsBeneath(form, name));
}

export function wholeNumber(form: Form, name: string): number | undefined {
  const text = form.get(name);
  return text === undefined || !/^-?\d+$/.test(text) ? undefined : Number(text);
}
