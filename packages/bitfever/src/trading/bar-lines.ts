import { BitFeverError } from "@bitfever/lang";
import { readBars, type ReadOptions } from "@bitfever/engine";
import type { Candle } from "@bitfever/runtime";

export interface BarLinesOptions {
  /** Where the lines come from, for messages. */
  readonly name: string;
  /** Of lines that name none; left out, each line must. */
  readonly symbol: string | undefined;
  /** The IANA zone of times that name none; UTC if not given. */
  readonly zone?: string | undefined;
  readonly dates?: ReadOptions["dates"];
}

/** What a line says. */
export interface BarLine {
  readonly symbol: string;
  readonly candle: Candle;
  /** Whether the line says so itself. */
  readonly isClosed: boolean | undefined;
}

/** A line by the names of its columns. */
type Cells = readonly (readonly [name: string, value: string])[];

const symbolNames = ["symbol", "ticker", "instrument"];
const closedNames = ["closed", "is_closed", "isclosed", "final", "is_final"];

/**
 * Bars that come line by line: CSV behind a line that names the columns, or an object of JSON on each line. Columns and times are
 * named and written as in files of bars.
 */
export class BarLines {
  private header: readonly string[] | undefined;
  private number = 0;

  constructor(private readonly options: BarLinesOptions) {}

  /**
   * Null for a line that says nothing: an empty one, and the one that names the columns.
   *
   * @throws BitFeverError BF5198 with the number of a line that is no bar
   */
  async read(line: string): Promise<BarLine | null> {
    this.number++;
    const text = line.replace(/^\uFEFF/, "").trim();
    if (text === "") return null;
    const cells = text.startsWith("{") ? this.ofJson(text) : this.ofCsv(text);
    if (cells === null) return null;
    const valueOf = (names: readonly string[]): string | undefined =>
      cells.find(([name]) => names.includes(name.toLowerCase()))?.[1];
    const symbol = valueOf(symbolNames) ?? this.options.symbol;
    if (symbol === undefined || symbol === "")
      throw this.wrong(
        "says of no symbol what it is of",
        "add a column `symbol`, or name the one with --symbol",
      );
    const closed = valueOf(closedNames)?.toLowerCase();
    return {
      symbol,
      candle: await this.candleOf(cells),
      isClosed: closed === undefined ? undefined : !["false", "0", "no"].includes(closed),
    };
  }

  private ofJson(text: string): Cells {
    let found: unknown;
    try {
      found = JSON.parse(text);
    } catch {
      throw this.wrong(
        "is no JSON",
        'write one object a line: {"symbol":"A","time":"2024-01-02T14:30:00Z","open":1,…}',
      );
    }
    return Object.entries(found as object).map(([name, value]) => [name, String(value)] as const);
  }

  private ofCsv(text: string): Cells | null {
    const parts = text
      .split(text.includes("\t") ? "\t" : /[,;]/)
      .map((each) => each.trim().replace(/^"(.*)"$/, "$1"));
    if (this.header === undefined || parts.every((each, i) => each === this.header?.[i])) {
      // A time and four prices at least.
      if (parts.length < 5 || !parts.some((each) => /^[a-z_ ]+$/i.test(each)))
        throw this.wrong("names no columns", "begin with a line that does: time,open,high,low,close,volume");
      this.header = parts;
      return null;
    }
    const { header } = this;
    if (parts.length !== header.length)
      throw this.wrong(
        `has ${parts.length} values for ${header.length} columns`,
        `write one for each of ${header.join(",")}; a number has a point, and no comma`,
      );
    return header.map((name, i) => [name, parts[i]] as const);
  }

  /** Read as a file of one bar is, with all its checks. */
  private async candleOf(cells: Cells): Promise<Candle> {
    const { zone, dates } = this.options;
    const own = cells.filter(([name]) => ![...symbolNames, ...closedNames].includes(name.toLowerCase()));
    const text = `${own.map(([name]) => quoted(name)).join(",")}\n${own.map(([, value]) => quoted(value)).join(",")}\n`;
    try {
      const { bars } = await readBars(new TextEncoder().encode(text), { name: "bars.csv", zone, dates });
      const [time, open, high, low] = [bars.time[0], bars.open[0], bars.high[0], bars.low[0]];
      return { time, open, high, low, close: bars.close[0], volume: bars.volume[0] };
    } catch (error) {
      if (!(error instanceof BitFeverError)) throw error;
      const what = error.message.replace(/^bars\.csv.*?: /, "").replace(/ 1 of 1 bars cannot.*/, "");
      throw this.wrong(
        `is no bar: ${what}`,
        "a bar has a time, such as 2024-01-02T14:30:00Z, four prices, and perhaps a volume",
        error,
      );
    }
  }

  private wrong(what: string, hint: string, cause?: unknown): BitFeverError {
    return new BitFeverError("BF5198", `${this.options.name}, line ${this.number} ${what}`, { hint, cause });
  }
}

const quoted = (text: string): string => (/[",\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
