import { isoTime } from "@bitfever/engine";
import { metricText } from "../metric-text.js";
import type { AccountSetup } from "../trading/account-setup.js";
import type {
  AccountState,
  OpenOrder,
  OwnAccount,
  SeatState,
  UniverseState,
} from "../trading/account-state.js";
import { countOf, paintOf, type Io } from "./io.js";
import { printable } from "./printable.js";
import { numberText } from "./number-text.js";
import { columns } from "./text-columns.js";

/** What was done since the process began. */
export interface Activity {
  readonly told: number;
  readonly known: number;
  readonly orders: number;
  readonly fills: number;
  readonly refused: number;
  readonly isStopped: boolean;
  readonly journal: string | undefined;
}

/** How an account stands once nothing is told any more. */
export function accountText(io: Io, setup: AccountSetup, state: AccountState, activity: Activity): string {
  const paint = paintOf(io);
  const { told, known, orders, fills, refused, isStopped, journal } = activity;
  const kind = setup.kind === "live" ? "live account" : "paper account";
  const lines = [
    `${paint.strong(printable(setup.account))}  ${paint.faint(`${kind}, ${setup.venue} venue`)}`,
    paint.faint(
      `${countOf(told, "instant")} told${known === 0 ? "" : `, ${known} kept already`}; ` +
        `${countOf(orders, "order")}, ${countOf(fills, "fill")}, ${refused} refused by gates`,
    ),
    "",
    ...stateLines(io, state),
  ];
  const end = isStopped ? "stopped" : "no more bars";
  lines.push(
    "",
    journal === undefined
      ? paint.faint(`${end}; nothing of it is kept (--journal keeps it)`)
      : paint.faint(`${end}; kept in ${journal}: the same command goes on`),
  );
  return lines.join("\n");
}

/** Headline, strategies, orders and gates. */
export function stateLines(io: Io, state: AccountState): readonly string[] {
  const paint = paintOf(io);
  const { time, state: trading, holds, isSettled, equity, capital, seats, universes, orders, gates } = state;
  const share = capital === 0 ? 0 : equity / capital - 1;
  const doubt = time === null || isSettled ? "" : ", not settled with the venue";
  const lines = [
    `${time === null ? "no bar yet" : isoTime(time)}  ${trading === "active" ? paint.good(trading) : paint.error(trading)}${doubt}  ` +
      `equity ${money(equity)} (${share < 0 ? "" : "+"}${metricText({ unit: "ratio" }, share)})`,
    ...holds.map(({ reason, until, since }) =>
      paint.warning(
        `  ${printable(reason)} since ${isoTime(since)}, until ${until === "session" ? "the session ends" : "somebody resumes"}`,
      ),
    ),
    ...(state.paused.length === 0 ? [] : [paint.warning(`  paused: ${printable(state.paused.join(", "))}`)]),
    "",
    ...columns(seatTable(seats, universes), 2),
  ];
  if (orders.length > 0) lines.push("", ...columns([orderHead, ...orders.map(orderRow)], 2));
  if (gates.length > 0)
    lines.push(
      "",
      ...columns(
        [
          ["gate", "of", "fired", "limit"],
          ...gates.map((each) => [
            each.gate,
            [each.strategy, each.symbol, each.sector].filter((of) => of !== undefined).join(" ") ||
              `each ${each.per}`,
            String(each.fired),
            `${each.most ?? "–"}${each.action === "refuse" ? "" : ` ${each.action}`}`,
          ]),
        ],
        2,
      ),
    );
  return lines;
}

export const money = (value: number): string => metricText({ unit: "money" }, value);

/** Where some are switched by their equity, with whether each is on. */
function seatTable(
  seats: readonly SeatState[],
  universes: readonly UniverseState[],
): readonly (readonly string[])[] {
  const table = [seatHead, ...seats.flatMap(seatRows), ...universes.map(universeRow)];
  if (seats.every(({ isOn }) => isOn === undefined)) return table;
  const words = ["held", ...seats.map(({ isOn }) => (isOn === undefined ? "always" : isOn ? "on" : "off"))];
  return table.map((row, i) => [...row, words[i]]);
}

const seatHead = ["strategy", "symbol", "position", "price", "equity", "profit", "trades"];

/** Of a universe only what is held: it may have hundreds of members. */
function seatRows({ strategy, symbol, position, price, own }: SeatState): readonly (readonly string[])[] {
  if (own === null && position === 0) return [];
  const last = price === null ? "–" : numberText(price);
  return [[strategy, symbol, numberText(position), last, ...(own === null ? ["", "", ""] : ownCells(own))]];
}

const universeRow = (universe: UniverseState): readonly string[] => [
  universe.strategy,
  `${universe.members} members`,
  ...["", ""],
  ...ownCells(universe),
];

const ownCells = ({ equity, capital, closedTrades }: OwnAccount): readonly string[] => [
  money(equity),
  money(equity - capital),
  String(closedTrades),
];

const orderHead = ["order", "symbol", "left", "price", "what", "state"];

const orderRow = ({
  strategy,
  symbol,
  side,
  left,
  price,
  type,
  purpose,
  tag,
  state,
}: OpenOrder): readonly string[] => [
  strategy,
  symbol,
  numberText(left),
  price === null ? "–" : numberText(price),
  `${side} ${type.replaceAll("_", " ")}, ${purpose} "${tag}"`,
  state,
];
