import type { PassedOver } from "./damage.js";
import { hexOf, labelledChecksumAfter, lineOf, partsOf } from "./line.js";
import { snapshotFiles } from "./names.js";
import type { JournalStore } from "./store.js";
import { textOf, valueOf } from "./values.js";

/** A state, and the record that it follows. */
export interface JournalSnapshot {
  readonly sequence: number;
  readonly state: unknown;
}

/** What a snapshot has to fit: the journal, and the checksums of its records. */
interface Past {
  readonly journal: string;
  readonly checksums: ReadonlyMap<number, number>;
}

const word = "bitfever/snapshot@";
const version = "1";

/** How many are kept. */
const mostKept = 2;

export function snapshotLine(
  journal: string,
  sequence: number,
  checksum: number,
  state: unknown,
): Uint8Array {
  const json = textOf({ journal, follows: sequence, chain: hexOf(checksum), state });
  const label = word + version;
  return lineOf(label, labelledChecksumAfter(0, label, json), json);
}

export function keepSnapshot(store: JournalStore, sequence: number, line: Uint8Array): void {
  store.writeWhole(snapshotFiles.name(sequence), line);
  for (const old of snapshotFiles.numbersIn(store.list()).slice(0, -mostKept))
    store.remove(snapshotFiles.name(old));
}

/** The numbers of those snapshots that can be used, smallest first, and the others. */
export function checkSnapshots(
  store: JournalStore,
  past: Past,
): { readonly good: readonly number[]; readonly passedOver: readonly PassedOver[] } {
  const good: number[] = [];
  const passedOver: PassedOver[] = [];
  for (const sequence of snapshotFiles.numbersIn(store.list())) {
    const reason = whatIsWrong(readSnapshot(store, sequence), sequence, past);
    if (reason === undefined) good.push(sequence);
    else passedOver.push({ snapshot: snapshotFiles.name(sequence), reason });
  }
  return { good, passedOver };
}

/** That of a snapshot which is good. */
export function stateOf(store: JournalStore, sequence: number): JournalSnapshot | undefined {
  const read = readSnapshot(store, sequence);
  return typeof read === "string" ? undefined : { sequence, state: read.state };
}

interface Written {
  readonly journal: string;
  readonly follows: number;
  readonly chain: string;
  readonly state: unknown;
}

function readSnapshot(store: JournalStore, sequence: number): Written | "checksum" | "version" {
  const name = snapshotFiles.name(sequence);
  const bytes = Buffer.from(store.read(name, 0, store.size(name)));
  const parts = bytes.at(-1) === 0x0a ? partsOf(bytes.subarray(0, -1)) : undefined;
  if (parts === undefined) return "checksum";
  const { label, checksum, json } = parts;
  if (labelledChecksumAfter(0, label, json) !== checksum || !label.startsWith(word)) return "checksum";
  if (label !== word + version) return "version";
  return valueOf(json.toString()) as Written;
}

function whatIsWrong(
  read: ReturnType<typeof readSnapshot>,
  sequence: number,
  { journal, checksums }: Past,
): PassedOver["reason"] | undefined {
  if (typeof read === "string") return read;
  const checksum = checksums.get(sequence);
  const fits = read.journal === journal && read.follows === sequence && checksum !== undefined;
  return fits && read.chain === hexOf(checksum) ? undefined : "past";
}
