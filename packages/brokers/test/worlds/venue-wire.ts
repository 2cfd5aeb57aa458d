import type { ServedTws, VenueServer } from "../../src/index.js";

/** What can be done to the wire of every server. */
export type VenueWire = Pick<
  VenueServer & ServedTws,
  "script" | "mishaps" | "cut" | "mend" | "freeze" | "skew"
>;
