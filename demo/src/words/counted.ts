/** Phrases such as "1 show" and "1,200 shows", for languages with one plural form. */
export function countedIn(language: string) {
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count: number, one: string, other: string): string =>
    `${numbers.format(count)} ${plurals.select(count) === "one" ? one : other}`;
}
