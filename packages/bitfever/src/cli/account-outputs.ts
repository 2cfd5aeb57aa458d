import { isoTime, reportedTrade } from "@bitfever/engine";
import { commonTradeColumns, csv } from "../tables.js";
import type { AccountState } from "../trading/account-state.js";
import type { RunningAccount } from "../trading/running-account.js";
import type { Activity } from "./account-text.js";

/** How an account stands, for machines. */
export const accountJson = (
  account: RunningAccount,
  { told, orders, fills, refused }: Activity,
): unknown => ({
  schema: "bitfever/account@1",
  kind: account.setup.kind,
  ...stateJson(account.state),
  activity: { instants: told, orders, fills, refused, recoveredTurns: account.recoveredTurns },
  trades: account.trades.map(reportedTrade),
});

/** With its times as machines read them elsewhere. */
export const stateJson = (state: AccountState): object => ({
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
