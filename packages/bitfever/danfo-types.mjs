// After the build: types for both, ES modules and CommonJS, of what danfojs's say. Those name packages that nobody who installs this has: what
// they say of plots, Excel and the frames of printed tables stays open.

import { readFileSync, writeFileSync } from "node:fs";

const strangers = /^import \{ ([\w, ]+) \} from '(table|plotly\.js-dist-min|xlsx)';$/gm;

const text = readFileSync("dist/index.d.ts", "utf8").replace(strangers, (_, names) =>
  names
    .split(", ")
    .map((name) => `interface ${name} { [name: string]: unknown }`)
    .join("\n"),
);
const left = text.match(/^import .* from '(?!@bitfever\/|apache-arrow')[^']*';$/gm) ?? [];
if (left.length > 0) throw new Error(`the types name what is not installed:\n${left.join("\n")}`);
for (const file of ["dist/index.d.ts", "dist/index.d.cts"]) writeFileSync(file, text);
