import type { ProfileName } from "@bitfever/lang";
import type { FillRules } from "./fill-rules.js";
import type { PathName } from "./path.js";

/** The conventions of another engine, so that results can be compared trade for trade. */
export interface Profile {
  /** As it is written in programs and settings. */
  readonly name: ProfileName;
  readonly summary: string;
  /** What it cannot reproduce, each in a sentence. */
  readonly differs: readonly string[];
  readonly source: string;
  readonly path: PathName;
  /** How near to a tick a price stands on it, as a share of one. */
  readonly priceSlack?: number;
  readonly fills: Partial<FillRules>;
}

export const defineProfile = (profile: Profile): Profile => profile;
