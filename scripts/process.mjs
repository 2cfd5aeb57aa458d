// Running other programs from our scripts, the same way on every system.

import { spawn } from "node:child_process";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** npm as it was started (so that no other one on the path is met), or whichever the path offers. */
export const npm =
  process.env.npm_execpath !== undefined && basename(process.env.npm_execpath) === "npm-cli.js"
    ? [process.execPath, process.env.npm_execpath]
    : [process.platform === "win32" ? "npm.cmd" : "npm"];

/** What runs a program of a package that is not installed. */
export const npx = [...npm, "exec", "--yes", "--"];

/** A program of node_modules by the path of its file, so that no shell is needed. */
export const tool = (path) => [process.execPath, `${root}node_modules/${path}`];

/**
 * Runs `[program, …arguments]` in the repository and waits for it, without input.
 *
 * @param options.cwd    another folder
 * @param options.env    additions to the environment
 * @param options.quiet  keep the output instead of showing it
 * @returns `{ code, output, stderr }`; the output is empty unless quiet
 */
export function run([program, ...rest], { cwd = root, env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      cwd,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1", ...env },
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      shell: program.endsWith(".cmd"),
    });
    const stdout = [];
    const stderr = [];
    if (quiet) {
      child.stdout.on("data", (part) => stdout.push(part));
      child.stderr.on("data", (part) => stderr.push(part));
    }
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const text = (parts) => Buffer.concat(parts).toString("utf8");
      // 130: ended by a signal, as shells count it for Ctrl+C.
      resolve({ code: signal === null ? code : 130, output: text(stdout), stderr: text(stderr) });
    });
  });
}

/** Ends this script with a message and, where there is one, the output of what went wrong. */
export function fail(message, { code = 1, output = "", stderr = "" } = {}) {
  for (const text of [output, stderr]) if (text.trim() !== "") console.error(text.trimEnd());
  console.error(message);
  process.exit(code === 0 ? 1 : code);
}
