import { compile, hasErrors, renderDiagnostic, specialise, type Plan } from "@bitfever/lang";
import { catalogue } from "@bitfever/engine";

/** The plan of a program that must compile, with a column for each of its values. */
export function planOf(text: string): Plan {
  const source = { name: "generated.bf", text };
  const { program, diagnostics } = compile(source, catalogue);
  if (program === null)
    throw new Error(
      diagnostics
        .filter((each) => hasErrors([each]))
        .map((each) => renderDiagnostic(source, each))
        .join("\n"),
    );
  return specialise(program, catalogue, {}, { withLets: true });
}
