import { fileURLToPath } from "node:url";
import { format } from "oxfmt";

/** Formats a generated document as `npm run format` would. */
export async function formatMarkdown(file: URL, text: string): Promise<string> {
  const { code, errors } = await format(fileURLToPath(file), text);
  const [error] = errors;
  if (error) throw new Error(`${file.pathname}: ${error.message}`);
  return code;
}
