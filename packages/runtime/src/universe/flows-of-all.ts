import {
  flowInDecimals,
  type AccountFlow,
  type CashFlow,
  type ExternalFlow,
  type Fields,
  type Instrument,
  type Matching,
} from "@bitfever/engine";
import { transferShared, type SharedAccount } from "../account.js";
import { ExternalFlows } from "../external-flows.js";
import { barAt } from "../row.js";
import type { Session } from "../session.js";
import { tell } from "../simulate.js";

/** A member of a universe, as far as the money of all goes. */
interface Member {
  readonly session: Session;
  readonly venue: Matching;
  readonly fields: Fields;
  /** Its bars up to here have been told. */
  readonly told: number;
  /** Its last close; NaN before its first bar. */
  readonly close: number;
}

/** The money that comes into the account of several sessions, or goes out of it. */
export interface FlowsOfAll {
  readonly next: number;
  readonly at: (time: number, present: readonly Member[]) => void;
  /** Those that were booked, in decimal money. */
  readonly cashFlows: readonly AccountFlow[];
}

/** What is put into the account of all and taken out of it: who has no bar at the moment counts at its last close. */
export function flowsOfAll(
  members: readonly Member[],
  shared: SharedAccount,
  money: Instrument,
  flows: readonly ExternalFlow[],
): FlowsOfAll {
  const external = new ExternalFlows(flows, money);
  const cashFlows: AccountFlow[] = [];
  return {
    cashFlows,
    get next() {
      return external.next;
    },
    at(time, present) {
      for (const { session, venue, fields, told } of present) tell(session, venue.begin(barAt(fields, told)));
      const worth = (): number =>
        members.reduce((sum, { session, fields, told, close }) => {
          const isPresent = fields.time[told] === time;
          return money.sum(sum, session.marked(isPresent ? fields.open[told] : close, session.openOf(time)));
        }, shared.purse.cash);
      const hear = (flow: CashFlow): void => {
        shared.purse.cash = money.sum(shared.purse.cash, flow.amount);
        const told = flowInDecimals(flow, (amount) => money.moneyDecimal(amount));
        cashFlows.push(told);
        transferShared(shared, told.worth ?? NaN, told.amount);
        for (const { session } of members) session.transfer(flow.worth ?? NaN, flow.amount);
      };
      // Any venue knows what all of them leave free.
      external.book(time, { worth, venue: members[0].venue, hear });
    },
  };
}
