import type { BrokerCapabilities } from "@bitfever/runtime";
import { Command } from "commander";
import { jsonText } from "../../json-text.js";
import { venueKinds } from "../../venues/catalogue.js";
import type { VenueKind } from "../../venues/venue-kind.js";
import { exitCodes, paintOf, type ExitCode, type Io } from "../io.js";
import { columns } from "../text-columns.js";

/** `bf venues`: where accounts can trade, and what is done there by whom. */
export function venuesCommand(io: Io, done: (code: ExitCode) => void): Command {
  return new Command("venues")
    .summary("List the venues that accounts can trade at, with what each can do")
    .description(
      "Lists the venues that the file of an account can name, with what each can do by itself; what it cannot, is done on this side " +
        "(docs/live.md). Plug-ins bring others. Bars of any exchange of ccxt that makes candles, to trade on paper by, are a feed of the kind ccxt " +
        "(docs/configuration.md).",
    )
    .option("--json", "print them as JSON")
    .action(async ({ json }: { readonly json?: true }) => {
      const kinds = await venueKinds();
      io.out(json === true ? jsonText(kinds.map(jsonOf)) : textOf(io, kinds));
      done(exitCodes.fine);
    });
}

/** A venue as `bf venues --json` writes it. */
export interface WrittenVenue extends Omit<BrokerCapabilities, "bySymbol" | "binds"> {
  readonly binds: boolean;
  readonly name: string;
  readonly summary: string;
  /** The package that has to be installed; null for none. */
  readonly needs: string | null;
  /** Whose protocol a local venue server talks to stand in for it; null where none can. */
  readonly rehearsal: string | null;
}

const jsonOf = ({ name, summary, capabilities, needs, server }: VenueKind): WrittenVenue => ({
  ...{ name, summary, needs, rehearsal: server, ...capabilities, binds: capabilities.binds === true },
});

function textOf(io: Io, kinds: readonly VenueKind[]): string {
  const paint = paintOf(io);
  const head = ["venue", "replaces", "protects", "separates", "binds", "needs", "rehearsal"];
  const rows = kinds.map(({ name, capabilities, needs, server }) => [
    name,
    ...(["replaces", "protects", "separates", "binds"] as const).map((each) =>
      capabilities[each] === true ? "yes" : "no",
    ),
    needs ?? "nothing",
    server === null ? "on paper" : "yes",
  ]);
  const about = kinds.map(
    ({ name, summary, capabilities: { orders } }) =>
      `${paint.strong(name)}  ${summary}\n  ${paint.faint(`orders: ${orders.map((each) => each.replaceAll("_", " ")).join(", ")}`)}`,
  );
  return `${columns([head, ...rows], head.length).join("\n")}\n\n${about.join("\n")}\n`;
}
