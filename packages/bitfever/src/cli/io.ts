import { BitFeverError, renderDiagnostic, type Paint } from "@bitfever/lang";
import type { FeedClock } from "@bitfever/runtime";
import pc from "picocolors";
import type { KeptPrograms } from "../kept-programs.js";

/** How lines are read of who sits at a terminal. */
export interface LineOptions {
  readonly prompt: string;
  /** Lines that were typed before, oldest first. */
  readonly history: readonly string[];
  /** How the word that is being typed may end, and what of it is there. */
  readonly complete: (line: string) => [found: string[], typed: string];
}

/** What a command needs of the world, passed in so that tests can give another. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly isTerminal: boolean;
  readonly color: boolean;
  readonly signal: AbortSignal;
  /** Time, for who waits for it; left out, that of this machine. */
  readonly clock?: FeedClock | undefined;
  /** Asks who sits there for a line; left out where nobody does. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** Tells each key that is pressed, until what it returns is called; left out where nobody sits there. */
  readonly keys?: ((hear: (key: string) => void) => () => void) | undefined;
  /** Reads lines of who sits there, until they end; left out where nobody does. */
  readonly lines?: ((options: LineOptions) => AsyncIterable<string>) | undefined;
  /** What comes on standard input. */
  readonly input?: (() => AsyncIterable<Uint8Array | string>) | undefined;
  /** The variables of the environment; left out, there are none. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** What was compiled at an earlier start; left out, every text is new. */
  readonly programs?: KeptPrograms | undefined;
  /** Of the terminal, in characters. */
  readonly size?: (() => { readonly columns: number; readonly rows: number }) | undefined;
}

/** What they mean is in docs/ci.md, and stays as it is. */
export const exitCodes = { fine: 0, failed: 1, usage: 2, assertion: 3, data: 4, fault: 70 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function paintOf({
  color,
}: Io): Paint & { readonly good: (text: string) => string; readonly strong: (text: string) => string } {
  const colors = pc.createColors(color);
  const { bold } = colors;
  return {
    error: (text) => bold(colors.red(text)),
    warning: (text) => bold(colors.yellow(text)),
    accent: colors.cyan,
    faint: colors.dim,
    good: colors.green,
    strong: bold,
  };
}

/** Shows a mistake of the user's; anything else is our own fault and goes on up. */
export function showError(io: Io, error: unknown): ExitCode {
  if (!(error instanceof BitFeverError)) throw error;
  const paint = paintOf(io);
  const { source, diagnostics } = error;
  if (source !== undefined && diagnostics.length > 0) {
    for (const each of diagnostics) io.err(`${renderDiagnostic(source, each, paint)}\n\n`);
    io.err(`${countOf(diagnostics.filter((each) => each.severity === "error").length, "error")}\n`);
  } else {
    io.err(`${paint.error(`error ${error.code}`)}: ${error.message}\n`);
    if (error.hint !== undefined) io.err(`  ${paint.faint("=")} help: ${error.hint}\n`);
  }
  if (error.code.startsWith("BF4")) return exitCodes.data;
  return error.code.startsWith("BF5") ? exitCodes.usage : exitCodes.failed;
}

export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
