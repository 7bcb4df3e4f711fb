export function inCi(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment.CI !== undefined && environment.CI !== "";
}
