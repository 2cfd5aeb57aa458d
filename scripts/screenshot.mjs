// Makes a picture of an HTML file, as it opens offline.
//
//   node scripts/screenshot.mjs REPORT.html PICTURE.png [--dark] [--width 1280] [--height 900] [--whole] [--at SELECTOR]
//
// Without --whole the picture is of the first screen. --at takes the picture of one element.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dark: { type: "boolean", default: false },
    width: { type: "string", default: "1280" },
    height: { type: "string", default: "900" },
    whole: { type: "boolean", default: false },
    at: { type: "string" },
  },
});
const [page, picture] = positionals;
if (picture === undefined) {
  console.error(
    "usage: node scripts/screenshot.mjs REPORT.html PICTURE.png [--dark] [--width N] [--height N] [--whole] [--at SELECTOR]",
  );
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  const context = await browser.newContext({
    offline: true,
    colorScheme: values.dark ? "dark" : "light",
    viewport: { width: Number(values.width), height: Number(values.height) },
  });
  const tab = await context.newPage();
  tab.on("pageerror", (error) => console.error(`error in the page: ${error.message}`));
  await tab.goto(pathToFileURL(resolve(page)).href);
  if (values.at !== undefined) await tab.locator(values.at).scrollIntoViewIfNeeded();
  if (values.whole) {
    // Some pictures are drawn when they come near the screen.
    const height = await tab.evaluate("document.documentElement.scrollHeight");
    await tab.setViewportSize({ width: Number(values.width), height });
  }
  await tab.waitForTimeout(400); // charts draw in the frames after the page has loaded
  if (values.at === undefined) await tab.screenshot({ path: picture, fullPage: values.whole });
  else await tab.locator(values.at).screenshot({ path: picture });
} finally {
  await browser.close();
}
