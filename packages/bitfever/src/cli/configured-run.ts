import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { env } from "node:process";
import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { BitFeverError } from "@bitfever/lang";
import type { Bars } from "@bitfever/engine";
import type { FeedClock, LiveClock } from "@bitfever/runtime";
import type { CommandOptions } from "../by-hand/commands.js";
import { utcClock } from "../clock.js";
import type { ConfiguredAccount, StandIn } from "../configuration/configured-account.js";
import type { Environment } from "../configuration/credentials.js";
import type { ReadyConfiguration } from "../configuration/examine.js";
import type { SecretTexts } from "../configuration/secret.js";
import type { ServicesOptions } from "../services/running-services.js";
import type { ServiceClock, ServiceLog } from "../services/service.js";
import type { AccountSetup } from "../trading/account-setup.js";
import type { RunningAccount } from "../trading/running-account.js";
import type { WalkedServer } from "../venues/walked-server.js";
import type { RehearsalFlags } from "./account-files.js";
import { checkNoRun, readHistories, type RunFlags, type TradingFlags } from "./account-command.js";
import { auditPath } from "./account-shell.js";
import { runAccount, type Beside } from "./account-run.js";
import { usage } from "./account-usage.js";
import { paintOf, type ExitCode, type Io } from "./io.js";
import { printable } from "./printable.js";

export type ConfiguredFlags = Partial<TradingFlags> & RehearsalFlags & RunFlags;

/** What the file of an account says itself, and where in it. */
const saidThere = {
  gates: "as `gates`",
  account: "as `account`",
  share: "as `share` of a strategy",
  on: "as `symbols` of a strategy",
  param: "as `params` of a strategy",
  set: "under `set`, for all strategies or for one",
  instruments: "as `instruments`",
  feed: "as `feeds`",
  follow: "as `feeds`, of the kind file",
  byHand: "as `by_hand`",
  market: "as an exchange or a feed of the strategy that reads it",
} as const;

/**
 * Trades the account of a configuration: on paper, or at its exchange in earnest, until somebody stops it.
 *
 * @param confirm  asks whether it is meant, with the name of the account and where its orders go
 */
export async function tradeConfigured(
  io: Io,
  done: (code: ExitCode) => void,
  kind: AccountSetup["kind"],
  words: readonly string[],
  flags: ConfiguredFlags,
  confirm: (account: string, venue: string) => Promise<void> = () => Promise.resolve(),
  environment: Environment = env,
): Promise<void> {
  const { path, data } = given(kind, words, flags);
  const { readConfiguration } = await import("../configuration/examine.js");
  const ready = await readConfiguration(path, environment);
  const { secrets, configuration } = ready;
  const shown = maskedIo(io, secrets);
  try {
    const journal = flags.journal ?? (configuration.journal && join(ready.folder, configuration.journal));
    checkJournal(kind, journal, flags.rehearse === true, path);
    const venues = Object.values(configuration.exchanges ?? {}).map(({ venue }) => venue);
    await confirm(
      configuration.account,
      `${venues.join(", ")}${flags.rehearse === true ? " (rehearsal)" : ""}`,
    );
    const bars = data.length === 0 ? [] : await readHistories(shown, { ...flags, data });
    await trade(shown, done, { kind, ready, bars, journal, flags });
  } catch (error) {
    throw maskedError(error, secrets);
  }
}

interface Trade {
  readonly kind: AccountSetup["kind"];
  readonly ready: ReadyConfiguration;
  readonly bars: readonly Bars[];
  readonly journal: string | undefined;
  readonly flags: ConfiguredFlags;
}

async function trade(io: Io, done: (code: ExitCode) => void, given: Trade): Promise<void> {
  const { kind, ready, bars, journal, flags } = given;
  const clock = machineClock(io);
  const say = (text: string): void => {
    io.err(`${paintOf(io).warning("feed")}: ${printable(text)}\n`);
  };
  const servers: WalkedServer[] = [];
  const { ConfiguredAccount } = await import("../configuration/configured-account.js");
  let prepared: ConfiguredAccount | undefined;
  try {
    prepared = await ConfiguredAccount.prepare(ready, {
      ...{ kind, journal, clock, say, signal: io.signal },
      ...(bars.length > 0 && { bars }),
      ...(flags.rehearse === true && { standIn: rehearsal(io, ready, flags, servers) }),
    });
    const account = prepared;
    const services = await account.services();
    await runAccount(io, done, {
      ...{ kind, bars },
      ...(flags.speed !== undefined && { speed: flags.speed }),
      ...(flags.watch !== undefined && { watch: flags.watch }),
      ...(flags.shell !== undefined && { shell: flags.shell }),
      confirms: confirmsOf(ready),
      ...(flags.json !== undefined && { json: flags.json }),
      ...(flags.trades !== undefined && { trades: flags.trades }),
      ...(journal !== undefined && { journal }),
      open: (onEvent) => account.open(onEvent),
      ...(bars.length === 0 && { live: (opened, signal) => account.follow(opened, signal) }),
      beside: async (opened, quit): Promise<Beside> => {
        if (services.length === 0) return { stop: () => Promise.resolve() };
        const { RunningServices } = await import("../services/running-services.js");
        const folder = journal === undefined ? null : besideOf(journal);
        return RunningServices.start({
          ...{ account: opened, services, clock: clock.ofServices, quit, journal },
          redaction: ready.secrets,
          logOf: (name) => serviceLog(io, name),
          folder,
          ...(await commandsOf(opened, ready, { journal, now: clock.now, quit, isPast: bars.length > 0 })),
        });
      },
    });
  } finally {
    await prepared?.close();
    for (const each of servers) await each.close();
  }
}

/** What is kept beside a journal, of each service. */
const besideOf = (journal: string): string => join(dirname(journal), `${basename(journal)}.services`);

interface CommandSurroundings {
  readonly journal: string | undefined;
  readonly now: () => number;
  readonly quit: () => void;
  /** Its bars are of a history, and so is its clock. */
  readonly isPast: boolean;
}

async function commandsOf(
  account: RunningAccount,
  ready: ReadyConfiguration,
  { journal, now, quit, isPast }: CommandSurroundings,
): Promise<Pick<ServicesOptions, "carryOut" | "turnedAway">> {
  const { Commands } = await import("../by-hand/commands.js");
  const { fileAudit } = await import("../by-hand/audit.js");
  const commands = new Commands({
    ...{ account, now, quit, random: randomBytes },
    audit: journal === undefined ? () => undefined : fileAudit(auditPath(journal)),
    ...(!isPast && { at: now }),
    confirms: confirmsOf(ready),
  });
  return {
    carryOut: commands.carryOut,
    turnedAway: (words, by, code) => {
      commands.turnedAway(words, by, code);
    },
  };
}

/** What has to be confirmed, wherever a command comes by. */
function confirmsOf({ configuration }: ReadyConfiguration): NonNullable<CommandOptions["confirms"]> {
  const confirm = configuration.by_hand?.confirm ?? "nothing";
  return typeof confirm === "string" ? confirm : (mouth) => confirm[mouth] ?? "nothing";
}

/** The file, and the bars among the words; what it says itself cannot be said beside it. */
function given(
  kind: AccountSetup["kind"],
  words: readonly string[],
  flags: ConfiguredFlags,
): { readonly path: string; readonly data: readonly string[] } {
  const path = words.find((each) => /\.(ya?ml|json)$/i.test(each)) as string;
  for (const [flag, where] of Object.entries(saidThere))
    if (flags[flag as keyof typeof saidThere] !== undefined)
      throw usage(
        `--${flag} stands beside the file of an account, which says it itself`,
        `leave it out, and write it in ${path}: ${where}`,
      );
  checkNoRun(flags);
  const more = words.filter((each) => each !== path);
  const strategy = more.find((each) => /\.(bf|ya?ml|json)$/i.test(each));
  if (strategy !== undefined)
    throw usage(
      `${strategy} stands beside the account ${path}`,
      "name it among the strategies of the file, or leave it out",
    );
  const data = [...(flags.data ?? []), ...more];
  if (data.length > 0 && kind === "live")
    throw usage("bf live asks its exchange for bars", "leave the files of bars out: bf paper trades on them");
  if (data.length > 0 && flags.rehearse === true)
    throw usage(
      "--rehearse stands beside bars that there are already",
      "leave one of them out: `bf venue-server --data` is an exchange whose market goes through bars",
    );
  if (data.length === 0 && flags.speed !== undefined)
    throw usage(
      "--speed is of bars that are there already, and those of an exchange have their own",
      "leave it out",
    );
  return { path, data };
}

function checkJournal(
  kind: AccountSetup["kind"],
  journal: string | undefined,
  isRehearsal: boolean,
  path: string,
): void {
  if (kind === "live" && journal === undefined)
    throw new BitFeverError(
      "BF5185",
      "live trading needs a journal: without one nothing knows after a crash what was sent",
      { hint: `write \`journal: FOLDER\` into ${path}, or give --journal FOLDER` },
    );
  if (!isRehearsal || journal === undefined || !existsSync(journal) || readdirSync(journal).length === 0)
    return;
  throw new BitFeverError(
    "BF5321",
    `a rehearsal begins anew, and ${journal} has an account already: the exchange of this one was gone with its process`,
    { hint: `take the folder away, or give another one: --journal FOLDER` },
  );
}

/** A venue server of its own in the place of each exchange, with markets that walk as the seed says. */
function rehearsal(
  io: Io,
  { strategies }: ReadyConfiguration,
  { rehearsalSeed: seed }: ConfiguredFlags,
  servers: WalkedServer[],
): StandIn {
  return async (name, kind, options) => {
    if (kind.server === null)
      throw new BitFeverError("BF5322", `there is no local server that talks as ${kind.name} does`, {
        hint: "rehearse it on paper, where orders go to a simulated venue",
      });
    const { startWalkedServer } = await import("../venues/walked-server.js");
    const heard = strategies.flatMap((each) =>
      each.heard.filter(({ from, exchange }) => [from, exchange].includes(name)),
    );
    const symbols = [...new Set(heard.map(({ symbol }) => symbol))];
    const shares = kind.server === "tws" ? await import("../venues/interactive-brokers-venue.js") : undefined;
    const contracts = shares?.servedContracts(options, symbols);
    const warmup = Math.max(...strategies.map((each) => each.warmup));
    const server = await startWalkedServer({
      exchange: kind.server,
      ...{ symbols, ...(contracts && { contracts }) },
      barMs: Math.min(...heard.map(({ intervalMs }) => intervalMs)),
      history: 2 * warmup + 100,
      now: utcClock,
      ...(seed !== undefined && { seed }),
    });
    servers.push(server);
    io.err(
      `${paintOf(io).faint(`rehearsal: ${name} is a venue server at ${server.address}; no money moves`)}\n`,
    );
    return { ...(contracts && { contracts }), ...server.options, poll_ms: 2_000 };
  };
}

type MachineClock = FeedClock & LiveClock & { readonly ofServices: ServiceClock };

function machineClock(io: Io): MachineClock {
  const now = io.clock?.now ?? utcClock;
  const every: LiveClock["every"] = (ms, act) => {
    const timer = setInterval(act, ms);
    return () => {
      clearInterval(timer);
    };
  };
  const after: ServiceClock["after"] = (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => {
      clearTimeout(timer);
    };
  };
  return {
    now,
    every,
    wait:
      io.clock?.wait ??
      (async (ms) => {
        await pause(ms);
      }),
    ofServices: { now, after },
  };
}

function serviceLog(io: Io, name: string): ServiceLog {
  const paint = paintOf(io);
  const line =
    (mark: (text: string) => string) =>
    (text: string, data?: Readonly<Record<string, unknown>>): void => {
      const more = data === undefined ? "" : ` ${JSON.stringify(data)}`;
      io.err(`${mark(name)}: ${printable(`${text}${more}`)}\n`);
    };
  return { info: line(paint.faint), warn: line(paint.warning), error: line(paint.error) };
}

/** All that is written for people and machines, without secrets. */
const maskedIo = (io: Io, secrets: SecretTexts): Io => ({
  ...io,
  out: (text) => {
    io.out(secrets.text(text));
  },
  err: (text) => {
    io.err(secrets.text(text));
  },
});

function maskedError(error: unknown, secrets: SecretTexts): unknown {
  if (!(error instanceof Error)) return error;
  const hidden = (text: string): string => secrets.text(text);
  if (error instanceof BitFeverError) {
    const { code, message, hint, source, diagnostics } = error;
    return new BitFeverError(code, hidden(message), {
      hint: hint === undefined ? undefined : hidden(hint),
      diagnostics,
      ...(source && { source }),
    });
  }
  const other = new Error(hidden(error.message));
  other.stack = hidden(error.stack ?? "");
  return other;
}
