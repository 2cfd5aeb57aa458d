import { promisify } from "node:util";
import { constants, deflateRaw, inflateRaw } from "node:zlib";
import { BitFeverError } from "@bitfever/lang";
import type { Redis } from "ioredis";
import { strange } from "./checks.js";
import { bytesOf, columnsIn, hashOfBytes, type StudyPackage } from "./study-package.js";

/* Packages of studies in Redis: the text of each, and columns by their hash, so that studies of the same bars share them. */

/** How long they are kept after somebody last needed them. */
const keptSeconds = 3_600;
/** How often who needs one has to say so. */
export const refreshedEveryMs = (keptSeconds * 1_000) / 4;
/** With this code a worker says that a package is not there any more. */
export const goneCode = "BF5158";
/** Redis takes no value above 512 MiB; of a column there are this many bytes at most. */
const mostBytes = 512 * 2 ** 20 - 1;
/** What packing has to save to be worth its time. */
const worthPacking = 0.9;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

const textKey = (prefix: string, hash: string): string => `${prefix}:study:${hash}`;
const columnKey = (prefix: string, hash: string): string => `${prefix}:column:${hash}`;

/** The first byte of a value says how the others are written. */
const [plain, deflated] = [0, 1];

/**
 * Stores what of a package is not there, and keeps the rest for longer.
 *
 * @throws BitFeverError BF5156 where a column is too large
 */
export async function storePackage(
  redis: Redis,
  prefix: string,
  { hash, text, columns }: StudyPackage,
): Promise<void> {
  for (const column of columns.values())
    if (column.byteLength > mostBytes)
      throw new BitFeverError(
        "BF5156",
        `${column.length} bars in one history are more than a queue carries`,
        {
          hint: `give it ${Math.floor(mostBytes / Float64Array.BYTES_PER_ELEMENT)} bars at most, or search them on this machine`,
        },
      );
  for (const [name, column] of columns) {
    const key = columnKey(prefix, name);
    if ((await redis.expire(key, keptSeconds)) === 0)
      await redis.set(key, await written(bytesOf(column)), "EX", keptSeconds);
  }
  // The text comes last: whoever finds it finds its columns.
  await redis.set(textKey(prefix, hash), await written(Buffer.from(text)), "EX", keptSeconds);
}

/** Whether a package is still there. */
export const isStored = async (redis: Redis, prefix: string, hash: string): Promise<boolean> =>
  (await redis.exists(textKey(prefix, hash))) === 1;

/** A column that lies somewhere nearer than in Redis. */
export interface ColumnCache {
  find(hash: string): Promise<Float64Array | undefined>;
  keep(hash: string, column: Float64Array): Promise<void>;
}

export interface FetchedPackage extends Pick<StudyPackage, "text" | "columns"> {
  /** That came out of Redis. */
  readonly fetchedBytes: number;
}

/**
 * Fetches a package, of its columns those that the cache has not.
 *
 * @returns null where it is not there any more
 * @throws BitFeverError BF5155 for what its hash does not fit
 */
export async function fetchPackage(
  redis: Redis,
  prefix: string,
  hash: string,
  cache: ColumnCache,
): Promise<FetchedPackage | null> {
  const found = await redis.getBuffer(textKey(prefix, hash));
  if (found === null) return null;
  const text = await read(found, hash, "the study");
  let fetchedBytes = found.length;
  const columns = new Map<string, Float64Array>();
  for (const name of columnsIn(text.toString())) {
    const known = await cache.find(name);
    if (known !== undefined) {
      columns.set(name, known);
      continue;
    }
    const bytes = await redis.getBuffer(columnKey(prefix, name));
    if (bytes === null) return null;
    fetchedBytes += bytes.length;
    const column = sharedColumn(await read(bytes, name, "a column"));
    columns.set(name, column);
    await cache.keep(name, column);
  }
  return { text: text.toString(), columns, fetchedBytes };
}

async function written(bytes: Uint8Array): Promise<Buffer> {
  const small = await deflate(bytes, { level: constants.Z_BEST_SPEED });
  return small.length < worthPacking * bytes.length
    ? Buffer.concat([Buffer.of(deflated), small])
    : Buffer.concat([Buffer.of(plain), bytes]);
}

async function read(value: Buffer, hash: string, what: string): Promise<Buffer> {
  const rest = value.subarray(1);
  const bytes =
    value[0] === deflated
      ? await inflate(rest, { maxOutputLength: mostBytes }).catch((cause: unknown) => {
          throw strange(`${what} cannot be unpacked`, cause);
        })
      : rest;
  if (hashOfBytes(bytes) !== hash) throw strange(`${what} is another than its hash says`);
  return bytes;
}

/** On memory that threads share. */
export function sharedColumn(bytes: Uint8Array): Float64Array {
  const column = new Float64Array(new SharedArrayBuffer(bytes.byteLength));
  new Uint8Array(column.buffer).set(bytes);
  return column;
}
