import { isoTime, reportedTrade, type ReportedTrade } from "@bitfever/engine";
import type { GateUse, Hold } from "@bitfever/runtime";
import { commonTradeColumns, csv } from "../tables.js";
import type { AccountState } from "../trading/account-state.js";
import type { RunningAccount } from "../trading/running-account.js";
import type { Activity } from "./account-text.js";

/** How an account stands with its times as machines read them elsewhere, in ISO-8601 UTC. */
export interface WrittenState extends Omit<AccountState, "time" | "holds" | "gates" | "feeds"> {
  readonly time: string | null;
  readonly holds: readonly (Omit<Hold, "since"> & { readonly since: string })[];
  readonly gates: readonly (Omit<GateUse, "last"> & {
    readonly last: (Omit<NonNullable<GateUse["last"]>, "time"> & { readonly time: string }) | null;
  })[];
  readonly feeds: readonly {
    readonly symbol: string;
    readonly closedAt: string | null;
    readonly nextCloseAt: string | null;
  }[];
}

/** What `bf paper --json` and `bf live --json` write of an account. */
export interface WrittenAccount extends WrittenState {
  readonly schema: "bitfever/account@1";
  readonly kind: "paper" | "live";
  readonly activity: {
    readonly instants: number;
    readonly orders: number;
    readonly fills: number;
    readonly refused: number;
    readonly recoveredTurns: number;
  };
  readonly trades: readonly (ReportedTrade & { readonly strategy: string; readonly symbol: string })[];
}

/** How an account stands, for machines. */
export const accountJson = (
  account: RunningAccount,
  { told, orders, fills, refused }: Activity,
): WrittenAccount => ({
  schema: "bitfever/account@1",
  kind: account.setup.kind,
  ...stateJson(account.state),
  activity: { instants: told, orders, fills, refused, recoveredTurns: account.recoveredTurns },
  trades: account.trades.map((each) => ({ ...each, ...reportedTrade(each) })),
});

export const stateJson = (state: AccountState): WrittenState => ({
  ...state,
  time: state.time === null ? null : isoTime(state.time),
  holds: state.holds.map((each) => ({ ...each, since: isoTime(each.since) })),
  gates: state.gates.map((each) => ({
    ...each,
    last: each.last === null ? null : { ...each.last, time: isoTime(each.last.time) },
  })),
  feeds: state.feeds.map(({ symbol, closedAt, nextCloseAt }) => ({
    symbol,
    closedAt: closedAt === null ? null : isoTime(closedAt),
    nextCloseAt: nextCloseAt === null ? null : isoTime(nextCloseAt),
  })),
});

const tradeColumns = ["strategy", "symbol", ...commonTradeColumns] as const;

export const accountTradesCsv = ({ trades }: Pick<RunningAccount, "trades">): string =>
  csv(
    tradeColumns,
    trades.map(({ strategy, ...trade }) => {
      const row = { ...reportedTrade(trade), strategy };
      return tradeColumns.map((name) => row[name] ?? null);
    }),
  );
