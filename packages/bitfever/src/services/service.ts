import type { AccountEvent } from "../trading/account-event.js";
import type { AccountState } from "../trading/account-state.js";
import type { Redaction } from "./redaction.js";

/** Who gives a command: by which mouth, and whom that knows them as. */
export interface Caller {
  /** The service it came by, such as `telegram`. */
  readonly mouth: string;
  /** As the mouth knows them, such as `chat 4711`. */
  readonly who: string;
}

/** What became of a command. */
export interface CommandAnswer {
  /** `confirm`: nothing was done yet; the same person gives the token back, and then it is. */
  readonly outcome: "done" | "refused" | "unreadable" | "confirm";
  /** For people: what was understood, in full, and what came of it. */
  readonly text: string;
  /** Why not, as a code of BitFever or of a gate. */
  readonly code?: string;
  /** For programs: plain data. */
  readonly data?: unknown;
  /** `until`: milliseconds UTC. */
  readonly confirm?: { readonly token: string; readonly until: number };
}

/** What a service has to tell whoever runs the account: structured, without secrets. */
export interface ServiceLog {
  readonly info: (text: string, data?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (text: string, data?: Readonly<Record<string, unknown>>) => void;
  readonly error: (text: string, data?: Readonly<Record<string, unknown>>) => void;
}

export interface ServiceClock {
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Calls once, unless what it returns is called before. */
  readonly after: (ms: number, act: () => void) => () => void;
}

/** The account as a service sees it. */
export interface ServiceContext {
  readonly account: string;
  readonly clock: ServiceClock;
  readonly log: ServiceLog;
  /** Where a service may keep what must not be lost; null where the account keeps nothing. */
  readonly folder: string | null;
  /** The folder of the account's journal, for who watches it; left out where there is none. */
  readonly journal?: string | undefined;
  /** Knows what the configuration has as secrets; left out where it has none. */
  readonly redaction?: Redaction | undefined;
  readonly state: () => AccountState;
  /** Hears all that happens from now on, until what it returns is called. */
  readonly listen: (hear: (event: AccountEvent) => void) => () => void;
  /** Carries out a command in words, as of `readCommand`. */
  readonly command: (words: string, by: Caller) => Promise<CommandAnswer>;
  /** Keeps that a mouth has turned somebody away, with a code; left out where nobody keeps commands. */
  readonly turnedAway?: ((words: string, by: Caller, code: string) => void) | undefined;
  /** Asks for the end of the run, as Ctrl-C does. */
  readonly quit: () => void;
}

/** Something at the side of an account: a mouth for commands, alerts, figures for a monitor. */
export interface Service {
  /** Resolves when it can be reached. */
  readonly start: () => Promise<void>;
  /** Resolves when nothing of it is left: what it has to deliver is delivered or kept. */
  readonly stop: () => Promise<void>;
}

/**
 * A kind of service, as a configuration names it.
 *
 * @typeParam Options  what stands under its name in the configuration, checked by `schema`
 */
export interface ServiceKind<Options = unknown> {
  readonly name: string;
  readonly summary: string;
  /** Of what it can be told, as a schema of zod. */
  readonly schema: ZodLike<Options>;
  // A method, so that a list may hold kinds with options of their own: `make` is given what `schema` lets through, and nothing else.
  make(options: Options, context: ServiceContext): Service;
}

/** The part of a zod schema that is needed, so that who only writes a service needs no zod of the same version. */
export interface ZodLike<Value> {
  readonly safeParse: (given: unknown) =>
    | { readonly success: true; readonly data: Value }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly {
            readonly path: readonly PropertyKey[];
            readonly message: string;
          }[];
        };
      };
}
