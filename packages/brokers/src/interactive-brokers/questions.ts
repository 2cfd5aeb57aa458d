import type { Contract, ContractDetails, Execution, Order, OrderState } from "@stoqey/ib";
import type { Question, TwsConnection } from "./tws-connection.js";

/** An order that works, whoever has sent it. */
export interface OpenOrder {
  readonly contract: Contract;
  readonly order: Order;
  readonly status: string;
  readonly filled: number;
}

/** An order that is over. */
export interface CompletedOrder {
  readonly contract: Contract;
  readonly order: Order;
  readonly status: string;
  readonly why: string;
}

export interface ToldExecution {
  readonly contract: Contract;
  readonly execution: Execution;
}

export interface PriceStep {
  readonly lowEdge: number;
  readonly increment: number;
}

/** Of the venue, in milliseconds UTC: it tells whole seconds. */
export const timeQuestion = (_id: number, end: (time: number) => void): Question => ({
  send: (api) => api.reqCurrentTime(),
  on: {
    currentTime: (seconds: number) => {
      end(seconds * 1_000);
    },
  },
});

export const askContracts = (
  connection: TwsConnection,
  contract: Contract,
): Promise<readonly ContractDetails[]> =>
  connection.ask((id, end) => {
    const found: ContractDetails[] = [];
    return {
      send: (api) => api.reqContractDetails(id, contract),
      on: {
        contractDetails: (of: number, details: ContractDetails) => {
          if (of === id) found.push(details);
        },
        contractDetailsEnd: (of: number) => {
          if (of === id) end(found);
        },
      },
    };
  });

export const askPriceSteps = (connection: TwsConnection, ruleId: number): Promise<readonly PriceStep[]> =>
  connection.ask((_id, end) => ({
    send: (api) => api.reqMarketRule(ruleId),
    on: {
      marketRule: (of: number, steps: readonly PriceStep[]) => {
        if (of === ruleId) end(steps);
      },
    },
  }));

/** Of all clients. */
export const askOpenOrders = (connection: TwsConnection): Promise<readonly OpenOrder[]> =>
  connection.ask((_id, end) => {
    const found = new Map<number | undefined, OpenOrder>();
    return {
      send: (api) => api.reqAllOpenOrders(),
      on: {
        openOrder: (_of: number, contract: Contract, order: Order, { status }: OrderState) => {
          const { filled = 0 } = found.get(order.permId) ?? {};
          found.set(order.permId, { contract, order, status, filled });
        },
        orderStatus: (...[, status, filled, , , permId]: OrderStatusTold) => {
          const before = found.get(permId);
          if (before !== undefined) found.set(permId, { ...before, status, filled });
        },
        openOrderEnd: () => {
          end([...found.values()]);
        },
      },
    };
  });

/** What a status is told with, as far as it is read here. */
export type OrderStatusTold = [
  orderId: number,
  status: string,
  filled: number,
  remaining: number,
  averagePrice: number,
  permId: number,
  parentId: number,
  lastPrice: number,
  clientId: number,
];

/** Of the day, and of clients only. */
export const askCompletedOrders = (connection: TwsConnection): Promise<readonly CompletedOrder[]> =>
  connection.ask((_id, end) => {
    const found: CompletedOrder[] = [];
    return {
      send: (api) => api.reqCompletedOrders(true),
      on: {
        completedOrder: (contract: Contract, order: Order, { status, completedStatus = "" }: OrderState) => {
          found.push({ contract, order, status, why: completedStatus });
        },
        completedOrdersEnd: () => {
          end(found);
        },
      },
    };
  });

/** Of the day, and of all clients; commissions are told beside. */
export const askExecutions = (
  connection: TwsConnection,
  account: string,
): Promise<readonly ToldExecution[]> =>
  connection.ask((id, end) => {
    const found: ToldExecution[] = [];
    return {
      send: (api) => api.reqExecutions(id, { acctCode: account }),
      on: {
        execDetails: (of: number, contract: Contract, execution: Execution) => {
          if (of === id) found.push({ contract, execution });
        },
        execDetailsEnd: (of: number) => {
          if (of === id) end(found);
        },
      },
    };
  });

/** Signed, by the number of the contract. */
export const askPositions = (
  connection: TwsConnection,
  account: string,
): Promise<ReadonlyMap<number, number>> =>
  connection.ask((_id, end) => {
    const found = new Map<number, number>();
    return {
      send: (api) => api.reqPositions(),
      on: {
        position: (of: string, { conId = 0 }: Contract, quantity: number) => {
          if (of === account) found.set(conId, quantity);
        },
        positionEnd: () => {
          // Else each change is told from now on.
          connection.api.cancelPositions();
          end(found);
        },
      },
    };
  });

/** What an order would do, by the venue; it places none. */
export const askWhatIf = (
  connection: TwsConnection,
  orderId: number,
  contract: Contract,
  order: Order,
): Promise<OrderState> =>
  connection.ask((_id, end) => ({
    orderId,
    send: (api) => api.placeOrder(orderId, contract, { ...order, whatIf: true }),
    on: {
      openOrder: (of: number, _contract: Contract, { whatIf }: Order, state: OrderState) => {
        if (of === orderId && whatIf === true) end(state);
      },
    },
  }));
