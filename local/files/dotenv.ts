/**
 * The part of the dotenv format that firebase-tools' parser and this one read alike: one
 * single-quoted value per line without escapes.
 */
export function renderDotenv(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      if (/['\r\n\\]/.test(value))
        throw new Error(`${name} contains characters that a dotenv line cannot hold.`);
      return `${name}='${value}'\n`;
    })
    .join("");
}

export function parseDotenv(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^\s*([A-Z_][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    values[name] = /^(['"])(.*)\1$/.exec(value)?.[2] ?? value;
  }
  return values;
}
