import type { EnumDeclaration, Expression, FunctionDeclaration, TypeDeclaration } from "./ast.js";
import type { Catalogue } from "./catalogue.js";
import { diagnostic, type Diagnostic, type DiagnosticDetails } from "./diagnostic.js";
import type { Elaboration } from "./elaboration.js";
import type { TypedExpression } from "./program.js";
import type { Source, Span } from "./source.js";
import { fits, number, typePhrase, type ValueType } from "./type.js";
import { sameUnit, units } from "./unit.js";
import type { Value } from "./value.js";

/** What a name stands for. `null` is known to be wrong already. */
export interface Entry {
  readonly value: Value | null;
  /** The slower clock it lives on; null is the strategy's own. */
  readonly clock: string | null;
  /** Still being worked out: only its older values may be read. */
  readonly isUnfinished?: true;
  /** What `x[k]` looks back on, where that is not the value itself: a `state` has the value of the last bar's end. */
  readonly past?: TypedExpression;
}

/** A function of the program, of a module or of the prelude, with the names it sees. */
export interface UserFunction {
  readonly declaration: FunctionDeclaration;
  readonly scope: Scope;
}

/** What a file declares beside values. */
export interface Namespace {
  readonly functions: ReadonlyMap<string, UserFunction>;
  /** By `Type.name`. */
  readonly methods: ReadonlyMap<string, UserFunction>;
  readonly types: ReadonlyMap<string, TypeDeclaration>;
  readonly enums: ReadonlyMap<string, EnumDeclaration>;
  readonly modules: ReadonlyMap<string, Module>;
}

/** Another file: only what is `pub` is seen from outside. */
export interface Module {
  readonly scope: Scope;
  readonly isPublic: (name: string) => boolean;
}

/** What names mean where an expression stands. */
export interface Scope {
  readonly catalogue: Catalogue;
  readonly source: Source;
  /**
   * What an expression stands for; null when something in it is wrong, which has then been reported. Each form of
   * expression has a file of its own, and asks for its parts through here.
   */
  readonly check: (of: Expression, scope: Scope) => Value | null;
  /** The slower clock on which values are worked out here; null is the strategy's own. */
  readonly clock: string | null;
  /** The clock of `close` and its like; another than `clock` only inside `latest`, where they may not be read. */
  readonly fieldClock: string | null;
  readonly find: (name: string) => Entry | undefined;
  /** The names to choose from when one is unknown. */
  readonly names: () => Iterable<string>;
  /** Whether a declaration of the name is there, but could not be read: whoever uses it is not to blame. */
  readonly isBroken: (name: string) => boolean;
  readonly namespace: Namespace;
  /** Other symbols whose bars can be read, by the names they have here. */
  readonly markets: ReadonlySet<string>;
  /** Whether there are other members to compare with. */
  readonly isUniverse: boolean;
  /** Long and short positions are held side by side. */
  readonly hedges: boolean;
  readonly elaboration: Elaboration;
  /** Functions that are being put in, the innermost last. */
  readonly calls: readonly UserFunction[];
  /** Loops that are open. */
  readonly loops: number;
  /** Whether a value that does not exist yet has a replacement: the left side of `or else`. */
  readonly isGuarded: boolean;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** What somebody should know who wrote a number for a duration. */
export const durationHint =
  "a duration is written with its unit: `30m`, `4h`, `2d`; a time of day is `16:00`";

/** Whether the value may stand where `wanted` is needed; reports it when not. */
export function expect(
  value: TypedExpression,
  wanted: ValueType,
  span: Span,
  scope: Pick<Scope, "report">,
  details: DiagnosticDetails = {},
): boolean {
  if (fits(value.type, wanted)) return true;
  const values = { expected: typePhrase(wanted), found: typePhrase(value.type) };
  const hint =
    wanted.kind === "number" && wanted.unit !== null && sameUnit(wanted.unit, units.duration)
      ? durationHint
      : undefined;
  scope.report(diagnostic("BF2006", span, values, { hint, ...details }));
  return false;
}

/** Whether the value may count bars: known before the run, and a number of bars or an `int`. */
export function expectBars(value: TypedExpression, of: Expression, what: string, scope: Scope): boolean {
  const { span } = of;
  // A percentage is a number, and 100% is 1: as a count of bars it is a slip.
  if (of.kind === "number" && of.unit === "ratio") {
    const values = { expected: typePhrase(number(units.bars)), found: "a percentage" };
    scope.report(diagnostic("BF2006", span, values));
    return false;
  }
  if (!fits(value.type, number(units.ratio)) && !expect(value, number(units.bars), span, scope)) return false;
  return expectStatic(value, span, what, scope);
}

export function expectStatic(
  value: TypedExpression,
  span: Span,
  what: string,
  { elaboration, report }: Pick<Scope, "elaboration" | "report">,
): boolean {
  if (elaboration.isStatic(value)) return true;
  report(diagnostic("BF2008", span, { what }, { hint: "write a number, a `param`, or arithmetic of these" }));
  return false;
}
