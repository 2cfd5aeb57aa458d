// Packs every published package and treats the tarballs as a stranger would: publint and attw look at them, then a
// scratch folder installs them, imports them as ES modules and as CommonJS, compiles against their types in every
// module resolution still in use, and runs the programs. Another folder gets `bitfever` alone: how much that is, what the
// README shows, an application that esbuild has bundled, a worker thread. Leaves nothing behind.
//
// Versions of Node behind the command (`npm run check:packages -- 22 24 26`) run the second part, too; `npx` fetches them.

import { isAscii } from "node:buffer";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { installInto, must, packPublished, scratchFolder } from "./packed.mjs";
import { fail, npx, root, tool } from "./process.mjs";
import { setup } from "./setup.mjs";

await setup();

const folder = scratchFolder("packages");
const packages = await packPublished(folder);
const names = packages.map(({ manifest }) => manifest.name);

for (const each of packages) {
  await lintManifest(each);
  await lintTypes(each);
}
const scratch = join(folder, "scratch");
await install();
await importAll();
await compileAll();
await runPrograms();
await loadStrategy();
await bundleForBrowser();

/** Megabytes that a package may have when it is installed: a quarter more than it had when this was written. */
const budgets = {
  "@bitfever/lang": 5.5,
  "@bitfever/engine": 9.5,
  "@bitfever/runtime": 3.5,
  "@bitfever/brokers": 3,
  bitfever: 17.5,
};
for (const { manifest } of packages) checkSize(manifest.name);

/** Of an install of `bitfever` without optional peers, with all that comes with it. */
const most = { packages: 30, megabytes: 30 };
const alone = join(folder, "alone");
await installAlone();
const newest = [process.execPath];
const others = process.argv.slice(2).map((version) => [...npx, `node@${version}`]);
for (const node of [newest, ...others]) await useAlone(node);
await bundleAlone();
console.log(`${names.join(", ")}: packed, checked, installed, imported, compiled against and run`);

async function lintManifest({ manifest, tarball }) {
  const bytes = readFileSync(tarball);
  const content = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages } = await publint({ strict: true, pack: { tarball: content } });
  if (messages.length === 0) return;
  fail(`publint: ${manifest.name}`, {
    output: messages.map((each) => formatMessage(each, manifest)).join("\n"),
  });
}

async function lintTypes({ manifest, tarball }) {
  // What is only ever named behind `node --import` has no types and is never required; what is for pages is never required
  // either, and who bundles for them finds it through `exports`.
  const hooks = ["--exclude-entrypoints", "register", "browser"];
  await must(
    `attw: ${manifest.name}`,
    [...tool("@arethetypeswrong/cli/dist/index.js"), tarball, "--no-emoji", ...hooks],
    folder,
  );
}

async function install() {
  const tarballs = packages.map(({ tarball }) => tarball);
  await installInto(scratch, "the tarballs", tarballs);
  for (const { manifest } of packages) {
    const nested = join(scratch, "node_modules", manifest.name, "node_modules");
    const strangers = names.filter((name) => name.startsWith("@") && exists(join(nested, name)));
    if (strangers.length > 0)
      fail(`${manifest.name} brought its own ${strangers.join(", ")} from a registry`);
  }
}

function exists(path) {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Both ways in give the same names, and say nothing: a warning here is one that every user would read. */
async function importAll() {
  const report = "console.log(JSON.stringify(faces.map((each) => Object.keys(each).sort())));\n";
  write("import.mjs", `${imports()}const faces = [${locals()}];\n${report}`);
  write("require.cjs", `const faces = [${names.map((name) => `require("${name}")`).join(", ")}];\n${report}`);
  const faces = [];
  for (const file of ["import.mjs", "require.cjs"]) {
    const { output, stderr } = await must(file, [process.execPath, file], scratch);
    if (stderr.trim() !== "") fail(`${file} is not silent`, { stderr });
    faces.push(JSON.parse(output));
  }
  const [asModule, asCommonJs] = faces;
  names.forEach((name, i) => {
    if (JSON.stringify(asModule[i]) === JSON.stringify(asCommonJs[i])) return;
    fail(`${name} exports other names as CommonJS:\n  import: ${asModule[i]}\n  require: ${asCommonJs[i]}`);
  });
}

/** The brokers of one package with the account of another, which declares their contract anew; and what gets no order past the gates. */
function liveProgram() {
  return `
import { alpacaVenue, ccxtVenue, interactiveBrokersVenue } from "@bitfever/brokers";
import { LiveAccount, type LiveAccountOptions } from "bitfever";

type Broker = LiveAccountOptions["broker"];
type Venue = typeof alpacaVenue | typeof ccxtVenue | typeof interactiveBrokersVenue;
export const open = (options: Omit<LiveAccountOptions, "broker">, { broker }: Awaited<ReturnType<Venue>>): Promise<LiveAccount> =>
  LiveAccount.open({ ...options, broker });

type Sent = Parameters<Broker["submit"]>[0];
export const bypass = (broker: Broker, { clientId, strategy, symbol, order }: Sent, approved: Sent): void => {
  broker.submit(approved);
  // @ts-expect-error -- nobody looked at it
  broker.submit({ clientId, strategy, symbol, order });
  // @ts-expect-error -- a change of what was approved is approved no more
  broker.submit({ ...approved, clientId: "another" });
};
`;
}

async function compileAll() {
  const consumer = `${imports()}
import { BitFeverError } from "@bitfever/lang";

export const faces: readonly object[] = [${locals()}];
export const hint: string | undefined = new BitFeverError("BF5000", "message", { hint: "hint" }).hint;
`;
  for (const file of ["consumer.mts", "consumer.cts", "consumer.ts"]) write(file, consumer);
  for (const file of ["readme.mts", "readme.ts"]) write(file, readmeProgram());
  for (const file of ["live.mts", "live.cts", "live.ts"]) write(file, liveProgram());
  const asNode = ["consumer.mts", "consumer.cts", "readme.mts", "live.mts", "live.cts"];
  const resolutions = {
    node16: { module: "node16", files: asNode },
    nodenext: { module: "nodenext", files: asNode },
    bundler: { module: "esnext", files: ["consumer.ts", "readme.ts", "live.ts"] },
    node10: { module: "commonjs", files: ["consumer.ts", "live.ts"], ignoreDeprecations: "6.0" },
  };
  for (const [moduleResolution, { files, ...options }] of Object.entries(resolutions)) {
    // The default libraries, and no types of Node: nobody should need more for what we export.
    const compilerOptions = {
      ...options,
      moduleResolution,
      strict: true,
      noEmit: true,
      target: "es2022",
      types: [],
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions, files }));
    await must(
      `TypeScript with ${moduleResolution}`,
      [...tool("typescript/bin/tsc"), "-p", scratch],
      scratch,
    );
  }
}

async function runPrograms() {
  for (const { manifest } of packages) {
    for (const name of Object.keys(manifest.bin ?? {})) {
      const program = join(
        scratch,
        "node_modules",
        ".bin",
        process.platform === "win32" ? `${name}.cmd` : name,
      );
      const { output } = await must(`${name} --version`, [program, "--version"], scratch);
      if (!output.includes(manifest.version))
        fail(`${name} --version says ${output.trim()}, not ${manifest.version}`);
    }
  }
  // Their starts take each byte for a letter.
  for (const name of ["programs.cjs", "research-programs.cjs"])
    if (!isAscii(readFileSync(join(scratch, "node_modules/bitfever/dist", name))))
      fail(`${name} has letters that are not ASCII`);
}

/** A strategy imported as it is written, with the types that `bf-compile` writes for it. */
async function loadStrategy() {
  write(
    "cross.bf",
    'strategy "Cross" { param n: bars = 5  enter long when close > sma(close, n) { stop at low } }\n',
  );
  write("load.mjs", 'import { strategy } from "./cross.bf";\nconsole.log(strategy.program.name);\n');
  write(
    "typed.mts",
    'import { strategy } from "./cross.bf";\nexport const name: string = strategy.program.name;\n' +
      "export const n: number | undefined = strategy.parameters?.n;\n",
  );
  const compile = join(scratch, "node_modules/bitfever/dist/bf-compile.cjs");
  await must("bf-compile --emit dts", [process.execPath, compile, "cross.bf", "--emit", "dts"], scratch);
  const load = [process.execPath, "--import", "bitfever/register", "load.mjs"];
  const { output } = await must("an import of cross.bf", load, scratch);
  if (output.trim() !== "Cross") fail(`an import of cross.bf says ${output.trim()}`);
  const flags = [
    "--strict",
    "--noEmit",
    "--skipLibCheck",
    "--module",
    "nodenext",
    "--allowArbitraryExtensions",
    "--ignoreConfig",
  ];
  await must("types of cross.bf", [...tool("typescript/bin/tsc"), ...flags, "typed.mts"], scratch);
}

/** `bitfever/browser` as a bundler for pages finds it, with its types and nothing of Node. */
async function bundleForBrowser() {
  write(
    "page.ts",
    'import { backtest, compile, readBars } from "bitfever/browser";\n' +
      "export const run = async (program: string, csv: string): Promise<number> =>\n" +
      "  (await backtest(compile(program), await readBars(csv))).result.trades.length;\n",
  );
  const flags = [
    "--strict",
    "--noEmit",
    "--module",
    "esnext",
    "--moduleResolution",
    "bundler",
    "--ignoreConfig",
  ];
  await must("types of bitfever/browser", [...tool("typescript/bin/tsc"), ...flags, "page.ts"], scratch);
  const bundle = ["--bundle", "--platform=browser", "--format=esm", "--log-level=error", "--outfile=page.js"];
  await must("a bundle for pages", [...tool("esbuild/bin/esbuild"), "page.ts", ...bundle], scratch);
}

function checkSize(name) {
  const megabytes = sizeOf(join(scratch, "node_modules", name));
  if (megabytes > budgets[name])
    fail(`${name} has ${megabytes.toFixed(1)} MB, and may have ${budgets[name]}`);
}

/** Megabytes of all files in a folder. */
function sizeOf(path) {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files.reduce((sum, each) => sum + statSync(join(each.parentPath, each.name)).size, 0) / 1e6;
}

async function installAlone() {
  const { tarball } = packages.find(({ manifest }) => manifest.name === "bitfever");
  await installInto(alone, "bitfever alone", [tarball]);
  const installed = JSON.parse(readFileSync(join(alone, "node_modules/.package-lock.json"), "utf8")).packages;
  const count = Object.keys(installed).length;
  if (count > most.packages) fail(`bitfever brings ${count} packages:\n${Object.keys(installed).join("\n")}`);
  const megabytes = sizeOf(join(alone, "node_modules"));
  if (megabytes > most.megabytes) fail(`bitfever and what it brings have ${megabytes.toFixed(1)} MB`);
  const scripts = Object.keys(installed).filter((name) => installed[name].hasInstallScript === true);
  if (scripts.length > 0) fail(`install scripts: ${scripts.join(", ")}`);
  console.log(`bitfever alone: ${count} packages, ${megabytes.toFixed(1)} MB, no install scripts`);
  cpSync(`${root}examples/data/SYNTHETIC-1d.csv`, join(alone, "examples/data/SYNTHETIC-1d.csv"));
}

function readmeProgram() {
  return /^```ts\n(.*?)^```/ms.exec(readFileSync(`${root}README.md`, "utf8"))[1];
}

/** The program of the README as it stands there, and the same as CommonJS; commands; and in a worker thread. */
async function useAlone(node) {
  const program = readmeProgram();
  const inAlone = (file, text) => {
    writeFileSync(join(alone, file), text);
  };
  const asCommonJs = program.replace(/^import (.*) from "bitfever";$/m, 'const $1 = require("bitfever");');
  inAlone("readme.mjs", program);
  inAlone("readme.cjs", `(async () => {\n${asCommonJs}})();\n`);
  inAlone(
    "thread.mjs",
    'import { Worker } from "node:worker_threads";\nnew Worker(new URL("./readme.mjs", import.meta.url));\n',
  );
  inAlone("trend.bf", /`\n(.*?)`/s.exec(program)[1]);
  const answers = [];
  for (const file of ["readme.mjs", "readme.cjs", "thread.mjs"])
    answers.push((await must(`${node.join(" ")} ${file}`, [...node, file], alone)).output);
  if (answers[0].trim() === "" || new Set(answers).size > 1)
    fail(`the README's program says different things: ${answers.join(" ")}`);
  const commands = [
    ["bf", "--help"],
    ["bf", "backtest", "trend.bf", "--data", "examples/data/SYNTHETIC-1d.csv"],
    ["bf-compile", "trend.bf", "--emit", "ts", "-o", "trend.ts"],
  ];
  for (const [name, ...rest] of commands) {
    const file = join("node_modules/bitfever/dist", `${name}.cjs`);
    await must(`${name} ${rest.join(" ")}`, [...node, file, ...rest], alone);
  }
}

/** An application of one file: it needs nothing beside it, but for threads, and says so. */
async function bundleAlone() {
  const bare = join(folder, "bare");
  mkdirSync(bare);
  cpSync(join(alone, "examples"), join(bare, "examples"), { recursive: true });
  const threads = `import { compile, optimize, readBars } from "bitfever";
const strategy = compile(\`strategy "S" {
  param n: bars = 20 in 10..40 step 10
  enter long when close crosses above sma(close, n) { stop at close * 0.9 }
}\`);
const study = optimize(strategy, await readBars("examples/data/SYNTHETIC-1d.csv"), { workers: 2 });
console.log((await study.result.catch((error) => error)).code ?? "made");
`;
  writeFileSync(join(alone, "threads.mjs"), threads);
  const runs = [
    ["readme.mjs", bare, /^[\d.]+ \d+\n$/],
    ["threads.mjs", bare, /^BF5349\n$/],
    ["threads.mjs", alone, /^made\n$/],
  ];
  for (const [file, where, expected] of runs) {
    const outfile = join(where, `bundled-${file}`);
    const banner = {
      js: 'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url);',
    };
    await build({
      ...{ entryPoints: [join(alone, file)], outfile, bundle: true, platform: "node", format: "esm", banner },
      // What only services and venues need, and nobody has installed.
      ...{ external: peersOf("bitfever"), logLevel: "error" },
    });
    const { output } = await must(`${file}, bundled`, [process.execPath, outfile], where);
    if (!expected.test(output)) fail(`${file}, bundled, says ${output}`);
  }
}

function peersOf(name) {
  return Object.keys(packages.find(({ manifest }) => manifest.name === name).manifest.peerDependencies);
}

function imports() {
  return names.map((name, i) => `import * as face${i} from "${name}";\n`).join("");
}

function locals() {
  return names.map((_, i) => `face${i}`).join(", ");
}

function write(file, text) {
  writeFileSync(join(scratch, file), text);
}
