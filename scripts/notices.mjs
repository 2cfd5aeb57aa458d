// Before a package is packed: puts the licence beside its manifest, where npm looks for it, and the README into the
// package that people install. Both are copies, so git does not keep them.

import { copyFileSync, readFileSync } from "node:fs";
import { root } from "./process.mjs";

const { name } = JSON.parse(readFileSync("package.json", "utf8"));
copyFileSync(`${root}LICENSE`, "LICENSE");
if (name === "bitfever") copyFileSync(`${root}README.md`, "README.md");
