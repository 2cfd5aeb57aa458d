// After the build: the types of danfojs, which ours carry, name packages that nobody who installs this has. What they say of plots, Excel and
// the frames of printed tables stays open.

import { readFileSync, writeFileSync } from "node:fs";

const strangers = /^import \{ ([\w, ]+) \} from '(table|plotly\.js-dist-min|xlsx)';$/gm;

for (const file of ["dist/index.d.ts", "dist/index.d.cts"]) {
  const text = readFileSync(file, "utf8").replace(strangers, (_, names) =>
    names
      .split(", ")
      .map((name) => `interface ${name} { [name: string]: unknown }`)
      .join("\n"),
  );
  const left = text.match(/^import .* from '(?!@bitfever\/|apache-arrow')[^']*';$/gm) ?? [];
  if (left.length > 0) throw new Error(`${file} names what is not installed:\n${left.join("\n")}`);
  writeFileSync(file, text);
}
