import { compile, type Compilation, type CompileOptions, type Source } from "@bitfever/lang";
import { calendars, catalogue } from "@bitfever/engine";

const calendarNames = calendars.map((each) => each.name);

/** The language with the functions and the calendars of the engine. */
export const compileText = (source: Source, options: Pick<CompileOptions, "findModule"> = {}): Compilation =>
  compile(source, catalogue, { ...options, calendars: calendarNames });
