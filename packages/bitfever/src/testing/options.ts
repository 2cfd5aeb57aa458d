import { checkSettings, type Settings } from "@bitfever/engine";
import type { OwnIndicators } from "../compilation.js";

/** What tests may depend on beside the program. */
export interface TestOptions extends OwnIndicators {
  /** Chooses the generated histories; the same seed gives the same ones. 1 by default. */
  readonly seed?: number;
  /** Histories tried for each property and law; 100 by default. */
  readonly runs?: number;
  /** Only the tests whose kind and name (`law scale`) contain this text, in any case. */
  readonly filter?: string;
  readonly settings?: Partial<Settings>;
  /** The texts of golden files by the name of their test; one that is missing fails. */
  readonly goldens?: Readonly<Record<string, string>>;
  /** How far a number of a golden file may be off, as a share of it; 0 by default. Times, sides and tags are always the same. */
  readonly tolerance?: number;
}

export interface TestSetup extends OwnIndicators {
  readonly seed: number;
  readonly runs: number;
  readonly settings: Settings;
  readonly goldens: Readonly<Record<string, string>>;
  readonly tolerance: number;
}

export const setupOf = ({
  seed = 1,
  runs = 100,
  settings,
  goldens = {},
  tolerance = 0,
  ...own
}: TestOptions): TestSetup => ({
  ...own,
  seed,
  runs,
  settings: checkSettings(settings),
  goldens,
  tolerance,
});
