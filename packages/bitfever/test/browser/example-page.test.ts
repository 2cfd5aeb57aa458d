import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bf } from "../../src/cli/bf.js";
import { launch, missing } from "../chromium.js";
import { run } from "../cli-run.js";
import { buildInto } from "./build.js";
import { serve, type StaticServer } from "./static-server.js";

/* The page of examples/browser, as a reader uses it. */

const examples = fileURLToPath(new URL("../../../../examples/", import.meta.url));

describe.skipIf(missing !== null)("the example page", { timeout: 120_000 }, () => {
  let folder: string;
  let server: StaticServer;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "bitfever-page-"));
    await buildInto(folder);
    const { buildSite } = (await import(`${examples}browser/build.mjs`)) as {
      buildSite: (folder: string, library: string) => void;
    };
    buildSite(join(folder, "site"), join(folder, "browser.js"));
    server = await serve(join(folder, "site"));
    browser = await launch();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await Promise.all(browser.contexts().map((each) => each.close()));
    const context = await browser.newContext({ acceptDownloads: true });
    page = await context.newPage();
    complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(server.url);
    await hasRun();
  }, 90_000);

  const hasRun = (): Promise<void> => page.locator("#state.good").waitFor({ timeout: 60_000 });

  /** What the page hands out. */
  async function saved(): Promise<{ name: string; text: string }> {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
  }

  const command = async (name: string, data: string, ...more: readonly string[]): Promise<string> => {
    const file = `${examples}${name}/strategy.bf`;
    return (await run(bf, "backtest", file, "--data", `${examples}data/${data}`, "--json", "-", ...more)).out;
  };

  test("hands out what the command writes, byte for byte", async () => {
    expect(await saved()).toEqual({ name: "turtle.json", text: await command("turtle", "SYNTHETIC-1d.csv") });
    await page.locator("#examples").selectOption("opening-range");
    await page.locator("#data-name", { hasText: "SYNTHETIC-15m.csv" }).waitFor();
    await hasRun();
    const zone = ["--set", "zone=America/New_York"];
    expect(await saved()).toEqual({
      name: "opening-range.json",
      text: await command("opening-range", "SYNTHETIC-15m.csv", ...zone),
    });
    expect(complaints).toEqual([]);
  });

  test("shows tiles, the account and the trades", async () => {
    expect(await page.locator("#tiles dd").allInnerTexts()).toHaveLength(8);
    expect(await page.locator("#metric-rows tr").count()).toBeGreaterThan(60);
    const { trades } = JSON.parse((await saved()).text) as { trades: unknown[] };
    expect(await page.locator("#trade-rows tr").count()).toBe(trades.length);
    const inked = await page.evaluate(`[...document.querySelectorAll("#chart canvas")].some((canvas) =>
      canvas.width > 200 && canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((part) => part > 0))`);
    expect(inked).toBe(true);
    expect(complaints).toEqual([]);
  });

  test("says where a program is wrong as one types, and runs it again when it is right", async () => {
    const program = page.locator("#program");
    const text = await program.inputValue();
    await program.fill(text.replace("atr(20)", "atrr(20)"));
    const problem = page.locator("#problems button");
    await problem.waitFor();
    expect(await problem.innerText()).toMatch(/^13:11 BF2004 there is no function `atrr`/);
    expect(await page.locator("#state").innerText()).toBe("1 error");
    expect(await page.locator("#painted .error").innerText()).toBe("atrr");
    await problem.click();
    expect(await page.evaluate("document.getSelection().toString()")).toBe("atrr");
    await program.fill(text.replace("atr(20)", "atr(10)"));
    await hasRun();
    expect(await problem.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("takes a file of the reader, and says what is wrong with another", async () => {
    const file = { name: "own.csv", mimeType: "text/csv" };
    const sample = readFileSync(`${examples}data/SYNTHETIC-1d.csv`, "utf8").split("\n").slice(0, 400);
    await page.locator("#file").setInputFiles({ ...file, buffer: Buffer.from(sample.join("\n")) });
    await page.locator("#span", { hasText: "399 bars" }).waitFor();
    expect(JSON.parse((await saved()).text)).toMatchObject({ data: { symbol: "own", bars: 399 } });

    await page.locator("#file").setInputFiles({ ...file, buffer: Buffer.from("time,open\n2024-01-02,1\n") });
    await page.locator("#state.bad").waitFor();
    expect(await page.locator("#problems button").innerText()).toMatch(/^BF40\d\d own\.csv/);
  });

  test("refuses a setting that is none", async () => {
    await page.locator("#settings").fill("tick=often");
    await page.locator("#state.bad").waitFor();
    expect(await page.locator("#problems button").innerText()).toMatch(/^BF50\d\d .*tick=often/);
  });
});
