import { BitFeverError } from "@bitfever/lang";
import { metrics } from "@bitfever/engine";

/** Metrics of a run by name; null where one is not known. */
export type KnownMetrics = Readonly<Record<string, number | null>>;

/** Arithmetic over the metrics of a run. */
export interface MetricExpression {
  readonly text: string;
  /** The metrics it reads, in the order of the text. */
  readonly names: readonly string[];
  /** Null where a metric it reads is not known, and where the result is no finite number. */
  readonly valueOf: (known: KnownMetrics) => number | null;
}

/** NaN is what is not known, so that it spreads by itself. */
type Value = (known: KnownMetrics) => number;

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  sqrt: Math.sqrt,
  log: Math.log,
  exp: Math.exp,
  abs: Math.abs,
  min: Math.min,
  max: Math.max,
};
const ofSeveral = ["min", "max"];

const token = /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)(%?)|([a-z_]\w*)|([-+*/^(),]))/iy;

/**
 * Reads `sharpe`, `sharpe * sqrt(trades)` or `cagr / max(max_drawdown, 5%)`: metrics, numbers, `+ - * / ^`, parentheses, and `sqrt`,
 * `log`, `exp`, `abs`, `min`, `max`.
 *
 * @throws BitFeverError BF5130 for what is no expression, BF5031 for a metric that does not exist
 */
export function parseMetricExpression(text: string): MetricExpression {
  return new Parser(text).parse();
}

class Parser {
  private readonly names = new Set<string>();
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(private readonly text: string) {
    this.tokens = this.tokensOf(text);
  }

  parse(): MetricExpression {
    const value = this.sum();
    if (this.at < this.tokens.length) this.refuse(`\`${this.tokens[this.at].text}\` has no place there`);
    return {
      text: this.text.trim(),
      names: [...this.names],
      valueOf: (known) => {
        const found = value(known);
        return Number.isFinite(found) ? found : null;
      },
    };
  }

  private tokensOf(text: string): readonly Token[] {
    const found: Token[] = [];
    token.lastIndex = 0;
    while (text.slice(token.lastIndex).trim() !== "") {
      const from = token.lastIndex;
      const match = token.exec(text);
      if (match === null) return this.refuse(`\`${text.slice(from).trim()[0]}\` has no meaning there`);
      const [, number, percent, name, sign] = match as (string | undefined)[];
      if (number !== undefined)
        found.push({ text: number, number: Number(percent === "%" ? `${number}e-2` : number) });
      else found.push({ text: name ?? sign ?? "", isName: name !== undefined });
    }
    return found;
  }

  private sum(): Value {
    let left = this.product();
    for (;;) {
      if (this.take("+")) left = both(left, this.product(), (a, b) => a + b);
      else if (this.take("-")) left = both(left, this.product(), (a, b) => a - b);
      else return left;
    }
  }

  private product(): Value {
    let left = this.signed();
    for (;;) {
      if (this.take("*")) left = both(left, this.signed(), (a, b) => a * b);
      else if (this.take("/")) left = both(left, this.signed(), (a, b) => a / b);
      else return left;
    }
  }

  private signed(): Value {
    if (!this.take("-")) return this.power();
    const value = this.signed();
    return (known) => -value(known);
  }

  private power(): Value {
    const base = this.single();
    return this.take("^") ? both(base, this.signed(), (a, b) => a ** b) : base;
  }

  private single(): Value {
    const next = this.tokens.at(this.at++);
    if (next === undefined) return this.refuse("it ends too early");
    const { number, text: name } = next;
    if (number !== undefined) return () => number;
    if (name === "(") {
      const inner = this.sum();
      this.expect(")");
      return inner;
    }
    if (next.isName !== true) return this.refuse(`\`${name}\` has no place there`);
    if (Object.hasOwn(functions, name) && this.take("(")) return this.call(name);
    if (!metrics.has(name)) throw noMetric(name);
    this.names.add(name);
    return (known) => known[name] ?? NaN;
  }

  private call(name: string): Value {
    const given = [this.sum()];
    while (ofSeveral.includes(name) && this.take(",")) given.push(this.sum());
    this.expect(")");
    return (known) => functions[name](...given.map((each) => each(known)));
  }

  private take(sign: string): boolean {
    if (this.tokens.at(this.at)?.text !== sign) return false;
    this.at++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) this.refuse(`a \`${sign}\` is missing`);
  }

  private refuse(problem: string): never {
    throw new BitFeverError("BF5130", `\`${this.text.trim()}\` is no expression over metrics: ${problem}`, {
      hint: "write metrics, numbers, + - * / ^, parentheses, sqrt, log, exp, abs, min and max: sharpe * sqrt(trades)",
    });
  }
}

interface Token {
  readonly text: string;
  readonly number?: number;
  readonly isName?: boolean;
}

const both =
  (left: Value, right: Value, of: (a: number, b: number) => number): Value =>
  (known) =>
    of(left(known), right(known));

const noMetric = (name: string): BitFeverError =>
  new BitFeverError("BF5031", `there is no metric \`${name}\``, {
    hint: `the metrics are ${[...metrics.keys()].join(", ")}`,
  });
