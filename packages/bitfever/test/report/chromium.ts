import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";

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
if (missing !== null) console.info(`skipped: reports in a browser, because ${missing} is not installed`);

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
