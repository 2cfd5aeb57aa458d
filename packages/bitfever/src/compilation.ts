import { compile, type Compilation, type CompileOptions, type Source } from "@bitfever/lang";
import { calendars, catalogueWith, type Indicator } from "@bitfever/engine";

const calendarNames = calendars.map((each) => each.name);

/** The language with the functions and the calendars of the engine, and with indicators of one's own. */
export const compileText = (
  source: Source,
  { indicators, ...options }: Pick<CompileOptions, "findModule"> & OwnIndicators = {},
): Compilation => compile(source, catalogueWith(indicators), { ...options, calendars: calendarNames });

export interface OwnIndicators {
  /** From `defineIndicator`, beside those of the language. */
  readonly indicators?: readonly Indicator[];
}
