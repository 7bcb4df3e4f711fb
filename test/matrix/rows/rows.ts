import type { Row } from "../table.js";
import { inAShowRows } from "./inAShow.js";
import { peopleRows } from "./people.js";
import { serviceRows } from "./service.js";
import { showRows } from "./shows.js";

/** The authorization matrix of the security rules. What no row allows is denied. */
export const rows: readonly Row[] = [...peopleRows, ...showRows, ...inAShowRows, ...serviceRows];
