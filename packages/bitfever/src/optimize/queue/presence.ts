import type { Redis } from "ioredis";
import { isGroup, isText, isWhole } from "./checks.js";

/* Who is there: a sorted set of short descriptions by when they were last seen, on the clock of Redis, which all share. */

/** Who was not seen for so long is gone. */
const goneAfterMs = 15_000;
/** How often one has to say that one is there. */
export const announcedEveryMs = 3_000;

/** A process with threads that make trials. */
export interface PresentWorker {
  /** Unlike that of any other. */
  readonly id: string;
  readonly version: string;
  readonly threads: number;
}

/** A coordinator. */
export interface PresentStudy {
  readonly id: string;
  readonly version: string;
  /** Of the program. */
  readonly name: string;
}

export interface Present {
  readonly worker: PresentWorker;
  readonly study: PresentStudy;
}

const checks = {
  worker: isGroup({ id: isText, version: isText, threads: isWhole }),
  study: isGroup({ id: isText, version: isText, name: isText }),
} as const;

export async function announce<Kind extends keyof Present>(
  redis: Redis,
  prefix: string,
  kind: Kind,
  who: Present[Kind],
): Promise<void> {
  const key = keyOf(prefix, kind);
  await redis.zadd(key, await now(redis), JSON.stringify(who));
  await redis.pexpire(key, goneAfterMs);
}

export async function takeLeave<Kind extends keyof Present>(
  redis: Redis,
  prefix: string,
  kind: Kind,
  who: Present[Kind],
): Promise<void> {
  await redis.zrem(keyOf(prefix, kind), JSON.stringify(who));
}

export async function present<Kind extends keyof Present>(
  redis: Redis,
  prefix: string,
  kind: Kind,
): Promise<readonly Present[Kind][]> {
  const key = keyOf(prefix, kind);
  const first = (await now(redis)) - goneAfterMs;
  await redis.zremrangebyscore(key, "-inf", `(${first}`);
  return (await redis.zrange(key, "0", "-1")).flatMap((text) => described(kind, text));
}

/** What is no description of anybody is nobody. */
function described<Kind extends keyof Present>(kind: Kind, text: string): Present[Kind][] {
  try {
    const who: unknown = JSON.parse(text);
    checks[kind](who, `a ${kind}`);
    return [who as Present[Kind]];
  } catch {
    return [];
  }
}

const keyOf = (prefix: string, kind: keyof Present): string => `${prefix}:present:${kind}`;

/** In milliseconds, by the clock of Redis. */
async function now(redis: Redis): Promise<number> {
  const [seconds, micros] = (await redis.time()).map(Number);
  return seconds * 1_000 + Math.floor(micros / 1_000);
}
