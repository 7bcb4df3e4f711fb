import { z } from "zod";

/** Licences that let the project be distributed under its own. See docs/DEPENDENCIES.md. */
const allowedLicences = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Unlicense",
]);

/** What `npm audit` calls the advisories that block. */
const blocking = new Set(["high", "critical"]);

export const exceptions = z.strictObject({
  licences: z.array(
    z.strictObject({
      /** Its packages per platform (`<package>-linux-x64`) are covered as well. */
      package: z.string(),
      licence: z.string().nullable(),
      reason: z.string().min(10),
    }),
  ),
  advisories: z.array(
    z.strictObject({
      /** `GHSA-…` */
      id: z.string().startsWith("GHSA-"),
      reason: z.string().min(10),
      /** The last day. */
      until: z.iso.date(),
    }),
  ),
});
export type Exceptions = z.infer<typeof exceptions>;

/** The part of a package-lock.json that is read here. */
export const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      license: z.string().optional(),
      dev: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});

/** As much of `npm audit --json` as this needs. `via` names an advisory, or another package that has one. */
export const auditReport = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(
        z.union([
          z.string(),
          z.object({ url: z.string(), title: z.string(), severity: z.string() }),
        ]),
      ),
    }),
  ),
});

/** The packages of production whose licence is neither allowed nor an exception, and the exceptions that nothing needs. */
export function licenceProblems(
  lockfiles: readonly z.infer<typeof lockfile>[],
  { licences }: Exceptions,
): readonly string[] {
  const used = new Set<Exceptions["licences"][number]>();
  const problems = lockfiles.flatMap(({ packages }) =>
    Object.entries(packages).flatMap(([path, { license = null, dev, link }]) => {
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      const isInstalled = path.includes("node_modules/") && dev !== true && link !== true;
      if (!isInstalled || (license !== null && isAllowed(license))) return [];
      const exception = licences.find(
        (one) =>
          one.licence === license && (name === one.package || name.startsWith(`${one.package}-`)),
      );
      if (exception) used.add(exception);
      return exception ? [] : [`${name}: ${license ?? "no licence"}`];
    }),
  );
  const unused = licences.filter((exception) => !used.has(exception));
  return [...problems, ...unused.map((one) => `${one.package}: the exception is not needed`)];
}

/** An SPDX expression of allowed licences: all of `AND`, one of `OR`. */
function isAllowed(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, "");
  if (plain.includes(" AND ")) return plain.split(" AND ").every((one) => allowedLicences.has(one));
  return plain.split(" OR ").some((one) => allowedLicences.has(one));
}

/** The blocking advisories without an exception, and the exceptions that have run out. */
export function auditProblems(
  report: z.infer<typeof auditReport>,
  { advisories }: Exceptions,
  today: string,
): readonly string[] {
  const current = new Set(advisories.filter(({ until }) => until >= today).map(({ id }) => id));
  const found = Object.entries(report.vulnerabilities).flatMap(([name, { via }]) =>
    via.flatMap((one) => {
      if (typeof one === "string" || !blocking.has(one.severity)) return [];
      const id = one.url.slice(one.url.lastIndexOf("/") + 1);
      return current.has(id) ? [] : [`${name}: ${one.severity}: ${one.title} (${id})`];
    }),
  );
  const over = advisories.filter(({ id }) => !current.has(id));
  return [...found, ...over.map(({ id, until }) => `${id}: the exception ended on ${until}`)];
}
