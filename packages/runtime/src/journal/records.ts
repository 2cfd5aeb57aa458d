import { BitFeverError } from "@bitfever/lang";
import { headerOf } from "./header.js";
import { linesIn } from "./line.js";
import type { JournalStore } from "./store.js";
import { checkRecord } from "./survey.js";
import { valueOf } from "./values.js";

/** What was appended, and its number: 1 for the first of all. */
export interface JournalRecord {
  readonly sequence: number;
  readonly body: unknown;
}

/** A segment that is known to be good. */
interface KnownSegment {
  readonly name: string;
  /** The last record before it. */
  readonly follows: number;
}

/**
 * The records `[from, to]`, read a piece at a time.
 *
 * @throws BitFeverError BF5164 where what was good is not any more
 */
export function* recordsOf(
  store: JournalStore,
  segments: readonly KnownSegment[],
  from: number,
  to: number,
): Generator<JournalRecord, void, void> {
  for (const [i, { name, follows }] of segments.entries()) {
    const end = Math.min(to, segments[i + 1]?.follows ?? Infinity);
    if (end < from || follows >= to) continue;
    let sequence = follows;
    let chain: number | undefined;
    for (const line of linesIn((at, length) => store.read(name, at, length))) {
      if (sequence === end) break;
      if (chain === undefined) {
        chain = headerOf(line.bytes)?.checksum;
        if (chain === undefined) break;
        continue;
      }
      const checked = checkRecord(line, sequence + 1, chain);
      if (typeof checked === "string") break;
      chain = checked.checksum;
      sequence++;
      if (sequence >= from) yield { sequence, body: valueOf(checked.json.toString()) };
    }
    if (sequence < end) throw changed(`${store.place}/${name}`, sequence);
  }
}

const changed = (path: string, sequence: number): BitFeverError =>
  new BitFeverError("BF5164", `${path} was good, and is not any more behind record ${sequence}`, {
    hint: "somebody else has changed it, or the disk fails: stop, and open the journal again",
  });
