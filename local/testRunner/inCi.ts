export function inCi(): boolean {
  return process.env.CI !== undefined && process.env.CI !== "";
}
