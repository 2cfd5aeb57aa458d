import { existsSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";

/* The browser that pages are looked at in, where there is one. */

const executable = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
]
  .filter((path) => path !== undefined)
  .find((path) => existsSync(path));
const playwright = await import("playwright-core").catch(() => null);

/** What is not there; null where tests can run. */
export const missing = playwright === null ? "playwright-core" : executable === undefined ? "Chromium" : null;
if (missing !== null) console.info(`skipped: pages in a browser, because ${missing} is not installed`);

export const launch = (): Promise<Browser> =>
  playwright!.chromium.launch({
    executablePath: executable!,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
    ],
  });

export interface Visit {
  readonly page: Page;
  /** What a reader should never see: errors, warnings, and requests that failed. */
  readonly complaints: string[];
}

/**
 * Opens a page as a reader does who is offline.
 *
 * @param file  where it is put
 */
export async function visit(
  browser: Browser,
  file: string,
  text: string,
  { width = 1280, scheme = "light" }: { readonly width?: number; readonly scheme?: "light" | "dark" } = {},
): Promise<Visit> {
  writeFileSync(file, text);
  const context = await browser.newContext({
    ...{ offline: true, acceptDownloads: true, colorScheme: scheme, reducedMotion: "reduce" },
    viewport: { width, height: 900 },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, complaints };
}
