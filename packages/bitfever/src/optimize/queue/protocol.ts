import { version } from "../../version.js";

/** What coordinators and workers say to each other: another number where that changes. */
export const protocol = "1";

/** Trials are made by workers of the same version alone, so that they are the same trials: each version has a queue of its own. */
export const queueName = `trials-${protocol}-${version}`;

/** How often a chunk that fails is tried; one whose worker is lost is given to others as often. */
export const tries = 3;
