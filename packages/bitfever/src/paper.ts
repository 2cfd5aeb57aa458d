import { BitFeverError, type FindModule } from "@bitfever/lang";
import type { Bars } from "@bitfever/engine";
import { givenHistories, givenOptions, type OptionNames } from "./given.js";
import type { ParameterInput } from "./parameters.js";
import type { Strategy } from "./strategy.js";
import type { AccountEvent } from "./trading/account-event.js";
import { instantsOf } from "./trading/instants.js";
import { setUp, type SetUpOptions } from "./trading/set-up.js";
import { TradingAccount } from "./trading/trading-account.js";
import { turn } from "./turn.js";

/** What a paper account is told beside strategy and bars: money, gates, and where it is kept. */
export interface PaperOptions<Values = ParameterInput> extends Pick<
  SetUpOptions,
  "account" | "settings" | "instruments" | "gates"
> {
  readonly params?: Partial<Values> | undefined;
  /** A folder in which the account is kept, and from which it goes on; left out, it ends with its process. */
  readonly journal?: string | undefined;
  /** Where the texts behind `import` come from. */
  readonly findModule?: FindModule | undefined;
  readonly onEvent?: ((event: AccountEvent) => void) | undefined;
  /** Told now and then how many bars it has heard. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Stops telling; with a journal the account can go on from there. */
  readonly signal?: AbortSignal | undefined;
}

const optionNames: OptionNames<PaperOptions> = {
  ...{ params: true, settings: true, instruments: true, gates: true, account: true, journal: true },
  ...{ findModule: true, onEvent: true, onProgress: true, signal: true },
};

/** Instants between turns of the event loop. */
const instantsPerTurn = 256;

/**
 * A paper account that trades one strategy: it hears the bars given, and goes on with those that `tell` gives it. Of several
 * strategies, of gates in a file and of trades by hand: `setUp` and `TradingAccount`.
 *
 * @param bars  closed bars of each symbol, oldest first; of those that its journal has, it hears nothing again
 * @returns the account, open: `state` and `trades` are plain data, `tell` takes more bars, `close` keeps it
 * @throws BitFeverError BF5136 for a strategy with indicators of one's own, which no journal can tell again, and as `setUp` and
 *   `TradingAccount.open` do; the reason of `signal` where it is aborted
 * @example
 * const account = await paper(strategy, bars);
 * console.log(account.state.equity, account.trades.length);
 * account.close();
 */
export async function paper<Values>(
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: PaperOptions<Values> = {},
): Promise<TradingAccount> {
  givenOptions("paper", options, optionNames);
  const histories = givenHistories(strategy, bars);
  if (strategy.indicators !== undefined)
    throw new BitFeverError(
      "BF5136",
      "indicators of your own are functions, which a journal cannot tell again",
      {
        hint: "write the indicator in the language, or bring it in a plug-in",
      },
    );
  const { params, journal, findModule, onEvent, onProgress, signal, ...setup } = options;
  const account = TradingAccount.open({
    setup: setUp({
      ...setup,
      strategies: [
        { source: strategy.program.source, params: params as ParameterInput | undefined, findModule },
      ],
      symbols: histories,
    }),
    ...{ journal, onEvent },
  });
  try {
    await tell(account, histories, { onProgress, signal });
  } catch (error) {
    account.close();
    throw error;
  }
  return account;
}

async function tell(
  account: TradingAccount,
  histories: readonly Bars[],
  { onProgress, signal }: Pick<PaperOptions, "onProgress" | "signal">,
): Promise<void> {
  const total = histories.reduce((sum, each) => sum + each.length, 0);
  let told = 0;
  let instants = 0;
  for (const instant of instantsOf(histories, account)) {
    if (instants++ % instantsPerTurn === 0) {
      signal?.throwIfAborted();
      onProgress?.(told, total);
      await turn();
    }
    account.tell(instant);
    told += instant.bars.length;
  }
  onProgress?.(told, total);
}
