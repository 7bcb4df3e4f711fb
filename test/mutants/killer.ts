/** A test that kills a mutant, or a cell of the matrix. Records name it `file › title`. */
export interface Killer {
  readonly file: string;
  readonly title: string;
}

const SEPARATOR = " › ";

export function nameOf({ file, title }: Killer): string {
  return `${file}${SEPARATOR}${title}`;
}

export function killerOf(name: string): Killer {
  const [file = "", ...title] = name.split(SEPARATOR);
  return { file, title: title.join(SEPARATOR) };
}
