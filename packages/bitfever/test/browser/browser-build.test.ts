import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { barsOf, writeArrow } from "@bitfever/engine";
import { bf } from "../../src/cli/bf.js";
import { evaluate } from "../../src/evaluate.js";
import { readBars } from "../../src/files.js";
import { launch, missing } from "../chromium.js";
import { run } from "../cli-run.js";
import { buildInto, type Metafile } from "./build.js";
import { serve, type StaticServer } from "./static-server.js";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const daily = "examples/data/SYNTHETIC-1d.csv";
const members = "examples/data/SYNTHETIC-universe";

/** An example as the command is told of it. */
interface Example {
  readonly name: string;
  readonly data: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly market?: string;
}

const examples: readonly Example[] = [
  { name: "moving-average-cross", data: daily },
  { name: "turtle", data: daily, params: { entry: "30" } },
  { name: "rsi-reversal", data: daily, settings: { tick: "0.01", lot: "1", money_decimals: "2" } },
  { name: "bollinger-breakout", data: daily, settings: { profile: "tradingview" } },
  { name: "macd", data: daily },
  { name: "opening-range", data: "examples/data/SYNTHETIC-15m.csv", settings: { zone: "America/New_York" } },
  { name: "momentum-rotation", data: members, market: "examples/data/SYNTHETIC-index-1d.csv" },
  { name: "minimum-variance", data: members, market: "examples/data/SYNTHETIC-index-1d.csv" },
];

const pairs = (flag: string, given: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries(given).flatMap(([name, value]) => [flag, `${name}=${value}`]);

/** What `bf backtest --json -` writes. */
async function commandJson({ name, data, settings, params, market }: Example): Promise<string> {
  const { code, out, err } = await run(
    bf,
    "backtest",
    `${repository}examples/${name}/strategy.bf`,
    ...["--data", repository + data, "--json", "-"],
    ...[...pairs("--set", settings), ...pairs("--param", params)],
    ...(market === undefined ? [] : ["--market", `INDEX=${repository}${market}`]),
  );
  expect([code, err]).toEqual([0, expect.not.stringMatching(/error/)]);
  return out;
}

/** The same with `bitfever/browser`: runs in a page, and in a worker. */
const inBrowser = `async ({ name, files, settings, params, market }) => {
  const { backtest, backtestJson, compile, parseSettings, readBars } = await import("/browser.js");
  const text = async (path) => (await fetch("/" + path)).text();
  const strategy = compile({ name: "strategy.bf", text: await text("examples/" + name + "/strategy.bf") });
  const read = async (path) => readBars(await text(path), { name: path });
  const bars = await Promise.all(files.map(read));
  const markets = market === undefined ? {} : { INDEX: await readBars(await text(market), { symbol: "INDEX" }) };
  const options = { params, markets, settings: parseSettings(settings ?? {}), ambiguityBand: true };
  return backtestJson(await backtest(strategy, bars, options));
}`;

const filesOf = (data: string): readonly string[] =>
  data.endsWith(".csv") ? [data] : readdirSync(repository + data).map((file) => `${data}/${file}`);

describe("bitfever/browser", { timeout: 120_000 }, () => {
  let folder: string;
  let metafile: Metafile;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "bitfever-browser-"));
    metafile = await buildInto(folder);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is one file that asks for nothing but libraries of file formats, when they are needed", () => {
    const [output, ...more] = Object.values(metafile.outputs);
    expect(more).toEqual([]);
    const asked = new Set(output.imports.map(({ path, kind }) => `${kind} ${path}`));
    expect([...asked].sort()).toEqual([
      "dynamic-import apache-arrow",
      "dynamic-import hyparquet",
      "dynamic-import hyparquet-compressors",
    ]);
    const script = readFileSync(join(folder, "browser.js"), "utf8");
    expect(
      script.match(/.{0,20}(?:\bprocess\.|\b__dirname\b|\brequire\(|\bBuffer\.|["'`]node:).{0,20}/g),
    ).toBe(null);
  });

  test("is no larger than a page should have to fetch", () => {
    expect(gzipSync(readFileSync(join(folder, "browser.js"))).length).toBeLessThan(310_000);
  });

  describe.skipIf(missing !== null)("in Chromium", () => {
    let browser: Browser;
    let server: StaticServer;
    let page: Page;
    const complaints: string[] = [];

    beforeAll(async () => {
      symlinkSync(`${repository}examples`, join(folder, "examples"));
      writeFileSync(
        join(folder, "index.html"),
        "<!doctype html><title>A page</title><link rel=icon href=data:,>",
      );
      writeFileSync(
        join(folder, "worker.js"),
        `const work = ${inBrowser};\nonmessage = async ({ data }) => postMessage(await work(data));\n`,
      );
      server = await serve(folder);
      browser = await launch();
      page = await browser.newPage();
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(server.url);
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      server?.close();
      expect(complaints).toEqual([]);
    });

    /** The value of an expression in the page, where `b` is what the build exports. */
    const inPage = (expression: string): Promise<unknown> =>
      page.evaluate(`import("/browser.js").then(async (b) => (${expression}))`);

    /** The code, the message and the hint of what an expression throws. */
    const thrownInPage = (expression: string): Promise<unknown> =>
      inPage(
        `(async () => ${expression})().then(() => "nothing", ({ code, message, hint }) => ({ code, message, hint }))`,
      );

    test.each(examples)("says of $name what the command says, byte for byte", async (example) => {
      const given = JSON.stringify({ ...example, files: filesOf(example.data) });
      expect(await page.evaluate(`(${inBrowser})(${given})`)).toBe(await commandJson(example));
    });

    test.each([examples[1], examples[6]])("says the same of $name from a worker", async (example) => {
      const given = JSON.stringify({ ...example, files: filesOf(example.data) });
      const told = await page.evaluate(`new Promise((done, failed) => {
        const worker = new Worker("/worker.js", { type: "module" });
        worker.onmessage = ({ data }) => { worker.terminate(); done(data); };
        worker.onerror = ({ message }) => failed(new Error(message));
        worker.postMessage(${given});
      })`);
      expect(told).toBe(await commandJson(example));
    });

    test("reads the same bars from text, bytes, gzip, a file, rows and columns", async () => {
      const told = await inPage(`await (async () => {
        const text = await (await fetch("/${daily}")).text();
        const bytes = new TextEncoder().encode(text);
        const gzip = new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip")));
        const fromText = await b.readBars(text, { symbol: "S" });
        const rows = Array.from(fromText.time, (time, i) =>
          [new Date(time), ...["open", "high", "low", "close", "volume"].map((name) => fromText[name][i])]);
        const objects = Array.from(fromText.time, (Time, i) =>
          ({ Time, Open: fromText.open[i], High: fromText.high[i], Low: fromText.low[i], Close: fromText.close[i], Volume: fromText.volume[i] }));
        const { time, open, high, low, close, volume } = fromText;
        const all = [fromText];
        for (const input of [bytes, bytes.buffer, new Uint8Array(await gzip.arrayBuffer()), new File([bytes], "S.csv"), rows, objects,
          { time, open, high, low, close, volume }]) all.push(await b.readBars(input, input instanceof File ? {} : { symbol: "S" }));
        return all.map((bars) => JSON.stringify({ ...bars, ...Object.fromEntries(["time", "open", "high", "low", "close", "volume"].map((name) => [name, [...bars[name]]])) }));
      })()`);
      const bars = await readBars(repository + daily, { symbol: "S" });
      const columns = ["time", "open", "high", "low", "close", "volume"] as const;
      const expected = JSON.stringify({
        ...bars,
        ...Object.fromEntries(columns.map((name) => [name, [...bars[name]]])),
      });
      expect(told).toEqual(new Array(8).fill(expected));
    });

    test("evaluates expressions to the same bits", async () => {
      const expression = "macd(close, 12, 26, 9)";
      const bars = await readBars(repository + daily);
      const told = await inPage(
        `b.evaluate("${expression}", await b.readBars(await (await fetch("/${daily}")).text()))` +
          `.map(({ name, unit, values }) => [name, unit, [...values].map(String)])`,
      );
      expect(told).toEqual(
        evaluate(expression, bars).map(({ name, unit, values }) => [name, unit, [...values].map(String)]),
      );
    });

    test("says where a program is wrong, and throws nothing", async () => {
      expect(
        await inPage(
          `b.diagnose('strategy "A" {\\n  enter long when close > smaa(close, 5) { stop at low }\\n}')` +
            ".map(({ code, line, column, severity }) => [code, line, column, severity])",
        ),
      ).toEqual([["BF2004", 2, 27, "error"]]);
      expect(await thrownInPage(`b.compile('strategy')`)).toMatchObject({ code: "BF1000" });
    });

    test("says what is wrong with bars, as the command does", async () => {
      expect(
        await thrownInPage(
          `b.readBars("time,open,high,low,close\\n2024-01-02,1,2,3,1\\n", { name: "a.csv" })`,
        ),
      ).toEqual({
        code: "BF4029",
        message: expect.stringMatching(/^a\.csv, line 2, 2024-01-02: the high 2 is below the low 3/),
        hint: expect.stringMatching(/^correct the file/),
      });
      expect(await thrownInPage(`b.readBars([])`)).toMatchObject({ code: "BF4002" });
      expect(await thrownInPage("b.readBars({ time: [1, 2], close: [1] })")).toEqual({
        code: "BF5309",
        message: "these are no bars: time has 2 values, close 1",
        hint: expect.stringMatching(/columns of one length/),
      });
      expect(await thrownInPage("b.readBars([5])")).toMatchObject({
        code: "BF5309",
        message: "these are no bars: row 0 is 5",
      });
      expect(await thrownInPage("b.readBars(5)")).toMatchObject({
        code: "BF5309",
        message: "these are no bars: a number",
      });
    });

    test("says how a page gets the library of a format that it has not", async () => {
      const column = Float64Array.of(1, 2);
      const bars = barsOf("S", {
        ...{ time: Float64Array.of(0, 86_400_000), open: column, high: column, low: column },
        ...{ close: column, volume: column },
      });
      const bytes = [...(await writeArrow(bars))];
      expect(
        await thrownInPage(`b.readBars(Uint8Array.from(${JSON.stringify(bytes)}), { name: "S.arrow" })`),
      ).toEqual({
        code: "BF5308",
        message: expect.stringMatching(/^S\.arrow cannot be read in this page: .*apache-arrow/),
        hint: "save the bars as CSV, or let a bundler or an import map say where `apache-arrow` and `hyparquet` are",
      });
    });
  });
});
