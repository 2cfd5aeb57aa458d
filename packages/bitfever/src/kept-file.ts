import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { pid } from "node:process";
import { crc32 } from "node:zlib";

const checksumBytes = 4;

/**
 * What was kept in a file; undefined where it is not there, or not whole.
 *
 * @param room  memory that nobody needs any more, to read into where it is large enough: what is new is touched for the first time, which
 *   takes as long as all else
 */
export function keptFile(file: string, room: Buffer = Buffer.alloc(0)): Buffer | undefined {
  let opened: number | undefined;
  try {
    opened = openSync(file, "r");
    const { size } = fstatSync(opened);
    const content = size > room.length ? Buffer.alloc(size) : room.subarray(0, size);
    readSync(opened, content, 0, size, 0);
    const data = content.subarray(checksumBytes);
    return content.readUInt32LE() === crc32(data) ? data : undefined;
  } catch {
    return undefined;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/**
 * Keeps data in a file behind their checksum, and of its folder no more than the newest, so that it stays small. Written beside and
 * renamed, so that nobody ever reads half of it; where that is not possible, nothing is kept.
 */
export function keepFile(file: string, data: Buffer, mostKept: number): void {
  const folder = dirname(file);
  const beside = `${file}.${pid}`;
  asFarAsPossible(() => {
    mkdirSync(folder, { recursive: true });
    const checksum = Buffer.alloc(checksumBytes);
    checksum.writeUInt32LE(crc32(data));
    writeFileSync(beside, Buffer.concat([checksum, data]));
    renameSync(beside, file);
    const paths = readdirSync(folder).map((name) => join(folder, name));
    const dated = paths.map((path) => ({ path, at: statSync(path).mtimeMs })).sort((a, b) => b.at - a.at);
    for (const { path } of dated.slice(mostKept)) rmSync(path, { force: true });
  });
  asFarAsPossible(() => {
    rmSync(beside, { force: true });
  });
}

function asFarAsPossible(act: () => void): void {
  try {
    act();
  } catch {
    // A home that cannot be written, or a disk that is full, makes the next start slower and nothing else.
  }
}
