import type { Diagnostic } from "./diagnostic.js";
import type { Source } from "./source.js";

export interface ErrorDetails {
  /** What would help, as an instruction. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly diagnostics?: readonly Diagnostic[];
  readonly source?: Source;
}

/**
 * A mistake in what was given to BitFever (a program, a file, a setting), with a stable code.
 * Anything else that is thrown is a fault of BitFever itself.
 *
 * Codes: BF1xxx to BF3xxx are diagnostics of programs, BF4xxx data, BF5xxx settings and usage.
 *
 * @example
 * try {
 *   compile("strategy");
 * } catch (error) {
 *   if (!(error instanceof BitFeverError)) throw error;
 *   console.log(error.code, error.message, error.hint);
 * }
 */
export class BitFeverError extends Error {
  /** A plug-in may have a copy of this package of its own: what it throws is the same to who shows it. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "BitFeverError" && "code" in value;
  }

  override readonly name = "BitFeverError";
  readonly code: string;
  readonly hint: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly source: Source | undefined;

  constructor(code: string, message: string, { hint, cause, diagnostics = [], source }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.diagnostics = diagnostics;
    this.source = source;
  }
}
