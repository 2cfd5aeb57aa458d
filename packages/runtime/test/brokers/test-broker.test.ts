import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomOf } from "@bitfever/engine";
import {
  clientIdOf,
  testBroker,
  type Broker,
  type SnapshotRequest,
  type VenueOrder,
  type VenueReport,
} from "../../src/index.js";
import { simulatedTrial } from "./simulated-trial.js";

/* What is asked of brokers is asked of the simulated one, and brokers that are wrong are found out. */

const few = ["market", "limit", "stop"] as const;

describe("the simulated broker conforms", () => {
  it("in calm", async () => {
    expect(await testBroker(() => simulatedTrial({ orders: few }))).toEqual([]);
    expect(await testBroker(() => simulatedTrial())).toEqual([]);
  });

  it("where orders fill in parts", async () => {
    expect(await testBroker(() => simulatedTrial({ orders: few, volume: 20 }))).toEqual([]);
  });

  it.each([
    ["holds nothing with an entry", { lacks: { protects: false } }],
    ["puts no order in the place of another", { lacks: { replaces: false } }],
    ["does neither", { lacks: { protects: false, replaces: false } }],
    ["has one position for all", { nets: true }],
    ["has one position for all and does nothing else", { nets: true, lacks: { replaces: false } }],
  ] as const)("where it %s", async (_, given) => {
    expect(await testBroker(() => simulatedTrial({ orders: few, ...given }))).toEqual([]);
    expect(await testBroker(() => simulatedTrial({ orders: few, volume: 20, ...given }))).toEqual([]);
  });

  it("in misfortune", async () => {
    await fc.assert(
      fc.asyncProperty(fc.noBias(fc.nat()), async (seed) => {
        const draw = randomOf(seed);
        const misfortune = {
          ...{ latencyMs: [1, 400] as const, lost: draw() * 0.3, doubled: draw() * 0.4 },
          ...{ cut: draw() * 0.03, cutMs: 3_000 },
        };
        const [nets, protects, replaces] = [draw() < 0.4, draw() < 0.5, draw() < 0.5];
        const make = () =>
          simulatedTrial({ misfortune, draw, orders: few, volume: 40, nets, lacks: { protects, replaces } });
        expect(await testBroker(make, { attempts: 60 })).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("misfortune", () => {
  it("refuses orders, and the venue stays at that", async () => {
    const faults = await testBroker(() => simulatedTrial({ misfortune: { rejected: 1 }, draw: () => 0.5 }));
    expect(faults.join("\n")).toContain("order resting should be working, and the venue says rejected");
  });

  it("is more than one attempt gets over", async () => {
    const draw = randomOf(7);
    const faults = await testBroker(() => simulatedTrial({ misfortune: { lost: 0.5 }, draw }));
    expect(faults.join("\n")).toContain("was neither accepted nor refused");
  });
});

type Hear = (report: VenueReport) => void;

/** A broker of which what it says is changed. */
const saying =
  (change: (report: VenueReport, hear: Hear) => void) =>
  (broker: Broker): Broker => ({
    ...broker,
    connect: (hear, instruments) =>
      broker.connect((report) => {
        change(report, hear);
      }, instruments),
  });

/** A broker of which what it hears is changed. */
const doing =
  (change: (broker: Broker) => Partial<Broker>) =>
  (broker: Broker): Broker => ({ ...broker, ...change(broker) });

const renamed = (order: VenueOrder, ending: string): VenueOrder => {
  const id = order.order.id + ending;
  return {
    ...order,
    clientId: clientIdOf(order.strategy, order.symbol, id),
    order: { ...order.order, id, tag: id },
  };
};
const plain = ({ clientId, strategy, symbol, order }: VenueOrder): VenueOrder => ({
  ...{ clientId, strategy, symbol, order },
});
/** As no broker may: what it sends on is not what was approved. */
const sealed = (order: unknown): Parameters<Broker["submit"]>[0] => order as never;

describe("a broker that is wrong is found out:", () => {
  const found = async (spoil: (broker: Broker) => Broker): Promise<string> =>
    (await testBroker(() => simulatedTrial({ orders: few, spoil }))).join("\n");

  it("one that does not answer", async () => {
    const faults = await found(
      saying((report, hear) => {
        if (report.kind !== "accepted") hear(report);
      }),
    );
    expect(faults).toContain("an order is acknowledged: order resting was neither accepted nor refused");
  });

  it("one that sends again under another id", async () => {
    const retried = doing((broker) => {
      let count = 0;
      return {
        submit: (order) => {
          broker.submit(count++ === 0 ? order : sealed(renamed(order, `-${count}`)));
        },
      };
    });
    const faults = await found(retried);
    expect(faults).toMatch(/doubled client id is one order: 3 orders rest, of one that was sent again/);
  });

  it("one that takes an order for cancelled once it has asked", async () => {
    const hasty = (broker: Broker): Broker => {
      let tell: Hear = () => undefined;
      return {
        ...broker,
        connect: (hear, instruments) => broker.connect((tell = hear), instruments),
        cancel: (request) => {
          tell({ kind: "cancelled", ...request, reason: "asked" });
        },
      };
    };
    const faults = await found(hasty);
    expect(faults).toContain("a cancelled order is gone: an order has traded after it was cancelled");
    expect(faults).toContain("never came cannot be cancelled: an order that was never sent is cancelled");
  });

  it("one that sends what was to take the place of an order that has gone", async () => {
    const careless = doing((broker) => ({
      modify: (request, order) => {
        broker.cancel(request);
        broker.submit(order);
      },
    }));
    const faults = await found(careless);
    expect(faults).toMatch(/place of an order that has gone: order late should be cancelled or rejected/);
    expect(faults).not.toContain("an order takes the place of another:");
  });

  it("one that leaves the old order where another takes its place", async () => {
    const faults = await found(
      doing((broker) => ({
        modify: (_request, order) => {
          broker.submit(order);
        },
      })),
    );
    expect(faults).toContain("an order has traded whose place another had taken");
  });

  it("one that leaves trades out of its snapshots", async () => {
    const faults = await found(
      saying((report, hear) => {
        hear(report.kind === "snapshot" ? { ...report, trades: [] } : report);
      }),
    );
    expect(faults).toContain("a snapshot tells all: a snapshot tells trades of 0 lots, and 40 were traded");
  });

  it("one that takes what it does not find for rejected", async () => {
    const faults = await found(
      saying((report, hear) => {
        if (report.kind !== "snapshot") hear(report);
        else
          hear({
            ...report,
            orders: report.orders.map((each) =>
              each.status === "absent" ? { ...each, status: "rejected" } : each,
            ),
          });
      }),
    );
    expect(faults).toContain("order never sent should be absent, and the venue says rejected");
  });

  it("one that gives trades new ids", async () => {
    let told = 0;
    const faults = await found(
      saying((report, hear) => {
        const anew = <Trade extends object>(trade: Trade) => ({ ...trade, tradeId: `t${++told}` });
        if (report.kind === "trade") hear({ ...report, trade: anew(report.trade) });
        else if (report.kind === "snapshot") hear({ ...report, trades: report.trades.map(anew) });
        else hear(report);
      }),
    );
    expect(faults).toContain("trades have other ids when they are told again");
    expect(faults).toMatch(/\d+ lots of order \S+ were traded, and 40 asked for/);
  });

  it("one that tells the same trade otherwise", async () => {
    let times = 0;
    const faults = await found(
      saying((report, hear) => {
        if (report.kind === "trade") hear({ ...report, trade: { ...report.trade, time: ++times } });
        else hear(report);
      }),
    );
    expect(faults).toMatch(/trade \S+ is another one when it is told again/);
  });

  it("one that speaks in decimals", async () => {
    const faults = await found(
      saying((report, hear) => {
        if (report.kind !== "trade") hear(report);
        else {
          const { price, quantity } = report.trade;
          hear({ kind: "trade", trade: { ...report.trade, price: price / 8, quantity: quantity / 16 } });
        }
      }),
    );
    expect(faults).toMatch(/the price of trade \S+ is 1212.5, which is no whole number/);
    expect(faults).toMatch(/the quantity of trade \S+ is 2.5/);
  });

  it("one that sends on what it does not declare", async () => {
    const modest = doing(({ capabilities }) => ({ capabilities: { ...capabilities, orders: few } }));
    const faults = (await testBroker(() => simulatedTrial({ spoil: modest }))).join("\n");
    expect(faults).toMatch(/a \S+ order is not rejected, and is not declared/);
    expect(faults).toMatch(/a \S+ order has traded, and is not declared/);
  });

  it("one that forgets what protects", async () => {
    const bare = doing((broker) => ({
      submit: (order) => {
        const { clientId, strategy, symbol } = order;
        const bareOrder = { ...order.order, children: [] };
        broker.submit(sealed({ clientId, strategy, symbol, order: bareOrder }));
      },
    }));
    const faults = await found(bare);
    expect(faults).toContain("the stop of an entry that has filled does not rest under its client id");
  });

  it("one that takes the entry and leaves its stop away", async () => {
    const bare = doing((broker) => ({
      submit: (order) => {
        broker.submit(sealed({ ...plain(order), order: { ...order.order, children: [] } }));
      },
    }));
    const make = () => simulatedTrial({ orders: few, lacks: { protects: false }, spoil: bare });
    expect((await testBroker(make)).join("\n")).toContain("an entry is taken whose stop is not held");
  });

  it("one that puts an order beside the one whose place it was to take", async () => {
    const beside = doing((broker) => ({
      modify: (_, order) => {
        broker.submit(order);
      },
    }));
    const make = () => simulatedTrial({ orders: few, lacks: { replaces: false }, spoil: beside });
    expect((await testBroker(make)).join("\n")).toContain(
      "an order is taken that was to take the place of another",
    );
  });

  it("one that opens with what may only reduce", async () => {
    const deaf = doing((broker) => ({
      submit: (order) => {
        broker.submit(sealed(plain(order)));
      },
    }));
    const make = () => simulatedTrial({ orders: few, nets: true, spoil: deaf });
    expect((await testBroker(make)).join("\n")).toContain(
      "-40 lots are held after an order that may only reduce",
    );
  });

  it("one that says it nets, and only lets exits close", async () => {
    const closing = doing((broker) => ({
      submit: (order) => {
        broker.submit(
          order.order.purpose === "enter" ? order : sealed({ ...plain(order), isReduceOnly: true }),
        );
      },
    }));
    const make = () => simulatedTrial({ orders: few, nets: true, spoil: closing });
    expect((await testBroker(make)).join("\n")).toContain(
      "0 lots are held, of 40 bought and twice as many sold",
    );
  });

  it("one that goes on talking", async () => {
    const faults = await found(doing(() => ({ close: () => Promise.resolve() })));
    expect(faults).toMatch(/after the end there is silence: \d+ reports came after/);
  });

  it("one that answers another question", async () => {
    const off = doing((broker) => ({
      snapshot: (request: SnapshotRequest) => {
        broker.snapshot({ ...request, number: request.number + 1 });
      },
    }));
    expect(await found(off)).toContain("did not answer under the number asked");
  });

  it("one that hides that the connection was gone", async () => {
    const faults = await found(
      saying((report, hear) => {
        if (report.kind !== "disconnected") hear(report);
      }),
    );
    expect(faults).toContain("nobody said that the connection was gone");
  });

  it("one that throws", async () => {
    const faults = await found(
      doing(() => ({
        cancel: () => {
          throw new Error("no such order");
        },
      })),
    );
    expect(faults).toContain("a cancelled order is gone: it throws: no such order");
  });
});
