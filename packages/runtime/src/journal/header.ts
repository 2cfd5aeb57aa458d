import { BitFeverError } from "@bitfever/lang";
import { hexOf, labelledChecksumAfter, lineOf, partsOf } from "./line.js";

/** The first line of a segment: which journal it is of, and where it goes on. */
export interface Header {
  readonly journal: string;
  /** The last record before it; 0 for none. */
  readonly follows: number;
  /** The checksum of that record. */
  readonly chain: number;
  /** That of this line, from which the first record carries on. */
  readonly checksum: number;
}

const word = "bitfever/journal@";
const version = "1";

/** The line, and the checksum from which its first record carries on. */
export function headerLine(
  journal: string,
  follows: number,
  chain: number,
): { readonly line: Uint8Array; readonly checksum: number } {
  const json = JSON.stringify({ journal, follows, chain: hexOf(chain) });
  const label = word + version;
  const checksum = labelledChecksumAfter(chain, label, json);
  return { line: lineOf(label, checksum, json), checksum };
}

/** Undefined for a line whose checksum is not its own. */
export function headerOf(line: Buffer): (Header & { readonly version: string }) | undefined {
  const parts = partsOf(line);
  const labelled = labelledVersion(parts?.label ?? "");
  if (parts === undefined || labelled === undefined) return undefined;
  let read: Partial<Record<string, unknown>> | null;
  try {
    read = JSON.parse(parts.json.toString()) as typeof read;
  } catch {
    return undefined;
  }
  const { journal, follows, chain: hex } = read ?? {};
  const chain = parseInt(String(hex), 16);
  const isWhole = typeof journal === "string" && typeof follows === "number" && hexOf(chain) === hex;
  if (!isWhole || labelledChecksumAfter(chain, parts.label, parts.json) !== parts.checksum) return undefined;
  return { journal, follows, chain, checksum: parts.checksum, version: labelled };
}

/** Whether a file begins like a segment, as far as it goes. */
export const beginsLikeSegment = (bytes: Uint8Array): boolean =>
  word.startsWith(Buffer.from(bytes.subarray(0, word.length)).toString("latin1"));

/** The version that the label of a first line tells. */
export const labelledVersion = (label: string): string | undefined =>
  label.startsWith(word) ? label.slice(word.length) : undefined;

/** @throws BitFeverError BF5163 for another version than this one */
export function checkVersion(path: string, found: string): void {
  if (found === version) return;
  throw new BitFeverError("BF5163", `${path} is of version ${found}, and this reads version ${version}`, {
    hint: "read it with the BitFever that wrote it, or begin a new journal",
  });
}
