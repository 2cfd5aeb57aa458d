import { defaultSettings, type OrderTypeName, type Settings } from "@bitfever/engine";
import {
  Desk,
  Gatekeeper,
  seatOf,
  type DeskCommand,
  type DeskVenue,
  type DifferencePolicy,
  type OperatorOrder,
  type Patience,
} from "../../src/index.js";
import type { GateRule } from "../../src/gates/gate-rule.js";
import type { CancelRequest, ClosedBar, VenueReport, VenueSnapshot, VenueTrade } from "../../src/contract.js";
import { minutePlan } from "../simulation/programs.js";

/* A desk by hand: what it hears is told line by line, what it asks for is read as text. */

const settings: Settings = { ...defaultSettings, tick: 1, lot: 1, money_decimals: 0, initial_capital: 1_000 };
const minute = 60_000;

export const always = `enter long when true { size 5 stop at close - 2 }`;

export interface TestDesk {
  readonly desk: Desk;
  /** Bars that close so many minutes after the start, all prices alike. */
  bar(close: number, late?: number): readonly string[];
  report(report: VenueReport): readonly string[];
  clock(seconds: number): readonly string[];
  /** Answers the question that was asked last. */
  answer(snapshot?: Partial<VenueSnapshot>): readonly string[];
  started(): readonly string[];
  operate(order: OperatorOrder): readonly string[];
  position(): number;
  /** Orders of which the venue was told that they must open nothing. */
  reduceOnly(): readonly string[];
  /** By what the strategy calls an order. */
  request(orderId: string): CancelRequest;
}

export function aDesk(
  bodies: Readonly<Record<string, string>>,
  given: {
    readonly rules?: readonly GateRule[];
    readonly patience?: Partial<Patience>;
    readonly differences?: DifferencePolicy;
    readonly orders?: readonly OrderTypeName[];
  } & Partial<DeskVenue> = {},
): TestDesk {
  const { rules = [], patience, separates = true, ...venue } = given;
  const members = Object.entries(bodies).map(
    ([name, body]) =>
      seatOf({ strategy: name, symbol: "X", plan: minutePlan(name, body), intervalMs: minute, settings })
        .member,
  );
  const desk = new Desk({
    ...{ members, gates: new Gatekeeper(rules), separates, ...venue },
    ...(patience && { patience }),
  });
  let now = 0;
  let bars = 0;
  let asked = 0;
  const known = new Map<string, CancelRequest>();
  const reduceOnly: string[] = [];
  const told = (commands: readonly DeskCommand[]): readonly string[] =>
    commands.map((command) => {
      if (command.kind === "submit" || command.kind === "modify") {
        const { strategy, symbol, clientId, order } = command.order;
        known.set(order.id, { strategy, symbol, clientId });
        if (command.order.isReduceOnly === true) reduceOnly.push(order.id);
      }
      if (command.kind === "snapshot") asked = command.request.number;
      return textOf(command);
    });
  const hear = (input: Parameters<Desk["on"]>[0]): readonly string[] => told(desk.on(input));
  return {
    desk,
    bar(close, late = 0) {
      const time = bars * minute;
      const bar: ClosedBar = {
        time,
        open: close,
        high: close,
        low: close,
        close,
        volume: 1,
        session_bar: bars++,
      };
      const closedAt = bars * minute;
      now = closedAt + late;
      return hear({ kind: "bars", at: now, closedAt, bars: [{ symbol: "X", intervalMs: minute, bar }] });
    },
    report: (report) => hear({ kind: "report", at: now, report }),
    clock(seconds) {
      now += seconds * 1_000;
      return hear({ kind: "clock", at: now });
    },
    answer: (snapshot = {}) =>
      hear({
        ...{ kind: "report", at: now },
        report: {
          ...{ kind: "snapshot", number: asked, time: now },
          ...{ positions: [], openOrders: [], trades: [], flows: [], orders: [], ...snapshot },
        },
      }),
    started: () => hear({ kind: "started", at: now }),
    operate: (order) => hear({ kind: "operator", at: now, order }),
    position: () => members.reduce((sum, { session }) => sum + session.position, 0),
    reduceOnly: () => reduceOnly,
    request(orderId) {
      const found = known.get(orderId);
      if (found === undefined) throw new Error(`no order ${orderId} was sent`);
      return found;
    },
  };
}

function textOf(command: DeskCommand): string {
  switch (command.kind) {
    case "submit":
      return `submit ${command.order.order.id} ${command.order.order.side} ${command.order.order.quantity}`;
    case "modify":
      return `modify ${command.replacedId} to ${command.order.order.id}`;
    case "cancel":
      return `cancel ${command.orderId}`;
    case "allocate":
      return `allocate ${command.strategy} ${command.amount}`;
    case "snapshot":
      return "ask";
    case "notice":
      return `${command.notice.what}: ${command.notice.text}`;
  }
}

let trades = 0;

export const trade = (
  request: CancelRequest,
  given: Partial<VenueTrade> & Pick<VenueTrade, "side" | "quantity">,
): VenueReport => ({
  kind: "trade",
  trade: { ...request, tradeId: `t${++trades}`, price: 10, commission: 0, time: trades, ...given },
});
