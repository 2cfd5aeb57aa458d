import {
  clockOrder,
  ExpressionGrower,
  type Callable,
  type Kind,
  type Named,
  type Shaped,
  type Surrounding,
} from "./grow-expression.js";
import type { Random } from "./random.js";

/*
 * Programs that compile and use all of the language: functions and methods, records, tuples, enums, states, values that
 * go on from their own past, loops, absence, slower clocks, the calendar, modules. Declarations stand in any order.
 */

export interface GrownProgram {
  readonly text: string;
  readonly clock: string;
  readonly calendar: string | null;
}

export const growProgram = (random: Random): GrownProgram => new ProgramGrower(random).program();

const writtenType: Readonly<Partial<Record<Kind, string>>> = {
  price: "price?",
  number: "number?",
  bool: "bool?",
  bars: "bars?",
  quantity: "quantity?",
  money: "money?",
  duration: "duration?",
  instant: "time?",
  mode: "Mode?",
};

const kinds: readonly Kind[] = [
  "price",
  "price",
  "price",
  "number",
  "number",
  "bool",
  "bool",
  "bars",
  "quantity",
  "money",
  "duration",
  "instant",
];
const calendars = [null, null, "NYSE", "NYSE", "CME_EQUITY", "TSE", "XETRA", "FX"];
const ownClocks = ["15m", "15m", "1h", "1h", "1d"];

class ProgramGrower {
  private readonly expression: ExpressionGrower;
  private readonly names: Named[] = [];
  private readonly records: Shaped[] = [];
  private readonly functions: Callable[] = [];
  private readonly lengths: string[] = [];
  private readonly parameters: string[] = [];
  private readonly hasModes: boolean;
  private readonly clock: string;
  private count = 0;

  constructor(private readonly random: Random) {
    this.expression = new ExpressionGrower(random);
    this.hasModes = random.chance(0.6);
    this.clock = random.pick(ownClocks);
  }

  program(): GrownProgram {
    const { random, clock } = this;
    const calendar = random.pick(calendars);
    const items = [
      ...(this.hasModes ? ["enum Mode { fast, slow, flat }"] : []),
      "type Band = { upper: price?, lower: price? }",
      "type Wide = { inner: Band, weight: number? }",
      "fn Band.width(self) = self.upper - self.lower",
      "fn Band.shifted(self, by) = Band(upper: self.upper + by, lower: self.lower + by)",
      ...this.userFunctions(),
    ];
    const hasLevels = random.chance(0.3);
    const body = this.body(hasLevels);
    return {
      clock,
      calendar,
      text: [
        ...(random.chance(0.5) ? ["edition 2026"] : []),
        ...(hasLevels ? [`import "std/levels" as levels`] : []),
        ...random.shuffled(items),
        `strategy "Grown" on ${clock}${calendar === null ? "" : ` calendar ${calendar}`} {`,
        ...[...this.parameters, ...random.shuffled(body)].map((line) => `  ${line}`),
        "}",
      ].join("\n"),
    };
  }

  private around(clock: string | null): Surrounding {
    const { names, records, functions, hasModes, lengths } = this;
    return { clock, names, records, functions, hasModes, lengths };
  }

  private fresh(stem: string): string {
    return `${stem}${this.count++}`;
  }

  // Functions

  private userFunctions(): string[] {
    const { random } = this;
    return Array.from({ length: random.whole(1, 3) }, () => {
      const line = random.pick([
        this.plainFunction,
        this.plainFunction,
        this.statefulFunction,
        this.recordFunction,
      ])();
      return line;
    });
  }

  private parametersOf(kinds: readonly Kind[]): {
    takes: Callable["takes"];
    written: string;
    inner: Named[];
  } {
    const { random } = this;
    const inner: Named[] = [];
    let hasDefault = false;
    const all = kinds.map((kind) => {
      const name = this.fresh("a");
      hasDefault ||= random.chance(0.25);
      const initial = kind === "bars" ? "3" : this.expression.certain(kind, 0, this.bare([]));
      const type = kind === "bars" ? ": bars" : random.chance(0.4) ? `: ${writtenType[kind] ?? ""}` : "";
      if (kind !== "bars") inner.push({ text: name, kind, clock: null });
      return {
        taken: { name, kind, hasDefault },
        written: `${name}${type}${hasDefault ? ` = ${initial}` : ""}`,
      };
    });
    return {
      takes: all.map((each) => each.taken),
      written: all.map((each) => each.written).join(", "),
      inner,
    };
  }

  /** What is seen inside a function: its own names, the functions before it, and no value of the strategy. */
  private bare(names: readonly Named[], lengths: readonly string[] = []): Surrounding {
    return { clock: null, names, records: [], functions: this.functions, hasModes: this.hasModes, lengths };
  }

  private readonly plainFunction = (): string => {
    const { random, expression } = this;
    const gives = random.pick(["price", "number", "bool"] as const);
    const { takes, written, inner } = this.parametersOf(
      random.pick([
        ["price", "bars"],
        ["price", "price"],
        ["bool", "price"],
        ["number", "price"],
      ] as const),
    );
    const around = this.bare(
      inner,
      takes.filter((each) => each.kind === "bars").map((each) => each.name),
    );
    const name = this.fresh("f");
    const isBlock = random.chance(0.5);
    const step = this.fresh("s");
    const value = isBlock
      ? `{ let ${step} = ${expression.grow("price", 2, around)} return ${expression.grow(gives, 2, { ...around, names: [...inner, { text: step, kind: "price", clock: null }] })} }`
      : `= ${expression.grow(gives, 2, around)}`;
    this.functions.push({ name, takes, gives, member: "", hasPast: this.callsWithPast(value) });
    return `fn ${name}(${written})${random.chance(0.3) ? ` -> ${writtenType[gives] ?? ""}` : ""} ${value}`;
  };

  private readonly statefulFunction = (): string => {
    const { takes, written, inner } = this.parametersOf(["price", "bool"]);
    const name = this.fresh("f");
    const state = this.fresh("v");
    const around = this.bare(inner);
    const line = `fn ${name}(${written}) { ${this.stateText(state, "price", around, "")} return ${state} }`;
    this.functions.push({ name, takes, gives: "price", member: "", hasPast: true });
    return line;
  };

  private callsWithPast(text: string): boolean {
    return this.functions.some((each) => each.hasPast && text.includes(`${each.name}(`));
  }

  private readonly recordFunction = (): string => {
    const { takes, written, inner } = this.parametersOf(["price", "price"]);
    const name = this.fresh("f");
    const [upper, lower] = [0, 1].map(() => this.expression.grow("price", 1, this.bare(inner)));
    const isTyped = this.random.chance(0.5);
    const record = isTyped
      ? `Band(upper: ${upper}, lower: ${lower})`
      : `{ upper: ${upper}, lower: ${lower} }`;
    const result = isTyped || this.random.chance(0.5) ? " -> Band" : "";
    this.functions.push({
      name,
      takes,
      gives: "price",
      member: this.random.pick([".upper", ".lower"]),
      hasPast: this.callsWithPast(record),
    });
    return `fn ${name}(${written})${result} = ${record}`;
  };

  // The strategy

  private body(hasLevels: boolean): string[] {
    const { random } = this;
    const lines: string[] = [];
    this.declareParameters();
    const slower = clockOrder.filter((each) => clockOrder.indexOf(each) > clockOrder.indexOf(this.clock));
    const usable = slower.filter((each) => each !== "30m" || this.clock === "15m");
    const chosen = random.shuffled(usable).slice(0, random.pick([0, 1, 2, 2, 3]));
    // The slowest first: the others read its values.
    for (const clock of clockOrder.filter((each) => chosen.includes(each)).reverse()) {
      const inside = this.definitions(clock, random.whole(1, 3));
      lines.push(`on ${clock} {\n${inside.map((each) => `    ${each}`).join("\n")}\n  }`);
    }
    if (hasLevels) lines.push(...this.levels());
    lines.push(...this.definitions(null, random.whole(2, 5)));
    lines.push(...this.rules());
    return lines;
  }

  private declareParameters(): void {
    const { random, parameters } = this;
    const declare = (text: string, name: string, kind: Kind): void => {
      parameters.push(text);
      this.names.push({ text: name, kind, clock: undefined });
    };
    if (random.chance(0.6)) {
      this.parameters.push(`param length: bars = ${random.whole(1, 5)} in 1..9`);
      this.lengths.push("length");
    }
    if (random.chance(0.4)) declare("param factor: number = 1.5", "factor", "number");
    if (random.chance(0.3)) declare("param wait: duration = 45m", "wait", "duration");
    if (random.chance(0.3)) declare("param is_on: bool = true", "is_on", "bool");
    if (this.hasModes && random.chance(0.6))
      declare("param mode: Mode = Mode.slow in { Mode.fast, Mode.slow }", "mode", "mode");
  }

  private levels(): string[] {
    const { random } = this;
    const [range, far] = [this.fresh("r"), this.fresh("r")];
    const part = random.pick(["open", "high", "low"]);
    this.names.push(
      { text: `${range}.high`, kind: "price", clock: null },
      { text: `${range}.middle()`, kind: "price", clock: null },
      { text: `${far}.${part}`, kind: "price", clock: null },
    );
    return [
      `let ${range} = levels.opening_range(${random.pick(["30m", "1h"])})`,
      `let ${far} = levels.session_so_far()`,
    ];
  }

  private definitions(clock: string | null, count: number): string[] {
    return Array.from({ length: count }, () => {
      const forms = [
        this.plain,
        this.plain,
        this.plain,
        this.record,
        this.tuple,
        this.recursive,
        this.recursive,
        this.state,
        this.state,
      ];
      return this.random.pick(forms)(clock);
    });
  }

  private readonly plain = (clock: string | null): string => {
    const { random } = this;
    const kind = this.hasModes && random.chance(0.1) ? "mode" : random.pick(kinds);
    const name = this.fresh("x");
    const type = random.chance(0.25) ? `: ${writtenType[kind] ?? ""}` : "";
    const line = `let ${name}${type} = ${this.expression.grow(kind, random.whole(1, 4), this.around(clock))}`;
    this.names.push({ text: name, kind, clock });
    return line;
  };

  private readonly record = (clock: string | null): string => {
    const { random, expression } = this;
    const name = this.fresh("b");
    const price = (): string => expression.grow("price", 2, this.around(clock));
    const band = `Band(upper: ${price()}, lower: ${price()})`;
    const isWide = random.chance(0.3);
    const line = isWide
      ? `let ${name}: Wide = { weight: ${expression.grow("number", 1, this.around(clock))}, inner: ${band} }`
      : random.pick([
          `let ${name} = ${band}`,
          `let ${name}: Band = { lower: ${price()}, upper: ${price()} }`,
        ]);
    this.records.push({ text: name, clock, type: isWide ? "Wide" : "Band" });
    return line;
  };

  private readonly tuple = (clock: string | null): string => {
    const { random, expression } = this;
    const parts = [random.pick(kinds), random.pick(kinds)];
    const values = parts.map((kind) => expression.grow(kind, 2, this.around(clock)));
    const pair = `(${values.join(", ")})`;
    const value = random.chance(0.3)
      ? `if ${expression.grow("bool", 1, this.around(clock))} then ${pair} else ${pair}[1]`
      : random.pick([pair, pair, `${pair}[1]`]);
    const found = parts.map((kind) => ({ text: this.fresh("t"), kind, clock }));
    this.names.push(...found);
    return `let (${found.map((each) => each.text).join(", ")}) = ${value}`;
  };

  /** A value that goes on from its own past, or two that go on from each other's. */
  private readonly recursive = (clock: string | null): string => {
    const { random, expression } = this;
    const kind = random.pick(["price", "price", "number", "bool", "bars"] as const);
    const type = writtenType[kind] ?? "";
    const around = this.around(clock);
    const [one, other] = [this.fresh("x"), this.fresh("x")];
    const start = (): string => expression.grow(kind, 1, around);
    const back = random.whole(1, 3);
    const past = (name: string): string =>
      kind === "bool"
        ? `(${name}[${back}] ${random.pick(["and", "or", "!="])} ${expression.grow("bool", 1, around)} or else ${start()})`
        : `(${name}[${back}] * 0.5 + ${expression.grow(kind, 1, around)} or else ${start()})`;
    const goesOn = (name: string): string =>
      random.pick([
        past(name),
        `(${name}[1] or else ${start()})`,
        `(if ${expression.grow("bool", 1, around)} then ${past(name)} else ${start()})`,
      ]);
    const isMutual = random.chance(0.3);
    const line = isMutual
      ? `let ${one}: ${type} = ${goesOn(other)} let ${other}: ${type} = ${goesOn(one)}`
      : `let ${one}: ${type} = ${goesOn(one)}`;
    this.names.push(...[one, ...(isMutual ? [other] : [])].map((text) => ({ text, kind, clock })));
    return line;
  };

  private readonly state = (clock: string | null): string => {
    const { random } = this;
    const kind =
      this.hasModes && random.chance(0.15)
        ? "mode"
        : random.pick(["price", "price", "number", "bool", "bars", "instant"] as const);
    const name = this.fresh("v");
    const reader = this.fresh("v");
    const isRead = random.chance(0.25) && kind !== "mode";
    const type = writtenType[kind] ?? "";
    // What reads the past of a state that reads it back.
    const read = isRead
      ? ` let ${reader}: ${type} = ${name}[1] or else ${this.expression.grow(kind, 0, this.around(clock))}`
      : "";
    const line = this.stateText(name, kind, this.around(clock), isRead ? reader : "");
    this.names.push({ text: name, kind, clock });
    if (isRead) this.names.push({ text: reader, kind, clock });
    return `${line}${read}`;
  };

  private stateText(name: string, kind: Kind, around: Surrounding, reader: string): string {
    const { random, expression } = this;
    const own: Named[] = [
      { text: name, kind, clock: around.clock },
      { text: `${name}[${random.whole(1, 2)}]`, kind, clock: around.clock },
      ...(reader === "" ? [] : [{ text: reader, kind, clock: around.clock }]),
    ];
    const inner: Surrounding = { ...around, names: [...around.names, ...own, ...own] };
    const initial = expression.grow(kind, 1, around);
    const reset = random.pick([
      () => "session",
      () => "week",
      () => "month",
      () => "never",
      () => `when ${expression.grow("bool", 2, around)}`,
    ])();
    const set = (): string => {
      const onward = kind === "price" || kind === "number" || kind === "bars" ? `${name} * 0.5 + ` : "";
      return `set ${name} = ${random.chance(0.4) ? onward : ""}${expression.grow(kind, 2, inner)}`;
    };
    const actions = (depth: number): string =>
      Array.from({ length: random.whole(depth === 2 ? 0 : 1, 2) }, () => {
        if (depth === 0 || random.chance(0.3)) return set();
        const otherwise = random.chance(0.5) ? ` else { ${actions(depth - 1)} }` : "";
        return `when ${expression.grow("bool", 2, inner)} { ${actions(depth - 1)} }${otherwise}`;
      }).join(" ");
    return `state ${name}: ${writtenType[kind] ?? ""} = ${initial} reset ${reset} { ${actions(2)} }`;
  }

  /** Entries on both sides and an exit, with orders of every form; what is grown decides when. */
  private rules(): string[] {
    const { random } = this;
    const condition = (): string => this.expression.grow("bool", 2, this.around(null));
    return [
      ...["long", "short"].flatMap((side) =>
        Array.from({ length: random.whole(1, 2) }, () => this.entry(side === "long" ? 1 : -1, condition())),
      ),
      `exit when ${condition()} or position_bars > ${random.whole(2, 9)}${random.pick(["", "", " { take 50% }"])}`,
      ...random.pick([[], [], [`flatten when ${condition()}`], [`cancel when ${condition()}`]]),
    ];
  }

  private entry(sign: 1 | -1, condition: string): string {
    const { random } = this;
    const away = (share: number): string => `close * ${1 + sign * share}`;
    const form = random.pick(["", "", "", `at limit ${away(-0.005)} `, `at stop ${away(0.005)} `]);
    const clauses = [
      random.pick([
        "",
        "size 10",
        "size 50% of equity",
        "size worth 5_000",
        "size risk(1%) capped 50% of equity",
      ]),
      `stop at ${away(-0.03)}`,
      random.pick([
        "",
        "",
        `target at ${away(0.02)}`,
        `target at ${away(0.01)} take 50% target at ${away(0.04)}`,
      ]),
      random.pick(["", "", "trail by 1% * close", "trail by 2% * close after 1 R"]),
      random.pick(["", "", "good for 3 bars", "good for day"]),
      random.pick(["", "", "pyramid 3"]),
    ];
    const side = sign === 1 ? "long" : "short";
    return `enter ${side} ${form}when ${condition} { ${clauses.filter((each) => each !== "").join(" ")} }`;
  }
}
