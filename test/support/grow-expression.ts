import type { Builtin } from "@bitfever/lang";
import { isOneOfMany } from "./one-of-many.js";
import { catalogue } from "@bitfever/engine";
import type { Random } from "./random.js";

/*
 * Expressions that compile, grown one kind of value at a time, so that units are right: from the names around them, from
 * every function of the catalogue, and from every form of the language.
 */

export type Kind =
  "price" | "number" | "bool" | "bars" | "quantity" | "money" | "duration" | "instant" | "mode";

/** A name that stands for one value, or a part of one that does. */
export interface Named {
  readonly text: string;
  readonly kind: Kind;
  /** The slower clock it lives on; null is the strategy's own, undefined what is the same on every clock. */
  readonly clock: string | null | undefined;
}

/** A function of the program, whose arguments are of these kinds. */
export interface Callable {
  readonly name: string;
  /** Names can be left out when they have a default. */
  readonly takes: readonly { readonly name: string; readonly kind: Kind; readonly hasDefault: boolean }[];
  readonly gives: Kind;
  /** `.upper` for a function that gives a record. */
  readonly member: string;
  /** Has a past, which cannot be another at every step of a loop. */
  readonly hasPast: boolean;
}

/** A record of the program: the names of all of its prices, and of methods that give a price. */
export interface Shaped {
  readonly text: string;
  readonly clock: string | null;
  readonly type: "Band" | "Wide";
}

export interface Surrounding {
  readonly clock: string | null;
  readonly names: readonly Named[];
  readonly records: readonly Shaped[];
  readonly functions: readonly Callable[];
  readonly hasModes: boolean;
  /** Names of whole numbers known before the run, beside literals: parameters, loop variables. */
  readonly lengths: readonly string[];
  /** Where only names of its clock can be read, and no `close`. */
  readonly isInLatest?: boolean;
  readonly isInLoop?: boolean;
}

const isSlower = (one: string | null | undefined, other: string | null): boolean =>
  typeof one === "string" && clockOrder.indexOf(one) > (other === null ? -1 : clockOrder.indexOf(other));

/** From the fastest to the slowest. */
export const clockOrder: readonly string[] = ["30m", "1h", "4h", "1d", "1w", "1mo"];

const fields: Readonly<Record<Kind, readonly string[]>> = {
  price: ["open", "high", "low", "close", "close", "hl2", "hlc3", "ohlc4"],
  number: ["hour", "minute", "day_of_week", "day", "month", "week_of_year", "year", "multiplier"],
  bool: ["is_session_last", "(close > open)", "(close > high[1])"],
  bars: ["session_bar", "bar_index"],
  quantity: ["volume"],
  money: ["(close * volume)"],
  duration: ["since_open", "until_close", "time_of_day"],
  instant: ["time"],
  mode: [],
};

/** Each says its unit: a bare number would become a plain one in a product. */
const constants: Readonly<Record<Kind, readonly string[]>> = {
  price: ["2 ticks", "tick_size", "5 ticks"],
  number: ["0.5", "1", "1.1", "2", "25%", "30 bps", "-1"],
  bool: ["true", "false"],
  bars: ["3 bars", "1 bar"],
  quantity: ["lot_size"],
  money: ["(2 ticks * lot_size)", "(lot_size * 5 ticks)"],
  duration: ["30m", "2h", "1d", "90m"],
  instant: ['datetime("2024-03-10T14:30Z")', 'datetime("2024-11-29T09:30-05:00")'],
  mode: ["Mode.fast", "Mode.slow", "Mode.flat"],
};

const comparable: readonly Kind[] = [
  "price",
  "price",
  "price",
  "number",
  "bars",
  "quantity",
  "duration",
  "instant",
  "money",
];

export class ExpressionGrower {
  private loops = 0;

  constructor(readonly random: Random) {}

  /** An expression of a kind, at most `depth` forms deep. */
  grow(kind: Kind, depth: number, around: Surrounding): string {
    if (depth <= 0 || this.random.chance(0.12)) return this.leaf(kind, around);
    const forms = this.formsOf(kind);
    return this.random.pick(forms)(kind, depth - 1, around) ?? this.leaf(kind, around);
  }

  /** One that is there whenever its bar is. */
  certain(kind: Kind, depth: number, around: Surrounding): string {
    const there = { price: "1", number: "1", bars: "2", quantity: "0", money: "0", bool: "true" };
    const last = isCertain(kind, there) ? there[kind] : "";
    return `(${this.grow(kind, depth, around)} or else ${last})`;
  }

  private formsOf(kind: Kind): ((kind: Kind, depth: number, around: Surrounding) => string | null)[] {
    const shared = [this.history, this.choice, this.fallback, this.userCall, this.leafForm, this.member];
    switch (kind) {
      case "bool":
        return [
          ...shared,
          this.logic,
          this.not,
          this.comparison,
          this.comparison,
          this.crossing,
          this.readiness,
          this.aggregateOfConditions,
          this.builtin,
          this.equality,
        ];
      case "mode":
        return [this.history, this.choice, this.fallback];
      case "instant":
        return [this.history, this.choice, this.fallback, this.moved];
      case "duration":
        return [this.history, this.choice, this.fallback, this.sum, this.between, this.scaled];
      default:
        return [
          ...shared,
          this.sum,
          this.scaled,
          this.matching,
          this.builtin,
          this.builtin,
          this.loop,
          this.windowed,
          this.fold,
          this.negative,
          ...(kind === "number"
            ? [this.quotient, this.prelude, this.prelude, this.prelude, this.countOf]
            : []),
        ];
    }
  }

  private readonly leafForm = (kind: Kind, _depth: number, around: Surrounding): string =>
    this.leaf(kind, around);

  private leaf(kind: Kind, around: Surrounding): string {
    const { random } = this;
    const own = around.names.filter(
      (each) => each.kind === kind && (each.clock === undefined || each.clock === around.clock),
    );
    const slower = around.names.filter((each) => each.kind === kind && isSlower(each.clock, around.clock));
    if (around.isInLatest === true) return own.length > 0 ? random.pick(own).text : this.constant(kind);
    if (slower.length > 0 && random.chance(0.3)) return this.latest(kind, around);
    if (own.length > 0 && random.chance(0.5)) return random.pick(own).text;
    if (fields[kind].length === 0 || random.chance(0.12)) return this.constant(kind);
    return random.pick(fields[kind]);
  }

  private constant(kind: Kind): string {
    return this.random.pick(constants[kind]);
  }

  /** A bare number takes the unit it meets, and nothing at all takes any. */
  private bare(kind: Kind): string {
    return kind === "number" || kind === "price" || kind === "bars" || kind === "quantity" || kind === "money"
      ? this.random.pick(["100", "1", "0.25", "-3", "0"])
      : "none";
  }

  /** A value of a slower clock: a name, or an expression of names of that clock. */
  private latest(kind: Kind, around: Surrounding): string {
    const slower = around.names.filter((each) => each.kind === kind && isSlower(each.clock, around.clock));
    const { text, clock } = this.random.pick(slower);
    if (typeof clock !== "string" || this.random.chance(0.6)) return `latest(${text})`;
    const there = { ...around, clock, isInLatest: true };
    const rest = this.grow(kind, 1, there);
    return this.random.pick([
      `latest(${text}[1])`,
      `latest(if ready(${text}) then ${text} else ${rest})`,
      `latest(${text} or else ${rest})`,
    ]);
  }

  private length(around: Surrounding): string {
    const { lengths } = around;
    if (lengths.length > 0 && this.random.chance(0.25)) return this.random.pick(lengths);
    return String(this.random.whole(1, 6));
  }

  private readonly history = (kind: Kind, depth: number, around: Surrounding): string => {
    const of = this.grow(kind, depth, around);
    if (!isRunning(of) && this.random.chance(0.2)) return `(${of})[${this.length(around)}]`;
    return `(${of})[${this.random.whole(isRunning(of) ? 1 : 0, 3)}]`;
  };

  private readonly choice = (kind: Kind, depth: number, around: Surrounding): string => {
    const otherwise = this.random.chance(0.2) ? "none" : this.grow(kind, depth, around);
    return `(if ${this.grow("bool", depth, around)} then ${this.grow(kind, depth, around)} else ${otherwise})`;
  };

  private readonly fallback = (kind: Kind, depth: number, around: Surrounding): string => {
    const otherwise = this.random.chance(0.2) ? this.bare(kind) : this.grow(kind, depth, around);
    return `(${this.grow(kind, depth, around)} or else ${otherwise})`;
  };

  private readonly sum = (kind: Kind, depth: number, around: Surrounding): string => {
    const other =
      kind === "duration" || this.random.chance(0.8) ? this.grow(kind, depth, around) : this.bare(kind);
    return `(${this.grow(kind, depth, around)} ${this.random.pick(["+", "-"])} ${other})`;
  };

  private readonly scaled = (kind: Kind, depth: number, around: Surrounding): string =>
    `(${this.grow(kind, depth, around)} ${this.random.pick(["*", "/"])} (${this.grow("number", depth, around)}))`;

  private readonly negative = (kind: Kind, depth: number, around: Surrounding): string =>
    `(-(${this.grow(kind, depth, around)}))`;

  private readonly quotient = (_kind: Kind, depth: number, around: Surrounding): string => {
    const kind = this.random.pick(["price", "price", "quantity", "duration"] as const);
    return `(${this.grow(kind, depth, around)} / ${this.grow(kind, depth, around)})`;
  };

  private readonly between = (_kind: Kind, depth: number, around: Surrounding): string =>
    `(${this.grow("instant", depth, around)} - ${this.grow("instant", depth, around)})`;

  private readonly moved = (_kind: Kind, depth: number, around: Surrounding): string =>
    `(${this.grow("instant", depth, around)} ${this.random.pick(["+", "-"])} ${this.grow("duration", depth, around)})`;

  private readonly logic = (_kind: Kind, depth: number, around: Surrounding): string =>
    `(${this.grow("bool", depth, around)} ${this.random.pick(["and", "or", "==", "!="])} ${this.grow("bool", depth, around)})`;

  private readonly not = (_kind: Kind, depth: number, around: Surrounding): string =>
    `(not ${this.grow("bool", depth, around)})`;

  private readonly comparison = (_kind: Kind, depth: number, around: Surrounding): string => {
    const kind = this.random.pick(comparable);
    const sign = this.random.pick(["<", "<=", ">", ">=", "==", "!="]);
    const isBare = this.random.chance(0.2) && kind !== "duration" && kind !== "instant";
    const other = isBare ? this.bare(kind) : this.grow(kind, depth, around);
    return `(${this.grow(kind, depth, around)} ${sign} ${other})`;
  };

  private readonly equality = (_kind: Kind, depth: number, around: Surrounding): string | null =>
    around.hasModes
      ? `(${this.grow("mode", depth, around)} ${this.random.pick(["==", "!="])} ${this.grow("mode", 0, around)})`
      : null;

  private readonly crossing = (_kind: Kind, depth: number, around: Surrounding): string => {
    const kind = this.random.pick(["price", "price", "number", "quantity"] as const);
    return `(${this.grow(kind, depth, around)} crosses ${this.random.pick(["above", "below"])} ${this.grow(kind, depth, around)})`;
  };

  private readonly readiness = (_kind: Kind, depth: number, around: Surrounding): string =>
    `ready(${this.grow(this.random.pick(comparable), depth, around)})`;

  private readonly matching = (kind: Kind, depth: number, around: Surrounding): string | null => {
    if (!around.hasModes) return null;
    const value = (): string => this.grow(kind, depth, around);
    const cases = this.random.pick([
      () => `fast: ${value()}, slow: ${value()}, flat: ${value()}`,
      () => `flat: ${value()}, fast: ${value()}, slow: ${value()}`,
      () => `slow: ${value()}, else: ${value()}`,
    ]);
    return `(match ${this.grow("mode", Math.min(depth, 1), around)} { ${cases()} })`;
  };

  private readonly member = (kind: Kind, depth: number, around: Surrounding): string | null => {
    if (kind !== "price") return null;
    const own = around.records.filter((each) => each.clock === around.clock);
    const slower = around.records.filter((each) => isSlower(each.clock, around.clock));
    const isSlow = own.length === 0 || (slower.length > 0 && this.random.chance(0.7));
    const from = isSlow ? (around.isInLatest === true ? [] : slower) : own;
    const written = `({ upper: ${this.grow("price", depth, around)}, lower: ${this.grow("price", depth, around)} })`;
    const part = this.random.pick(["upper", "lower"]);
    if (from.length === 0) return `${written}.${part}`;
    const { text, type } = this.random.pick(from);
    const inner = type === "Wide" ? ".inner" : "";
    const shift = this.random.pick(["", "", "", "[1]", "[2]"]);
    if (isSlow) {
      return this.random.pick([
        `latest(${text})${shift}${inner}.${part}`,
        `latest(${text}${inner}.${part})`,
        ...(type === "Band" ? [`latest(${text}).width()`, `latest(${text}${shift}).shifted(1).${part}`] : []),
      ]);
    }
    const one = `${text}${inner}`;
    const chosen = `(if ${this.grow("bool", depth, around)} then ${one} else ${one}[1])`;
    return this.random.pick([
      `${text}${shift}${inner}.${part}`,
      `${one}.${part}${shift}`,
      `${one}.width()`,
      `${one}.shifted(${this.grow("price", 0, around)}).${part}`,
      `${one}${shift}.shifted(by: ${this.grow("price", 0, around)}).width()`,
      `${chosen}.${part}`,
      `${chosen}.width()`,
    ]);
  };

  private readonly userCall = (kind: Kind, depth: number, around: Surrounding): string | null => {
    const isUsable = (each: Callable): boolean => !(around.isInLoop === true && each.hasPast);
    const found = around.functions.filter((each) => each.gives === kind && isUsable(each));
    if (found.length === 0 || around.isInLatest === true) return null;
    const { name, takes, member } = this.random.pick(found);
    const given: string[] = [];
    let isNamed = false;
    for (const { name: taken, kind: wanted, hasDefault } of takes) {
      if (hasDefault && this.random.chance(0.5)) {
        isNamed = true;
        continue;
      }
      const value = wanted === "bars" ? this.length(around) : this.grow(wanted, depth, around);
      given.push(isNamed || this.random.chance(0.2) ? `${taken}: ${value}` : value);
      // What comes after a name has one too, so that places stay clear.
      isNamed ||= given[given.length - 1].startsWith(`${taken}: `);
    }
    return `${name}(${given.join(", ")})${member}`;
  };

  private readonly prelude = (_kind: Kind, depth: number, around: Surrounding): string => {
    const price = (): string => this.grow("price", depth, around);
    const length = String(this.random.whole(2, 5));
    return this.random.pick([
      () => `zscore(${price()}, ${length})`,
      () => `growth(${price()}${this.random.pick(["", `, ${length}`])})`,
      () => `position_in_range(${price()}, ${length})`,
      () => `percent_b(${price()}, ${length})`,
      () => `bandwidth(${price()}, length: ${length}, deviations: 1.5)`,
      () => `times(${this.certain("bool", depth, around)}, ${length})`,
      () => (around.isInLatest === true ? "1" : `(donchian(${length}).middle / close)`),
    ])();
  };

  private readonly builtin = (kind: Kind, depth: number, around: Surrounding): string | null => {
    const fitting = builtinsFor(kind).filter(
      (each) => around.isInLatest !== true || each.fields.length === 0,
    );
    if (fitting.length === 0) return null;
    const builtin = this.random.pick(fitting);
    const shared = builtin.outputs[0].type === "same" ? kind : "price";
    const count = builtin.variadic === undefined ? 0 : this.random.whole(0, 1);
    const more = Array.from({ length: count }, () => builtin.inputs[builtin.inputs.length - 1]);
    const inputs = [...builtin.inputs, ...more].map(({ type }) =>
      this.grow(kindOf(type, shared), depth, around),
    );
    const given = [...inputs];
    const words = builtin.parameters.filter((each) => each.type === "choice");
    // A number alone would be a mistake: `rsi(14)`.
    const isSeries = inputs.some((each) => !/^[(\s-]*(\d|true|false)/.test(each));
    for (const { type, minimum, default: initial } of builtin.parameters) {
      if (type === "choice") continue;
      // A row that ends early would put a number where a word belongs.
      const mayEnd = isSeries && initial !== undefined && initial < 6 && words.length === 0;
      if (mayEnd && this.random.chance(0.2)) break;
      if (type === "number") given.push(this.random.pick(["1", "2", "2.5"]));
      else given.push(String(Math.max(minimum, this.random.whole(2, 5))));
    }
    for (const { name, choices } of words)
      if (this.random.chance(0.3)) given.push(`${name}: ${this.random.pick(choices.slice(0, 3))}`);
    const member = builtin.outputs.length === 1 ? "" : `.${this.random.pick(builtin.outputs).name}`;
    return `${builtin.name}(${given.join(", ")})${member}`;
  };

  /** Inside a loop there is one more name: a whole number, or an element of a window. */
  private readonly loop = (kind: Kind, depth: number, around: Surrounding): string => {
    const name = this.random.pick(["sum", "mean", "max", "min"]);
    return `${name}(${this.loopOver(kind, kind, depth, around, null)})`;
  };

  private loopOver(
    kind: Kind,
    element: Kind,
    depth: number,
    around: Surrounding,
    total: Named | null,
  ): string {
    const { random } = this;
    const variable = `k${this.loops++}`;
    const isWindow = random.chance(0.4);
    const source = isWindow ? this.grow(element, depth, around) : "";
    const from = random.whole(isRunning(source) ? 1 : 0, 2);
    const to = from + random.whole(0, 3);
    const over = isWindow ? `(${source})[${from}..${to}]` : `${from}..${to}`;
    const names: Named[] = [...around.names, ...(total === null ? [] : [total])];
    const inner: Surrounding = isWindow
      ? {
          ...around,
          isInLoop: true,
          names: [...names, { text: variable, kind: element, clock: around.clock }],
        }
      : {
          ...around,
          isInLoop: true,
          names: [...names, { text: variable, kind: "number", clock: undefined }],
          lengths: [...around.lengths, variable],
        };
    const start = total === null ? "" : ` with ${total.text} = ${this.certain(kind, 0, around)}`;
    const filter = random.chance(0.3) ? ` where ${this.grow("bool", depth, inner)}` : "";
    const of = this.grow(kind, 0, inner);
    const past = isWindow || isRunning(of) ? "" : `(${of})[${variable}]`;
    const body = past !== "" && random.chance(0.5) ? past : this.grow(kind, depth, inner);
    const whole = total === null ? body : `(${total.text} * 0.5 + ${body})`;
    return `for ${variable} in ${over}${start}${filter}: ${total !== null && kind === "bool" ? body : whole}`;
  }

  private readonly fold = (kind: Kind, depth: number, around: Surrounding): string => {
    const total: Named = { text: `total${this.loops}`, kind, clock: around.clock };
    return `fold(${this.loopOver(kind, kind, depth, around, total)})`;
  };

  private readonly countOf = (_kind: Kind, depth: number, around: Surrounding): string =>
    this.random.chance(0.5)
      ? `count(${this.loopOver("bool", "price", depth, around, null)})`
      : `count(${this.window("bool", depth, around)})`;

  private readonly windowed = (kind: Kind, depth: number, around: Surrounding): string => {
    return `${this.random.pick(["sum", "mean", "max", "min"])}(${this.window(kind, depth, around)})`;
  };

  private window(kind: Kind, depth: number, around: Surrounding): string {
    const source = this.grow(kind, depth, around);
    const from = this.random.whole(isRunning(source) ? 1 : 0, 2);
    return `(${source})[${from}..${from + this.random.whole(1, 4)}]`;
  }

  private readonly aggregateOfConditions = (_kind: Kind, depth: number, around: Surrounding): string => {
    const name = this.random.pick(["any", "all"]);
    return this.random.chance(0.5)
      ? `${name}(${this.loopOver("bool", this.random.pick(["price", "bool"]), depth, around, null)})`
      : `${name}(${this.window("bool", depth, around)})`;
  };
}

/** The name of a `state`, or of what reads its past: in its own actions its value on this bar is not there yet. */
const isRunning = (of: string): boolean => /^v\d+$/.test(of);

const isCertain = <Table extends object>(name: string, table: Table): name is Extract<keyof Table, string> =>
  Object.hasOwn(table, name);

/** The kind of a port, when a shared unit is `kind`. */
const kindOf = (type: string, shared: Kind): Kind =>
  type === "same" ? shared : type === "ratio" ? "number" : (type as Kind);

const known = new Map<Kind, readonly Builtin[]>();

function builtinsFor(kind: Kind): readonly Builtin[] {
  const before = known.get(kind);
  if (before !== undefined) return before;
  const found = [...catalogue.values()].filter(
    ({ name, outputs }) =>
      !isOneOfMany(name) &&
      outputs.every(({ type }) => (type !== "same" || kind !== "bool") && kindOf(type, kind) === kind),
  );
  known.set(kind, found);
  return found;
}
