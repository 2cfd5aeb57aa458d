import { instrumentValues, calendarValues, fields, intervalMs } from "@bitfever/lang";
import { catalogue, type Bars, type Surroundings } from "@bitfever/engine";
import type {
  Action,
  Argument,
  CallExpression,
  Expression,
  LetDeclaration,
  LoopExpression,
  Name,
  ParameterDeclaration,
  StateDeclaration,
  TypeName,
} from "../../packages/lang/src/ast.js";
import type { Builtin } from "../../packages/lang/src/catalogue.js";
import { parseFile } from "../../packages/lang/src/parse.js";
import { preludeText, standardModules } from "../../packages/lang/src/prelude.generated.js";
import { kernels } from "../../packages/engine/src/catalogue.js";
import { calendarValue } from "./calendar-value.js";
import { ownBars, slowerBars, type ClockBars } from "./clock-bars.js";
import { Environment, openFile, type Binding, type File, type UserFunction } from "./environment.js";
import { aggregates, choose, crosses, operations } from "./operator.js";
import {
  absent,
  asSingle,
  mapSingles,
  single,
  singlesIn,
  zipSingles,
  type Single,
  type Value,
  type WindowValue,
} from "./value.js";

/** Before the first bar; there everything is absent. */
const never = -1;

const averages: ReadonlyMap<string, readonly string[]> = new Map([
  ["hl2", ["high", "low"]],
  ["hlc3", ["high", "low", "close"]],
  ["ohlc4", ["open", "high", "low", "close"]],
]);

const isIn = <Table extends object>(table: Table, name: string): name is Extract<keyof Table, string> =>
  Object.hasOwn(table, name);

/**
 * What a program means, said as plainly as possible: the value of an expression on a bar, worked out from the text by
 * recursion, and kept. It knows no plan, no columns, no blocks and no types, and is slow. The program must compile, and
 * nothing asked of it may depend on the account.
 */
export class Reference {
  private readonly file: File;
  private readonly visible: { readonly name: string; readonly binding: Binding }[] = [];
  private readonly clocks = new Map<string | null, ClockBars>();
  private readonly known = new Map<Environment, Map<Expression, Map<number, Value>>>();
  private readonly series = new Map<Environment, Map<Expression, Map<number, readonly Float64Array[]>>>();
  private readonly prelude: File;

  constructor(
    text: string,
    private readonly bars: Bars,
    private readonly surroundings: Surroundings,
  ) {
    this.clocks.set(null, ownBars(bars, surroundings.timing));
    this.prelude = this.readFile(preludeText, null);
    const { items, imports, strategy } = parseFile({ name: "program.bf", text });
    const body = strategy?.body ?? [];
    const declarations = [...items.map((each) => each.declaration), ...body].filter(
      (each) => each.kind === "fn" || each.kind === "type" || each.kind === "enum" || each.kind === "let",
    );
    this.file = openFile(declarations, imports, this.prelude, (path) => this.module(path));
    const { environment } = this.file;
    for (const each of body) if (each.kind === "param") this.bindParameter(each, environment);
    for (const each of declarations) if (each.kind === "let") this.show(this.bindLet(each, environment));
    for (const each of body) {
      if (each.kind === "state") this.show(this.bindState(each, environment));
      if (each.kind !== "on") continue;
      const inner = onClock(environment, each.clock.name);
      for (const definition of each.definitions) {
        const found = this.bind(definition, inner);
        // The whole program sees what a block defines.
        for (const [name, binding] of found) environment.bindings.set(name, binding);
        this.show(found);
      }
    }
  }

  /** Every value with a name, as the strategy's own clock sees it: one number for each bar. */
  columns(): ReadonlyMap<string, Float64Array> {
    const columns = new Map<string, Float64Array>();
    for (const { name, binding } of this.visible) {
      for (let bar = this.bars.length - 1; bar >= 0; bar--) {
        const value = binding.clock === null ? binding.at(bar) : this.latest(binding, bar, null);
        for (const [path, { value: number }] of singlesIn(value, name)) {
          const column = columns.get(path) ?? new Float64Array(this.bars.length);
          columns.set(path, column);
          column[bar] = number;
        }
      }
    }
    return columns;
  }

  private show(bindings: ReadonlyMap<string, Binding>): void {
    for (const [name, binding] of bindings) this.visible.push({ name, binding });
  }

  private readFile(text: string, prelude: File | null): File {
    const { items, imports } = parseFile({ name: "module.bf", text });
    const declarations = items.map((each) => each.declaration);
    const file = openFile(declarations, imports, prelude, (path) => this.module(path));
    for (const each of declarations) if (each.kind === "let") this.bindLet(each, file.environment);
    return file;
  }

  private module(path: string): File {
    return this.readFile(standardModules[path], this.prelude);
  }

  private clockBars(clock: string | null): ClockBars {
    const known = this.clocks.get(clock);
    if (known !== undefined || clock === null) return known ?? ownBars(this.bars, this.surroundings.timing);
    const made = slowerBars(clock, this.bars, this.surroundings.timing);
    this.clocks.set(clock, made);
    return made;
  }

  // Definitions

  private bindParameter({ name, default: initial }: ParameterDeclaration, environment: Environment): void {
    const at = (bar: number): Value => this.value(initial, environment, bar);
    environment.bindings.set(name.name, { clock: null, at });
  }

  private bind(
    of: LetDeclaration | StateDeclaration,
    environment: Environment,
  ): ReadonlyMap<string, Binding> {
    return of.kind === "let" ? this.bindLet(of, environment) : this.bindState(of, environment);
  }

  private bindLet(of: LetDeclaration, environment: Environment): ReadonlyMap<string, Binding> {
    const { clock } = environment;
    const isSingle = of.type !== null && recordType(of.type, environment.file) === undefined;
    const whole = (bar: number): Value =>
      // One that goes on from its own past has such a type; without this its past would never end.
      bar < 0 && isSingle
        ? absent
        : conform(this.value(of.value, environment, bar), of.type, environment.file);
    const found = new Map<string, Binding>();
    if (of.parts === null) found.set(of.name.name, { clock, at: whole });
    for (const [i, part] of (of.parts ?? []).entries()) {
      const at = (bar: number): Value => {
        const value = whole(bar);
        if (value.kind !== "tuple") throw new Error("reference: no tuple to take apart");
        return value.items[i];
      };
      found.set(part.name, { clock, at });
    }
    for (const [name, binding] of found) environment.bindings.set(name, binding);
    return found;
  }

  private bindState(of: StateDeclaration, environment: Environment): ReadonlyMap<string, Binding> {
    const { clock } = environment;
    const { initial, reset, name, actions } = of;
    type AtBar = (bar: number) => Value;
    const ends: Value[] = [];
    /** Its value when a bar is over: walked to from the first bar. */
    const end: AtBar = (bar) => {
      if (bar < 0) return absent;
      for (let i = ends.length; i <= bar; i = ends.length) {
        const value = last(i);
        if (ends.length === i) ends.push(value);
      }
      return ends[bar];
    };
    /** Where a reset is asked for, the name means what it was. */
    const asked = new Environment(environment, clock);
    const was: AtBar = (bar) => (bar <= 0 ? this.value(initial, environment, bar) : end(bar - 1));
    asked.bindings.set(name.name, { clock, at: was, past: end });
    const isReset = (bar: number): boolean => {
      if (reset.kind === "never") return false;
      if (reset.kind === "when") return this.holds(reset.condition, asked, bar);
      const clockBars = this.clockBars(clock);
      if (bar >= clockBars.bars.length) return false;
      const at = (name: "session_bar" | "week_of_year" | "month", i: number): number =>
        calendarValue(name, clockBars, i);
      if (reset.kind === "session") return at("session_bar", bar) === 0;
      const [place, days] = reset.kind === "week" ? (["week_of_year", 7] as const) : (["month", 31] as const);
      // The same number after a longer gap is that of another year.
      const gap = clockBars.bars[bar].time - (clockBars.bars[bar - 1]?.time ?? NaN);
      return at(place, bar) !== at(place, bar - 1) || gap >= days * 86_400_000;
    };
    /** Only a state that may be absent takes absence on. */
    const orKept = (value: Value, kept: () => Value): Value =>
      of.type?.optional === true || !Number.isNaN(asSingle(value).value) ? value : kept();
    const start: AtBar = (bar) => {
      if (bar < 0) return absent;
      const first = (): Value => this.value(initial, environment, bar);
      return unknown(bar === 0 || isReset(bar) ? first() : orKept(end(bar - 1), first));
    };
    /** Where an action stands the name means what the variable has come to before it. */
    const step = (action: Action, running: AtBar): AtBar => {
      const inner = new Environment(environment, clock);
      inner.bindings.set(name.name, { clock, at: running, past: end });
      if (action.kind === "set")
        return (bar) => orKept(this.value(action.value, inner, bar), () => running(bar));
      const then = after(action.actions, running);
      const otherwise = after(action.otherwise, running);
      return (bar) => {
        if (bar < 0) return absent;
        // What is absent does not hold.
        const { value, isKnown } = this.number(action.condition, inner, bar);
        return chosen(single(Number(value === 1), isKnown), then(bar), otherwise(bar));
      };
    };
    const after = (all: readonly Action[], before: AtBar): AtBar =>
      all.reduce((running, action) => step(action, running), before);
    const last = after(actions, start);
    const found = new Map([[name.name, { clock, at: end }]]);
    for (const [each, binding] of found) environment.bindings.set(each, binding);
    return found;
  }

  // Values

  private holds(condition: Expression, environment: Environment, bar: number): boolean {
    return asSingle(this.value(condition, environment, bar)).value === 1;
  }

  /** A length: what is known before the run is the same on every bar. */
  private count(of: Expression, environment: Environment): number {
    return asSingle(this.value(of, environment, 0)).value;
  }

  private number(of: Expression, environment: Environment, bar: number): Single {
    return asSingle(this.value(of, environment, bar));
  }

  /** What an expression is worth on a bar of the clock of its environment. */
  private value(of: Expression, environment: Environment, when: number): Value {
    const bar = Math.max(when, never);
    const known = this.memory(this.known, of, environment);
    const before = known.get(bar);
    if (before !== undefined) return before;
    const value =
      bar === never && isAlwaysSingle(of)
        ? absent
        : bar === never
          ? mapSingles(this.compute(of, environment, bar), () => absent)
          : this.compute(of, environment, bar);
    known.set(bar, value);
    return value;
  }

  private memory<Kept>(
    of: Map<Environment, Map<Expression, Map<number, Kept>>>,
    expression: Expression,
    environment: Environment,
  ): Map<number, Kept> {
    let places = of.get(environment);
    if (places === undefined) of.set(environment, (places = new Map()));
    let values = places.get(expression);
    if (values === undefined) places.set(expression, (values = new Map()));
    return values;
  }

  private compute(of: Expression, environment: Environment, bar: number): Value {
    const at = (each: Expression): Value => this.value(each, environment, bar);
    switch (of.kind) {
      case "number":
        if (of.unit === "ticks") return single(of.value * (this.surroundings.instrument.tick ?? NaN));
        return single(of.value, true);
      case "bool":
        return single(Number(of.value), true);
      case "none":
        return single(NaN, true);
      case "text":
        return { kind: "text", text: of.text };
      case "name":
        return this.nameValue(of.name, environment, bar);
      case "prefix": {
        const { value, isKnown } = this.number(of.operand, environment, bar);
        return single(of.operator === "-" ? -value : 1 - value, isKnown);
      }
      case "binary": {
        const [a, b] = [this.number(of.left, environment, bar), this.number(of.right, environment, bar)];
        if (of.operator === "crosses above" || of.operator === "crosses below") {
          const before = [of.left, of.right].map((each) => this.number(each, environment, bar - 1).value);
          return single(crosses(of.operator === "crosses above", [a.value, b.value], [before[0], before[1]]));
        }
        return single(operations[of.operator](a.value, b.value), a.isKnown && b.isKnown);
      }
      case "history": {
        const past = of.of.kind === "name" ? environment.find(of.of.name)?.past : undefined;
        const then = Math.max(bar - this.count(of.by, environment), never);
        return unknown(past === undefined ? this.value(of.of, environment, then) : past(then));
      }
      case "window": {
        const past = of.of.kind === "name" ? environment.find(of.of.name)?.past : undefined;
        const [from, to] = [this.count(of.from, environment), this.count(of.to, environment)];
        return {
          kind: "window",
          at: (back) =>
            unknown(past === undefined ? this.value(of.of, environment, bar - back) : past(bar - back)),
          from,
          to,
        };
      }
      case "conditional":
        return chosen(asSingle(at(of.condition)), at(of.then), at(of.else));
      case "match":
        return this.match(of, environment, bar);
      case "record": {
        const entries = of.entries.map((each) => [each.name.name, at(each.value)] as const);
        return { kind: "record", type: null, fields: new Map(entries) };
      }
      case "tuple":
        return { kind: "tuple", items: of.items.map(at) };
      case "member":
        return this.member(of, environment, bar);
      case "method":
        return this.method(of, environment, bar);
      case "call":
        return this.call(of, environment, bar);
      case "loop":
        throw new Error("reference: a loop by itself");
      case "across":
        throw new Error("reference: members of a universe");
    }
  }

  private nameValue(name: string, environment: Environment, bar: number): Value {
    const binding = environment.find(name);
    if (binding !== undefined) {
      if (binding.clock === environment.clock) return binding.at(bar);
      // Only what is known before the run is read on another clock than its own.
      return binding.at(bar < 0 ? never : 0);
    }
    const clock = this.clockBars(environment.clock);
    const isBar = bar >= 0 && bar < clock.bars.length;
    const parts = averages.get(name);
    const field = (each: string): number => {
      const row: Readonly<Record<string, number>> = { ...clock.bars[bar] };
      return row[each];
    };
    if (isIn(instrumentValues, name)) {
      const { tick, lot, multiplier } = this.surroundings.instrument;
      return single({ tick_size: tick ?? NaN, lot_size: lot ?? NaN, multiplier }[name]);
    }
    if (!isBar) return absent;
    if (parts !== undefined) return single(parts.reduce((sum, each) => sum + field(each), 0) / parts.length);
    if (name === "session_bar" || isIn(calendarValues, name)) return single(calendarValue(name, clock, bar));
    if (isIn(fields, name)) return single(field(name));
    throw new Error(`reference: no \`${name}\``);
  }

  private match(of: Extract<Expression, { kind: "match" }>, environment: Environment, bar: number): Value {
    const matched = this.number(of.of, environment, bar);
    const values = of.cases.map((each) => this.value(each.value, environment, bar));
    const members = [...this.enumsSeenFrom(environment.file)].find((each) =>
      of.cases.every(({ name }) => name === null || each.includes(name.name)),
    );
    const names = of.cases.map((each) => each.name?.name);
    const place = names.indexOf(members?.[matched.value]);
    const found = place >= 0 ? place : names.indexOf(undefined);
    const none = mapSingles(values[0], () => absent);
    return values.reduce(
      (result, each) =>
        zipSingles(result, each, (a, b) => single(a.value, a.isKnown && b.isKnown && matched.isKnown)),
      Number.isNaN(matched.value) ? none : values[found],
    );
  }

  private *enumsSeenFrom(file: File): Iterable<readonly string[]> {
    for (const each of file.enums.values()) yield each.members.map(({ name }) => name);
    for (const each of file.modules.values()) yield* this.enumsSeenFrom(each);
  }

  private member(of: Extract<Expression, { kind: "member" }>, environment: Environment, bar: number): Value {
    const { name } = of.member;
    if (of.of.kind === "name" && environment.find(of.of.name) === undefined) {
      const members = environment.file.enums.get(of.of.name)?.members;
      if (members !== undefined) return single(placeOf(members, name), true);
      const module = environment.file.modules.get(of.of.name);
      if (module !== undefined) return this.nameValue(name, module.environment, bar);
    }
    const value = this.value(of.of, environment, bar);
    if (value.kind !== "record") return value; // the only output of a function, by its name
    const field = value.fields.get(name);
    if (field === undefined) throw new Error(`reference: no part \`${name}\``);
    return field;
  }

  // Calls

  private call(of: CallExpression, environment: Environment, bar: number): Value {
    const { name } = of.callee;
    const own = environment.file.functions.get(name);
    if (own !== undefined) return this.callFunction(own, of, of.arguments, null, environment, bar);
    const [first] = of.arguments;
    if (name === "latest") return this.callLatest(first.value, environment, bar);
    if (name === "ready") {
      const { value, isKnown } = this.number(first.value, environment, bar);
      return single(Number(!Number.isNaN(value)), isKnown);
    }
    if (name === "datetime")
      return single(Date.parse(first.value.kind === "text" ? first.value.text : ""), true);
    if (of.arguments.length === 1) {
      if (first.value.kind === "loop") return this.loop(name, first.value, environment, bar);
      const folded = aggregates.has(name) ? this.windowOf(first.value, environment, bar) : undefined;
      if (folded !== undefined) return this.foldWindow(name, folded, bar);
    }
    const type = environment.file.types.get(name);
    if (type !== undefined) {
      const given = this.arguments(
        of.arguments,
        type.fields.map((each) => each.name),
      );
      const parts = type.fields.map(({ name: field, type: wanted }, i) => {
        const value = given[i];
        if (value === null) throw new Error(`reference: no \`${field.name}\``);
        return [field.name, conform(this.value(value, environment, bar), wanted, environment.file)] as const;
      });
      return { kind: "record", type: name, fields: new Map(parts) };
    }
    return this.callBuiltin(name, of, environment, bar);
  }

  private windowOf(of: Expression, environment: Environment, bar: number): WindowValue | undefined {
    const isName = of.kind === "name" && environment.find(of.name) !== undefined;
    if (of.kind !== "window" && !isName) return undefined;
    const value = this.value(of, environment, bar);
    return value.kind === "window" ? value : undefined;
  }

  private method(of: Extract<Expression, { kind: "method" }>, environment: Environment, bar: number): Value {
    const { name } = of.method;
    if (of.of.kind === "name" && environment.find(of.of.name) === undefined) {
      const found = environment.file.modules.get(of.of.name)?.functions.get(name);
      if (found !== undefined) return this.callFunction(found, of, of.arguments, null, environment, bar);
    }
    const self = this.value(of.of, environment, bar);
    const key = `${self.kind === "record" ? (self.type ?? "") : ""}.${name}`;
    const files = [environment.file, ...environment.file.modules.values()];
    const found = files.map((each) => each.methods.get(key)).find((each) => each !== undefined);
    if (found === undefined) throw new Error(`reference: no method \`${key}\``);
    return this.callFunction(found, of, of.arguments, of.of, environment, bar);
  }

  /** For each wanted name the argument that gives it, null for a default. */
  private arguments(given: readonly Argument[], wanted: readonly Name[]): (Expression | null)[] {
    return wanted.map(
      ({ name }, i) =>
        given.find((each, at) => (each.name === null ? at === i : each.name.name === name))?.value ?? null,
    );
  }

  /** The body with the arguments in the place of its parameters. */
  private callFunction(
    { declaration, file }: UserFunction,
    place: Expression,
    given: readonly Argument[],
    self: Expression | null,
    caller: Environment,
    bar: number,
  ): Value {
    const body = caller.within(place, null, () => {
      const inner = new Environment(file.environment, caller.clock, file);
      const { parameters } = declaration;
      const slots =
        self === null
          ? this.arguments(
              given,
              parameters.map((each) => each.name),
            )
          : [
              self,
              ...this.arguments(
                given,
                parameters.slice(1).map((each) => each.name),
              ),
            ];
      for (const [i, { name, type, default: initial }] of parameters.entries()) {
        const argument = slots[i];
        const at = (when: number): Value => {
          const value =
            argument !== null
              ? this.value(argument, caller, when)
              : initial !== null
                ? this.value(initial, inner, when)
                : absent;
          return conform(value, type, file);
        };
        inner.bindings.set(name.name, { clock: caller.clock, at });
      }
      for (const each of declaration.definitions) this.bind(each, inner);
      return inner;
    });
    return conform(this.value(declaration.value, body, bar), declaration.result, file);
  }

  private callBuiltin(name: string, of: CallExpression, environment: Environment, bar: number): Value {
    const builtin = catalogue.get(name);
    if (builtin === undefined) throw new Error(`reference: no function \`${name}\``);
    const { inputs, parameters, outputs, fold } = builtin;
    if (fold !== undefined) {
      const wanted = builtin.variadic === undefined ? inputs.map((each) => asName(each.name)) : null;
      const given =
        wanted === null ? of.arguments.map((each) => each.value) : this.arguments(of.arguments, wanted);
      const values = given.map((each, i) =>
        each === null ? single(inputs[i].default ?? NaN, true) : this.number(each, environment, bar),
      );
      return single(
        fold(values.map((each) => each.value)),
        values.every((each) => each.isKnown),
      );
    }
    const row = rowOf(builtin, of);
    const slots = this.arguments(
      of.arguments,
      [...inputs, ...row].map((each) => asName(each.name)),
    );
    const lengths = parameters.map((each) => {
      const given = slots[inputs.length + row.indexOf(each)];
      if (given === null) return each.default ?? NaN;
      const word = given.kind === "name" && each.type === "choice" ? each.choices.indexOf(given.name) : -1;
      return word >= 0 ? word : this.count(given, environment);
    });
    const series = [
      ...inputs.map((each, i) => {
        const given = slots[i];
        if (given !== null) return (when: number): number => this.number(given, environment, when).value;
        return (): number => each.default ?? NaN;
      }),
      ...builtin.fields.map(
        (field) =>
          (when: number): number =>
            asSingle(this.nameValue(field, environment, when)).value,
      ),
    ];
    const kept = this.memory(this.series, of, environment);
    const computed = outputsOf(name, lengths, series, outputs.length, bar, kept);
    const values = computed.map((each) => single(bar < 0 ? NaN : each[bar]));
    if (outputs.length === 1) return values[0];
    return { kind: "record", type: null, fields: new Map(outputs.map((each, i) => [each.name, values[i]])) };
  }

  // Slower clocks

  private callLatest(of: Expression, environment: Environment, bar: number): Value {
    const clock = namesIn(of)
      .map((each) => environment.find(each)?.clock ?? null)
      .find((each) => each !== null && each !== environment.clock && isSlower(each, environment.clock));
    if (clock === undefined || clock === null) throw new Error("reference: nothing slower in `latest`");
    const inner = onClock(environment, clock);
    return unknown(this.latest({ clock, at: (when) => this.value(of, inner, when) }, bar, environment.clock));
  }

  /** On the last bar of its clock that is closed at the close of a bar of another. */
  private latest({ clock, at }: Binding, bar: number, from: string | null): Value {
    const own = this.clockBars(from).closedBy[bar] as number | undefined;
    const closed = own === undefined ? 0 : this.clockBars(clock).closedAt(own);
    if (closed > 0) return at(closed - 1);
    return mapSingles(at(0), (each) => (each.isKnown && own !== undefined ? each : absent));
  }

  // Loops

  /** A window of the last bars is what a rolling function says of them. */
  private foldWindow(name: string, { at, from, to }: WindowValue, bar: number): Value {
    const { rolling } = aggregates.get(name) ?? { rolling: null };
    if (rolling === null) {
      const values = steps(from, to).map((k) => asSingle(at(k)).value);
      return single(foldedBy(name, values));
    }
    const then = bar - from;
    const series = [(when: number): number => asSingle(at(bar - when)).value];
    const [output] = outputsOf(rolling, [to - from + 1], series, 1, then, new Map());
    return single(then < 0 ? NaN : output[then]);
  }

  private loop(name: string, of: LoopExpression, environment: Environment, bar: number): Value {
    if (name === "fold") return this.fold(of, environment, bar);
    const { from, to } = this.rangeOf(of, environment, bar);
    let isKnown = true;
    const values: number[] = [];
    let isCertain = true;
    for (const k of steps(from, to)) {
      const step = this.stepOf(of, k, environment);
      const value = this.number(of.body, step, bar);
      const filter = of.filter === null ? single(1, true) : this.number(of.filter, step, bar);
      isKnown &&= value.isKnown && filter.isKnown;
      isCertain &&= !Number.isNaN(filter.value);
      if (filter.value === 1) values.push(value.value);
    }
    return single(isCertain ? foldedBy(name, values) : NaN, isKnown);
  }

  private fold(of: LoopExpression, environment: Environment, bar: number): Value {
    return this.totalBefore(of, this.rangeOf(of, environment, bar).to + 1, environment, bar);
  }

  /** What a fold has come to when it reaches step k. */
  private totalBefore(of: LoopExpression, k: number, environment: Environment, bar: number): Value {
    const initial = of.accumulator?.initial;
    if (initial === undefined) throw new Error("reference: a fold without a start");
    if (k <= this.rangeOf(of, environment, bar).from) return this.value(initial, environment, bar);
    const step = this.stepOf(of, k - 1, environment);
    const before = this.totalBefore(of, k - 1, environment, bar);
    const next = this.value(of.body, step, bar);
    if (of.filter === null) return next;
    return chosen(this.number(of.filter, step, bar), next, before);
  }

  private rangeOf(of: LoopExpression, environment: Environment, bar: number): { from: number; to: number } {
    if (of.to !== null) return { from: this.count(of.over, environment), to: this.count(of.to, environment) };
    const window = this.value(of.over, environment, bar);
    if (window.kind !== "window") throw new Error("reference: a loop over no window");
    return window;
  }

  private stepOf(of: LoopExpression, k: number, environment: Environment): Environment {
    return environment.within(of, k, () => {
      const { clock } = environment;
      const step = new Environment(environment, clock);
      const element = (bar: number): Value => {
        const window = this.value(of.over, environment, bar);
        return window.kind === "window" ? window.at(k) : absent;
      };
      const index = (bar: number): Value => single(bar < 0 ? NaN : k, true);
      step.bindings.set(of.variable.name, { clock, at: of.to === null ? element : index });
      if (of.accumulator !== null) {
        const at = (bar: number): Value => this.totalBefore(of, k, environment, bar);
        step.bindings.set(of.accumulator.name.name, { clock, at });
      }
      return step;
    });
  }
}

/** Parameters as a call gives them: with as many numbers as there are lengths, words are not among them. */
function rowOf({ inputs, parameters }: Builtin, { arguments: given }: CallExpression): Builtin["parameters"] {
  const words = parameters.filter((each) => each.type === "choice");
  const lengths = parameters.filter((each) => each.type !== "choice");
  const inRow = given.flatMap((each) => (each.name === null ? [each.value] : []));
  const hasWord = inRow.some(
    (each) => each.kind === "name" && words.some(({ choices }) => choices.includes(each.name)),
  );
  return hasWord || inRow.length !== inputs.length + lengths.length ? parameters : [...lengths, ...words];
}

/** What comes of data, whatever it was made of. */
const unknown = (of: Value): Value => mapSingles(of, ({ value }) => single(value));

const chosen = (condition: Single, then: Value, otherwise: Value): Value =>
  zipSingles(then, otherwise, (a, b) =>
    single(choose(condition.value, a.value, b.value, NaN), condition.isKnown && a.isKnown && b.isKnown),
  );

const onClock = (environment: Environment, clock: string): Environment =>
  environment.within(onClock, clock, () => new Environment(environment, clock));

const placeOf = (members: readonly Name[], name: string): number =>
  members.findIndex((each) => each.name === name);

const asName = (name: string): Name => ({ name, span: { start: 0, end: 0 } });

const steps = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

function foldedBy(name: string, values: readonly number[]): number {
  const aggregate = aggregates.get(name);
  if (aggregate === undefined) throw new Error(`reference: no aggregate \`${name}\``);
  const total = values.reduce<number | null>(aggregate.next, null);
  if (total === null) return aggregate.ofNothing;
  return name === "mean" ? total / values.length : total;
}

/** A function of the catalogue over all bars up to one at once, by its own kernel. */
function outputsOf(
  name: string,
  parameters: readonly number[],
  series: readonly ((bar: number) => number)[],
  outputs: number,
  bar: number,
  kept: Map<number, readonly Float64Array[]>,
): readonly Float64Array[] {
  const known = kept.get(0);
  if (known !== undefined && known[0].length > bar) return known;
  const kernel = kernels.get(name);
  const builtin = catalogue.get(name);
  if (kernel === undefined || builtin === undefined) throw new Error(`reference: no kernel \`${name}\``);
  const past = builtin.lookback(parameters);
  const length = Math.max(0, bar + 1);
  const inputs = series.map((at) => {
    const column = new Float64Array(past + length).fill(NaN);
    for (let i = 0; i < length; i++) column[past + i] = at(i);
    return column;
  });
  const made = Array.from({ length: outputs }, () => new Float64Array(past + length).fill(NaN));
  kernel.advance(kernel.start(parameters), parameters, inputs, made, past, past + length);
  const result = made.map((each) => each.subarray(past));
  kept.set(0, result);
  return result;
}

/** Expressions that are one number, whatever they are made of. */
const isAlwaysSingle = ({ kind }: Expression): boolean =>
  kind === "number" || kind === "bool" || kind === "none" || kind === "prefix" || kind === "binary";

function isSlower(one: string, other: string | null): boolean {
  const length = (clock: string): number => intervalMs(clock) ?? Infinity;
  return other === null || length(one) > length(other);
}

/** Every name that an expression reads. */
function namesIn(of: unknown): string[] {
  if (typeof of !== "object" || of === null) return [];
  if ("kind" in of && of.kind === "name" && "name" in of && typeof of.name === "string") return [of.name];
  return Object.values(of).flatMap(namesIn);
}

/** The record type that is meant by the name of a type, with the file it is declared in. */
function recordType({ module, name }: TypeName, file: File) {
  const from = module === null ? file : file.modules.get(module.name);
  const type = from?.types.get(name);
  return from === undefined || type === undefined ? undefined : { type, from };
}

/** A record that is declared as one of a type has the methods of that type. */
function conform(value: Value, to: TypeName | null, file: File): Value {
  const found = to === null ? undefined : recordType(to, file);
  if (found === undefined || value.kind !== "record") return value;
  const parts = found.type.fields.map(({ name, type }) => {
    const part = value.fields.get(name.name);
    if (part === undefined) throw new Error(`reference: no part \`${name.name}\``);
    return [name.name, conform(part, type, found.from)] as const;
  });
  return { kind: "record", type: found.type.name.name, fields: new Map(parts) };
}
