import { expect, it } from "vitest";
import { clientIdOf, type BrokerTrial, type VenueOrder, type VenueReport } from "../../src/index.js";
import { simulatedTrial } from "./simulated-trial.js";

const orderOf = (id: string): VenueOrder => ({
  ...{ clientId: clientIdOf("trial", "AAA", id), strategy: "trial", symbol: "AAA" },
  order: {
    ...{
      id,
      type: "limit",
      side: "buy",
      purpose: "enter",
      quantity: 40,
      price: 9_900,
      tag: id,
      children: [],
    },
  },
});

async function connected(trial: BrokerTrial): Promise<{
  readonly reports: VenueReport[];
  readonly kinds: () => string;
  readonly submit: (order: VenueOrder) => void;
}> {
  const reports: VenueReport[] = [];
  await trial.broker.connect((report) => reports.push(report), [trial.instrument]);
  return {
    reports,
    kinds: () => reports.map(({ kind }) => kind).join(),
    // As no broker may be given it: nobody has vetted it.
    submit: (order) => {
      trial.broker.submit(order as never);
    },
  };
}

it("carries nothing while the connection is cut, either way", async () => {
  const trial = simulatedTrial();
  const { kinds, submit } = await connected(trial);
  submit(orderOf("resting"));
  void trial.cut();
  void trial.cut();
  submit(orderOf("into the cut"));
  await trial.trade(9_800);
  expect(kinds()).toBe("accepted,disconnected");
  void trial.mend();
  void trial.mend();
  expect(kinds()).toBe("accepted,disconnected,connected");
  trial.broker.snapshot({ number: 1, orders: [orderOf("into the cut")], tradesFrom: 0 });
  expect(kinds()).toBe("accepted,disconnected,connected,snapshot");
});

it("breaks off and comes back as misfortune will have it", async () => {
  const draws = [1, 0, 0.5];
  const trial = simulatedTrial({ misfortune: { cut: 0.5, cutMs: 100 }, draw: () => draws.shift() ?? 1 });
  const { kinds, submit } = await connected(trial);
  submit(orderOf("lost with it"));
  expect(kinds()).toBe("disconnected");
  await trial.settle();
  expect(kinds()).toBe("disconnected,connected");
});

it("stays at what it has made of an order", async () => {
  let chance = 0.9;
  const trial = simulatedTrial({ misfortune: { rejected: 0.5 }, draw: () => chance });
  const { kinds, submit } = await connected(trial);
  submit(orderOf("taken"));
  chance = 0.1;
  submit(orderOf("taken"));
  submit(orderOf("refused"));
  chance = 0.9;
  submit(orderOf("refused"));
  expect(kinds()).toBe("accepted,accepted,rejected,rejected");
});
