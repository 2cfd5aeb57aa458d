import { BitFeverError } from "@bitfever/lang";
import type { JournalDamage } from "./damage.js";
import { beginsLikeSegment, checkVersion, headerOf, labelledVersion, type Header } from "./header.js";
import { checksumAfter, linesIn, partsBehind, partsOf, type FoundLine, type Line } from "./line.js";
import { segmentFiles } from "./names.js";
import type { JournalStore } from "./store.js";

/** A segment as far as it is good. */
export interface Segment {
  readonly name: string;
  readonly header: Header;
  readonly bytes: number;
}

/** What stands in a journal, every line of it checked. */
export interface Survey {
  readonly segments: readonly Segment[];
  /** The last good record; 0 for none. */
  readonly last: number;
  /** Its checksum. */
  readonly lastChecksum: number;
  /** From which the next line carries on: that of a header where no record follows it yet. */
  readonly chain: number;
  /** Checksums of the records that were asked for, as far as they are there. */
  readonly checksums: ReadonlyMap<number, number>;
  readonly damage: Omit<JournalDamage, "keptIn"> | undefined;
}

type Spot = Pick<JournalDamage, "segment" | "byte" | "reason">;

/**
 * Walks over all lines of a journal, up to the first that is not good.
 *
 * @param asked  records whose checksums are wanted
 * @throws BitFeverError BF5162 for what is no journal, BF5163 for one of another version, BF5164 where its very first line is damaged
 */
export function survey(store: JournalStore, asked: readonly number[]): Survey {
  const wanted = new Set(asked);
  const checksums = new Map<number, number>();
  const segments: Segment[] = [];
  const names = segmentFiles.numbersIn(store.list()).map((each) => segmentFiles.name(each));
  let [last, lastChecksum, chain] = [0, 0, 0];
  let spot: Spot | undefined;

  for (const name of names) {
    const lines = linesIn((from, length) => store.read(name, from, length));
    const { value: first } = lines.next();
    if (segments.length === 0) checkFirst(`${store.place}/${name}`, first ?? undefined, names.length === 1);
    const found = first?.isWhole === true ? headerOf(first.bytes) : undefined;
    if (found === undefined || first === undefined) {
      spot = { segment: name, byte: 0, reason: first?.isWhole === true ? "checksum" : "torn" };
      break;
    }
    checkVersion(`${store.place}/${name}`, found.version);
    if (segments.length === 0) {
      [last, lastChecksum] = [found.follows, found.chain];
      if (wanted.has(last)) checksums.set(last, lastChecksum);
    }
    const isNext = found.follows === last && found.chain === lastChecksum;
    const isOfThis = segments.every(({ header }) => header.journal === found.journal);
    if (!isNext || !isOfThis || segmentFiles.name(last + 1) !== name) {
      spot = { segment: name, byte: 0, reason: "sequence" };
      break;
    }
    chain = found.checksum;
    let bytes = first.bytes.length + 1;
    for (const line of lines) {
      const checked = checkRecord(line, last + 1, chain);
      if (typeof checked === "string") {
        spot = { segment: name, byte: line.at, reason: checked };
        break;
      }
      chain = lastChecksum = checked.checksum;
      last++;
      bytes = line.at + line.bytes.length + 1;
      if (wanted.has(last)) checksums.set(last, lastChecksum);
    }
    segments.push({ name, header: found, bytes });
    if (spot !== undefined) break;
  }
  const damage = spot && { ...spot, lastGood: last, ...behind(store, names, spot) };
  return { segments, last, lastChecksum, chain, checksums, damage };
}

/** The parts of a line that is the record of that number, or what is wrong with it. */
export function checkRecord(
  { bytes, isWhole }: FoundLine,
  number: number,
  before: number,
): Line | JournalDamage["reason"] {
  if (!isWhole) return "torn";
  const parts = partsBehind(String(number), bytes);
  if (parts === undefined) return partsOf(bytes) === undefined ? "checksum" : "sequence";
  return checksumAfter(before, parts.json) === parts.checksum ? parts : "checksum";
}

/** The first line of all says what this is: without it nothing is touched, unless it is all there is and was never finished. */
function checkFirst(path: string, line: FoundLine | undefined, isAlone: boolean): void {
  if (line !== undefined && !beginsLikeSegment(line.bytes)) {
    throw new BitFeverError("BF5162", `${path} is no journal: its first line is no header of one`, {
      hint: "give the folder of a journal, or the name of a folder that is not there yet",
    });
  }
  if (isAlone && line?.isWhole !== true) return;
  const version = labelledVersion((line && partsOf(line.bytes)?.label) ?? "");
  if (version !== undefined && version !== "") checkVersion(path, version);
  if (line?.isWhole === true && headerOf(line.bytes) !== undefined) return;
  throw new BitFeverError(
    "BF5164",
    `${path}: the first line is damaged, and nothing tells which journal this is`,
    {
      hint: "nothing was changed: bring that file back from a copy, or begin a new journal in another folder",
    },
  );
}

/** How much lies behind a damaged spot. */
function behind(
  store: JournalStore,
  names: readonly string[],
  { segment, byte }: Spot,
): Pick<JournalDamage, "bytes" | "recordsBehind"> {
  let [bytes, recordsBehind] = [0, 0];
  for (const name of names.slice(names.indexOf(segment))) {
    const from = name === segment ? byte : 0;
    bytes += store.size(name) - from;
    let before: number | undefined;
    // The line before the spot is good: what it carries on to may be good, but stand in the wrong place.
    for (const line of linesIn((at, length) => store.read(name, at, length))) {
      const parts = line.isWhole ? partsOf(line.bytes) : undefined;
      const isRecord = parts !== undefined && /^\d+$/.test(parts.label);
      const carriesOn =
        isRecord && before !== undefined && checksumAfter(before, parts.json) === parts.checksum;
      if (line.at >= from && carriesOn) recordsBehind++;
      before = parts?.checksum;
    }
  }
  return { bytes, recordsBehind };
}
