// Our packages as a stranger gets them: packed, and installed into a folder of their own.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fail, npm, root, run } from "./process.mjs";
import { workspaces } from "./setup.mjs";

/** A folder that is gone when this script ends, however it does. */
export function scratchFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `bitfever-${name}-`));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
  return folder;
}

/** Every package that is published, with its tarball in the folder. */
export async function packPublished(folder) {
  const packages = [];
  for (const path of workspaces()) {
    const manifest = JSON.parse(readFileSync(`${root}${path}/package.json`, "utf8"));
    if (manifest.private === true) continue;
    packages.push({ path, manifest, tarball: await pack(path, folder) });
  }
  return packages;
}

async function pack(path, folder) {
  const target = join(folder, path.replaceAll("/", "-"));
  mkdirSync(target);
  const command = [...npm, "pack", "--silent", "--pack-destination", target];
  await must(`npm pack in ${path}`, command, `${root}${path}`);
  return join(target, readdirSync(target)[0]);
}

/** A new folder with these packages installed, all at once, so that they find one another there and not in a registry. */
export async function installInto(folder, what, packages) {
  mkdirSync(folder);
  const manifest = { name: basename(folder), version: "0.0.0", private: true };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline"];
  await must(`npm install of ${what}`, [...npm, "install", ...flags, ...packages], folder);
}

/** Runs a program that has to end well, and keeps what it says. */
export async function must(what, command, cwd, env = {}) {
  const done = await run(command, { cwd, env, quiet: true }).catch((error) => ({
    code: 1,
    output: "",
    stderr: String(error),
  }));
  if (done.code !== 0) fail(`failed: ${what}`, done);
  return done;
}
