import { Command } from "commander";
import { explain, specialise } from "@bitfever/lang";
import { catalogue, costsOf } from "@bitfever/engine";
import { readSource } from "../../files.js";
import { parameterNumbers } from "../../parameters.js";
import { checkedProgram } from "../checked-program.js";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { collectPair } from "../options.js";

/** `bf explain`: what will be computed, and from when on. */
export function explainCommand(io: Io, done: (code: ExitCode) => void): Command {
  return new Command("explain")
    .summary("Show the plan of a strategy: what is computed, warm-up, memory, cost")
    .argument("<file>", "strategy, a .bf file")
    .option("--cost", "also show what each line takes: steps a bar, and bytes")
    .option("--param <name=value>", "a parameter of the strategy (repeatable)", collectPair)
    .action(
      async (file: string, flags: { readonly cost?: true; readonly param?: Record<string, string> }) => {
        const { program } = checkedProgram(io, await readSource(file));
        const values = parameterNumbers(program, flags.param ?? {});
        const plan = specialise(program, catalogue, values, { withLets: true });
        io.out(`${explain(program, plan, flags.cost && costsOf(plan))}\n`);
        done(exitCodes.fine);
      },
    );
}
