import { BitFeverError } from "@bitfever/lang";
import type * as bullmq from "bullmq";
import type * as ioredis from "ioredis";
import type { QueueAddress } from "./address.js";

/** What a queue is made of. */
export interface QueuePeers {
  readonly bullmq: typeof bullmq;
  readonly ioredis: typeof ioredis;
}

/** @throws BitFeverError BF5150 where they are not installed */
export async function queuePeers(): Promise<QueuePeers> {
  try {
    return { bullmq: await import("bullmq"), ioredis: await import("ioredis") };
  } catch (cause) {
    throw new BitFeverError(
      "BF5150",
      "a queue needs the packages bullmq and ioredis, which are not installed",
      {
        cause,
        hint: "npm install bullmq ioredis",
      },
    );
  }
}

/** How long the first connection may take. */
const patienceMs = 5_000;
const [firstPauseMs, longestPauseMs] = [100, 5_000];

/**
 * Connects to Redis. Once it has been there, a connection that is lost is made anew, however long that takes.
 *
 * @throws BitFeverError BF5152 where there is none
 */
export async function connectQueue(
  { ioredis: { Redis } }: Pick<QueuePeers, "ioredis">,
  address: QueueAddress,
): Promise<ioredis.Redis> {
  const { host, port, username, password, database: db, isEncrypted } = address;
  let wasThere = false;
  const redis = new Redis({
    ...{ host, port, db, lazyConnect: true, connectTimeout: patienceMs },
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(isEncrypted && { tls: {} }),
    // A command waits until the connection is back.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (wasThere ? Math.min(firstPauseMs * 2 ** (times - 1), longestPauseMs) : null),
  });
  let last: Error | undefined;
  redis.on("error", (error) => {
    last = error;
  });
  try {
    await redis.connect();
    // A database that there is not would be let be, and another taken.
    await redis.select(db);
  } catch (error) {
    redis.disconnect();
    throw unreachable(address, last ?? error);
  }
  wasThere = true;
  return redis;
}

/** Tells each time that the connection is lost and that it is back. */
export function watchConnection(redis: ioredis.Redis, tell: (isThere: boolean) => void): void {
  let isThere = true;
  const change = (to: boolean): void => {
    // Each attempt that fails is a loss for ioredis.
    if (isThere === to) return;
    isThere = to;
    tell(to);
  };
  redis.on("close", () => {
    change(false);
  });
  redis.on("ready", () => {
    change(true);
  });
}

/** What helps, by what is said; the last one where nothing fits. */
const remedies: readonly (readonly [said: RegExp, hint: string])[] = [
  [/NOAUTH|WRONGPASS|AUTH/, "write user and password into the address: redis://user:password@host:6379"],
  [/certificate/, "have Node trust the one who signed it: NODE_EXTRA_CA_CERTS=ca.pem"],
  [/DB index/, "take a database that it has: redis://host:6379/0"],
  [/(?:)/, "start one with `redis-server`, or look at host, port, firewall and whether it is `rediss://`"],
];

function unreachable({ shown }: QueueAddress, cause: unknown): BitFeverError {
  const { message, code } = cause as NodeJS.ErrnoException;
  const why = message || (code ?? "no answer");
  return new BitFeverError("BF5152", `there is no Redis at ${shown} that can be used: ${why}`, {
    cause,
    hint: remedies.find(([said]) => said.test(why))?.[1],
  });
}

/** What Redis says no to, as when its memory is full; what is no fault of Redis is left as it is. */
export function refusal({ shown }: QueueAddress, error: unknown): Error {
  if (error instanceof BitFeverError) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  if (error.name !== "ReplyError") return error;
  return new BitFeverError("BF5157", `Redis at ${shown} refuses: ${error.message}`, {
    cause: error,
    hint: "look at its log, its memory (`maxmemory` with the policy noeviction) and the rights of the user",
  });
}
