import type { ReadResult } from "@bitfever/engine";
import { countOf, paintOf, type Io } from "./io.js";

const shown = 5;

/** Says on stderr how the file was read and which of its bars are not there: all of them counted, the first by name. */
export function noteDefects(io: Io, path: string, { defects, notes }: ReadResult, label = "data"): void {
  const paint = paintOf(io);
  for (const each of notes) io.err(`${paint.faint(label)}: ${each}\n`);
  const dropped = defects.filter((each) => each.dropped);
  const told = defects.filter((each) => !each.dropped);
  for (const each of told) io.err(`${paint.faint(label)}: ${each.message}\n`);
  if (dropped.length === 0) return;
  io.err(`${paint.warning(label)}: ${countOf(dropped.length, "bar")} of ${path} dropped\n`);
  for (const each of dropped.slice(0, shown)) io.err(`  ${each.message}\n`);
  if (dropped.length > shown) io.err(`  and ${dropped.length - shown} more\n`);
}
