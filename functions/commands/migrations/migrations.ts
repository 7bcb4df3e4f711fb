import type { Migration } from "./migration.js";
import { nameFollowedCreators } from "./nameFollowedCreators.js";

export const migrations: Readonly<Partial<Record<string, Migration>>> = {
  "name-followed-creators": nameFollowedCreators,
};
