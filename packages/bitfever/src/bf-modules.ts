import { readFile } from "node:fs/promises";
import type { LoadHook } from "node:module";
import { fileURLToPath } from "node:url";
import { emitJavaScript, renderDiagnostic } from "@bitfever/lang";
import { compileText } from "./compilation.js";
import { fileModules } from "./modules.js";

/** Loads a `.bf` file as the module that `bf-compile --emit js` would write of it; other files are somebody else's. */
export const load: LoadHook = async (url, context, nextLoad) => {
  const { protocol, pathname } = new URL(url);
  if (protocol !== "file:" || !pathname.endsWith(".bf")) return nextLoad(url, context);
  const name = fileURLToPath(url);
  const source = { name, text: await readFile(name, "utf8") };
  const { program, diagnostics } = compileText(source, { findModule: fileModules });
  if (program === null) {
    const told = diagnostics.map((each) => renderDiagnostic(source, each)).join("\n\n");
    throw new SyntaxError(`${name} does not compile\n\n${told}`);
  }
  return { format: "module", shortCircuit: true, source: emitJavaScript(program) };
};
