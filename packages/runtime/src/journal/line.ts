import { crc32 } from "node:zlib";

/*
 * A record is a line: its number, its checksum, a value as JSON. The checksum is the CRC-32 of the JSON, carried on from that of
 * the line before, so that it vouches for all lines up to here; the number is known beforehand. No byte of a line is free.
 */

const newline = 0x0a;
const space = 0x20;

/** A line in its parts, of which nothing is checked yet. */
export interface Line {
  /** A number of a record, or what a file is. */
  readonly label: string;
  readonly checksum: number;
  /** UTF-8. */
  readonly json: Buffer;
}

/** The checksum of a line that follows one with the checksum `before`. */
export const checksumAfter = (before: number, json: Uint8Array | string): number => crc32(json, before);

/** The same of a line whose label nobody knows beforehand. */
export const labelledChecksumAfter = (before: number, label: string, json: Uint8Array | string): number =>
  crc32(json, crc32(label, before));

export function lineOf(label: string | number, checksum: number, json: string): Uint8Array {
  return Buffer.from(`${label} ${hexOf(checksum)} ${json}\n`);
}

export const hexOf = (checksum: number): string => checksum.toString(16).padStart(8, "0");

/** The parts of a line without its newline; undefined where it has no such parts. */
export function partsOf(line: Buffer): Line | undefined {
  const gap = line.indexOf(space);
  const checksum = gap < 1 ? undefined : checksumIn(line, gap);
  if (checksum === undefined) return undefined;
  return { label: line.toString("latin1", 0, gap), checksum, json: line.subarray(gap + afterLabel) };
}

/** The same of a line whose label is known; undefined where it has another. */
export function partsBehind(label: string, line: Buffer): Line | undefined {
  const gap = label.length;
  for (let i = 0; i < gap; i++) if (line[i] !== label.charCodeAt(i)) return undefined;
  const checksum = line[gap] === space ? checksumIn(line, gap) : undefined;
  return checksum === undefined ? undefined : { label, checksum, json: line.subarray(gap + afterLabel) };
}

const checksumDigits = 8;
/** The JSON begins so many bytes behind the label: a space on both sides of the checksum. */
const afterLabel = checksumDigits + 2;

/** Lower case alone: a line is written in one way. */
function checksumIn(line: Buffer, gap: number): number | undefined {
  let checksum = 0;
  for (let i = gap + 1; i <= gap + checksumDigits; i++) {
    const code = line[i];
    const digit =
      code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
    if (digit < 0) return undefined;
    checksum = checksum * 16 + digit;
  }
  return line[gap + checksumDigits + 1] === space ? checksum : undefined;
}

/** A line of a file and where it begins, without its newline; the last may lack it. */
export interface FoundLine {
  readonly at: number;
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

const chunkBytes = 1 << 18;

/** The lines of what `read` gives, a piece at a time. */
export function* linesIn(
  read: (from: number, length: number) => Uint8Array,
): Generator<FoundLine, void, void> {
  let [at, length] = [0, chunkBytes];
  for (;;) {
    const chunk = bufferOf(read(at, length));
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      yield { at: at + start, bytes: chunk.subarray(start, end), isWhole: true };
      start = end + 1;
    }
    if (chunk.length < length) {
      if (start < chunk.length) yield { at: at + start, bytes: chunk.subarray(start), isWhole: false };
      return;
    }
    // A line that is longer than a piece.
    if (start === 0) length *= 2;
    else length = chunkBytes;
    at += start;
  }
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
