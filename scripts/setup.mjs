// Makes a clone ready to run: checks Node and npm, installs when the lock file asks for it, builds what has changed.
// Needs nothing but Node and npm, and does nothing (in about a second) when nothing is to be done.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { pathToFileURL } from "node:url";
import { fail, npm, root, run, tool } from "./process.mjs";

const oldestNode = [20, 19];
const oldestNpm = [10, 0];
const stamp = `${root}node_modules/.bitfever-setup`;
/** npm's own record of what is in node_modules, written at the very end of an install. */
const record = `${root}node_modules/.package-lock.json`;

const json = (path) => JSON.parse(readFileSync(path, "utf8"));

/** The folders of the workspaces, relative to the repository. */
export function workspaces() {
  const folders = json(`${root}package.json`).workspaces.flatMap((pattern) =>
    pattern.endsWith("/*")
      ? readdirSync(root + pattern.slice(0, -2)).map((name) => pattern.slice(0, -1) + name)
      : [pattern],
  );
  return folders.filter((folder) => existsSync(`${root}${folder}/package.json`)).sort();
}

export async function setup() {
  await checkVersions();
  await install();
  await build();
}

async function checkVersions() {
  if (!isAtLeast(process.versions.node, oldestNode)) {
    fail(
      `BitFever needs Node ${oldestNode.join(".")} or later; this is ${process.versions.node}. See https://nodejs.org`,
    );
  }
  const started = /^npm\/(\S+)/.exec(process.env.npm_config_user_agent ?? "");
  const version = started === null ? await npmVersion() : started[1];
  if (version === null)
    fail("BitFever needs npm, which usually comes with Node; none was found on the path.");
  if (!isAtLeast(version, oldestNpm)) {
    fail(
      `BitFever needs npm ${oldestNpm[0]} or later; this is ${version}. \`npm install --global npm\` brings a newer one.`,
    );
  }
}

async function npmVersion() {
  try {
    const { code, output } = await run([...npm, "--version"], { quiet: true });
    return code === 0 ? output.trim() : null;
  } catch {
    return null;
  }
}

function isAtLeast(version, [major, minor]) {
  const [hasMajor, hasMinor] = version.split(".").map(Number);
  return hasMajor > major || (hasMajor === major && hasMinor >= minor);
}

// --- install

async function install() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (!installedByHand()) {
    console.log("Installing the dependencies (once; a minute or so) …");
    // An install that is killed half way must leave nothing that says it was finished.
    rmSync(stamp, { force: true });
    rmSync(record, { force: true });
    const done = await run([...npm, "ci", "--include=dev", "--no-audit", "--no-fund"], { quiet: true });
    if (done.code !== 0) fail("`npm ci` failed: the dependencies are not installed.", done);
  }
  writeFileSync(`${stamp}.new`, wanted);
  renameSync(`${stamp}.new`, stamp);
}

/** Changes when anything changes that decides what an install brings. */
function fingerprint() {
  const hash = createHash("sha256");
  hash.update(readFileSync(`${root}package-lock.json`));
  for (const folder of ["", ...workspaces()]) {
    hash.update(`\n${folder} ${JSON.stringify(dependenciesOf(json(`${root}${folder}/package.json`)))}`);
  }
  return hash.digest("hex");
}

const dependencyFields = [
  "name",
  "version",
  "workspaces",
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
  "overrides",
  "allowScripts",
];
const dependenciesOf = (manifest) => dependencyFields.map((field) => manifest[field] ?? null);

/** Whether an `npm install` of the developer's has brought just what the lock file asks for. */
function installedByHand() {
  if (!existsSync(record)) return false;
  const { packages: wanted } = json(`${root}package-lock.json`);
  const { packages: present } = json(record);
  const locked = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
  const sameManifests = ["", ...workspaces()].every((folder) => {
    const manifest = json(`${root}${folder}/package.json`);
    return locked.every((field) => isDeepStrictEqual(manifest[field] ?? {}, wanted[folder]?.[field] ?? {}));
  });
  const asLocked = ([path, { version, optional, devOptional }]) => {
    if (!path.includes("node_modules/")) return true;
    if (path in present) return present[path].version === version;
    return optional === true || devOptional === true;
  };
  return sameManifests && Object.entries(wanted).every(asLocked);
}

// --- build

async function build() {
  // A build that turbo finds in its cache takes a moment and is not worth a word.
  const word = setTimeout(() => console.log("Building the packages …"), 1500);
  const done = await run([...tool("turbo/bin/turbo"), "run", "build", "--output-logs=errors-only"], {
    quiet: true,
  });
  clearTimeout(word);
  if (done.code !== 0) fail("The build failed.", done);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await setup();
