import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";

/*
 * The face that Node sees of the library: what is exported, and nothing behind it until the first of it is used. To parse the
 * whole takes longer than Node takes to start, and many a program imports it to ask for it later, or never.
 *
 * Bundlers get the library itself (the condition `module`), since they cannot follow what is loaded here. ADR 0083.
 */

/** Writes `face.js` and `face.cjs` in front of the built `index.cjs`, so that both are one library in memory. */
export function writeFace(): void {
  const file = resolve("dist/index.cjs");
  const library = createRequire(import.meta.url)(file) as Readonly<Record<string, unknown>>;
  const names = Object.keys(library).sort();
  writeFileSync("dist/face.cjs", commonJs(names));
  writeFileSync("dist/face.js", esModule(names, library));
}

const commonJs = (names: readonly string[]): string => `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
for (const name of ${JSON.stringify(names)})
  Object.defineProperty(exports, name, { enumerable: true, get: () => require("./index.cjs")[name] });
`;

const esModule = (
  names: readonly string[],
  library: Readonly<Record<string, unknown>>,
): string => `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
let loaded;
const library = () => (loaded ??= require("./index.cjs"));
const call = (name) => ({ [name]: (...given) => library()[name](...given) })[name];
const stand = (name) => {
  const own = new Proxy(function () {}, {
    get: (_, key) => library()[name][key],
    has: (_, key) => key in library()[name],
    construct: (_, given, made) => Reflect.construct(library()[name], given, made === own ? library()[name] : made),
  });
  return own;
};
const map = (name) => new Proxy(new Map(), {
  get(own, key) {
    if (own.size === 0) for (const [each, value] of library()[name]) own.set(each, value);
    const found = Reflect.get(own, key, own);
    return typeof found === "function" ? found.bind(own) : found;
  },
});
${names.map((name) => `export const ${name} = ${valueOf(name, library[name])};\n`).join("")}`;

/** A binding of an ES module has its value at once: what stands for a function, a class or a map, or a copy of plain data. */
function valueOf(name: string, value: unknown): string {
  if (typeof value === "function")
    return /^class\b/.test(Function.prototype.toString.call(value)) ? `stand("${name}")` : `call("${name}")`;
  if (value instanceof Map) return `map("${name}")`;
  const text = JSON.stringify(value);
  if (!isDeepStrictEqual(JSON.parse(text), value))
    throw new Error(`tsup.face.ts: ${name} is no function, class, map or plain data`);
  return text;
}
