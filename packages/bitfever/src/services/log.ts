import { once } from "node:events";
import type { DestinationStream, Logger } from "pino";
import { isoTime } from "@bitfever/engine";
import { BitFeverError } from "@bitfever/lang";
import type { AccountEvent } from "../trading/account-event.js";
import { peer } from "./peers.js";
import type { Redaction } from "./redaction.js";
import type { ServiceLog } from "./service.js";
import { currentCommand } from "./told-commands.js";

export const logLevels = ["debug", "info", "warn", "error"] as const;

export interface LogOptions {
  readonly account: string;
  /** A file that lines are put behind, or a stream of the process. */
  readonly to: "stdout" | "stderr" | { readonly file: string };
  readonly level: (typeof logLevels)[number];
  /** Milliseconds UTC. */
  readonly now: () => number;
  readonly redaction: Redaction;
}

/** Lines of JSON: what services say, and what happens on the account. */
export interface OperationLog {
  /** @param service  who says it */
  readonly of: (service: string) => ServiceLog;
  /** Writes what happened, under the ids by which it can be followed. */
  readonly hear: (event: AccountEvent) => void;
  /** Resolves once all of it is written. */
  readonly close: () => Promise<void>;
}

/** Of so many orders it is remembered which bar has decided them. */
const mostOrders = 10_000;
/** What may wait for a reader that is slow, in bytes: of more, lines are left out. */
const mostWaiting = 8 * 2 ** 20;

/**
 * Opens a log over pino. A line of an order, and of what became of it, has the client id (`clientId`) and the close of the bar that
 * has decided it (`bar`); what a command has brought about has its id (`command`).
 *
 * @throws BitFeverError BF5346 without pino, BF5348 for a file that cannot be written
 * @example
 * const log = await openLog({ account: "main", to: { file: "main.log" }, level: "info", now: Date.now, redaction: redaction([apiKey]) });
 * account.listen(log.hear);
 */
export async function openLog(options: LogOptions): Promise<OperationLog> {
  const { pino } = await peer("pino", "a structured log", () => import("pino"));
  const { account, to, level, now, redaction } = options;
  // Written by others: a reader that stalls must not stall what trades.
  const place = typeof to === "object" ? to.file : to === "stdout" ? 1 : 2;
  const stream = pino.destination({
    ...{ dest: place, append: true, mkdir: true, sync: false, minLength: 0, maxLength: mostWaiting },
  });
  await opened(stream, place);
  let left = 0;
  stream.on("drop", () => left++);
  const logger = pino(
    {
      ...{ level, base: { account: redaction.text(account) }, messageKey: "text" },
      timestamp: () => `,"time":"${isoTime(now())}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream as DestinationStream,
  );
  const bars = new DecidingBars();
  return {
    of: (service) => serviceLog(logger.child({ service: redaction.text(service) }), redaction),
    hear: (event) => {
      bars.hear(event);
      const eventLevel = levelOf(event);
      if (!logger.isLevelEnabled(eventLevel)) return;
      logger[eventLevel](redaction.value(dataOf(event, bars, currentCommand())) as object);
    },
    close: async () => {
      if (left > 0) logger.warn({ left }, "lines were left out: who reads them was too slow");
      // To flush at once would put what is left before what is being written.
      const isWritten = Promise.race([once(stream, "close"), once(stream, "error")]);
      stream.end();
      await isWritten.catch(() => undefined);
    },
  };
}

function serviceLog(logger: Logger, redaction: Redaction): ServiceLog {
  const say =
    (level: "info" | "warn" | "error"): ServiceLog["info"] =>
    (text, data) => {
      if (!logger.isLevelEnabled(level)) return;
      const command = currentCommand();
      const all = { ...data, ...(command !== undefined && { command }) };
      logger[level](redaction.value(all) as object, redaction.text(text));
    };
  return { info: say("info"), warn: say("warn"), error: say("error") };
}

/** Which bar each order came of. */
class DecidingBars {
  private newest: string | null = null;
  private readonly byOrder = new Map<string, string>();

  hear(event: AccountEvent): void {
    if (event.kind === "bars") this.newest = isoTime(event.closedAt);
    if (event.kind !== "order" || this.newest === null) return;
    if (this.byOrder.size >= mostOrders)
      for (const oldest of this.byOrder.keys()) {
        this.byOrder.delete(oldest);
        break;
      }
    this.byOrder.set(event.clientId, this.newest);
  }

  of(event: AccountEvent): string | null {
    // What is refused was decided just now, and what comes of an order when that was.
    if ("clientId" in event) return this.byOrder.get(event.clientId) ?? null;
    return event.kind === "command" || event.kind === "snapshot" ? null : this.newest;
  }
}

const levelOf = (event: AccountEvent): "debug" | "info" | "warn" => {
  if (event.kind === "bars" || event.kind === "snapshot") return "debug";
  const isBad =
    event.kind === "rejected" ||
    (event.kind === "notice" &&
      !["reconciled", "connected", "switched", "operator"].includes(event.notice.what));
  return isBad ? "warn" : "info";
};

function dataOf(event: AccountEvent, bars: DecidingBars, command: string | undefined): object {
  const { kind, time, ...rest } = event;
  const bar = bars.of(event);
  return {
    event: kind,
    at: isoTime(time),
    ...(bar !== null && { bar }),
    ...(command !== undefined && { command }),
    ...(event.kind === "bars"
      ? { symbols: event.bars.map(({ symbol }) => symbol) }
      : event.kind === "notice"
        ? event.notice
        : rest),
  };
}

/** A file that cannot be opened is said so only when it was tried. */
async function opened(
  stream: NodeJS.EventEmitter & { readonly fd?: number },
  place: string | number,
): Promise<void> {
  if (typeof place !== "number")
    await new Promise<void>((resolve, reject) => {
      stream.once("ready", resolve);
      stream.once("error", (cause: NodeJS.ErrnoException) => {
        reject(
          new BitFeverError(
            "BF5348",
            `the log cannot be written to ${place}: ${cause.code ?? cause.message}`,
            {
              cause,
              hint: "check the path and its rights",
            },
          ),
        );
      });
    });
  // Later: a disk that is full, or a reader that is gone, costs lines of the log and nothing else.
  stream.on("error", () => undefined);
}
