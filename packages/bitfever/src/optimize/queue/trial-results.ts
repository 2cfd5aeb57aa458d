import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import type { Redis } from "ioredis";
import type { TrialOutcome } from "../trial-outcome.js";
import {
  isColumn,
  isExactly,
  isGroup,
  isNone,
  isNumber,
  isOneOf,
  isRecord,
  isText,
  isWhole,
  strange,
} from "./checks.js";
import { decode, encode } from "./plain-data.js";
import { bytesOf } from "./study-package.js";

/* What came of the trials of a study, in Redis: a hash of its own for each study, a field for each trial. */

/** How long they are kept after the last one came, for a coordinator that begins anew. */
const keptSeconds = 3_600;
/** Sixty thousand years of sessions. */
const mostBytes = 256 * 2 ** 20;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

export const resultsKey = (prefix: string, study: string): string => `${prefix}:results:${study}`;

/** @param names  of the trials, in the order of their outcomes */
export async function storeResults(
  redis: Redis,
  key: string,
  names: readonly string[],
  outcomes: readonly TrialOutcome[],
): Promise<void> {
  const values = await Promise.all(
    outcomes.map((each) =>
      deflate(encode(each, (column) => Buffer.from(bytesOf(column)).toString("base64"))),
    ),
  );
  await redis.hset(key, new Map(names.map((name, i) => [name, values[i]])));
  await redis.expire(key, keptSeconds);
}

/**
 * The outcomes of trials; null for those that are not made yet.
 *
 * @throws BitFeverError BF5155 for what is no outcome
 */
export async function findResults(
  redis: Redis,
  key: string,
  names: readonly string[],
): Promise<readonly (TrialOutcome | null)[]> {
  const found = await redis.hmgetBuffer(key, ...names);
  return Promise.all(found.map(async (each) => (each === null ? null : outcomeIn(each))));
}

async function outcomeIn(value: Buffer): Promise<TrialOutcome> {
  try {
    const text = (await inflate(value, { maxOutputLength: mostBytes })).toString();
    const outcome = decode(text, (column) => columnIn(Buffer.from(column, "base64")));
    isOutcome(outcome, "the result of a trial");
    return outcome as TrialOutcome;
  } catch (cause) {
    throw strange("the result of a trial cannot be read", cause);
  }
}

/** Copied, as the bytes may begin anywhere. */
const columnIn = (bytes: Uint8Array): Float64Array => new Float64Array(Uint8Array.from(bytes).buffer);

const isOutcome = isOneOf(
  isGroup({
    kind: isExactly("figures"),
    metrics: isRecord(isOneOf(isNumber, isNone)),
    ...{ returns: isColumn, trades: isWhole, longestHolding: isNumber, kernels: isWhole },
  }),
  isGroup({ kind: isExactly("failure"), error: isGroup({ code: isText, message: isText }) }),
);
