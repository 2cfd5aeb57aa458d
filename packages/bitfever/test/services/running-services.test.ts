import { expect, it } from "vitest";
import { RunningServices } from "../../src/services/running-services.js";
import type { Service, ServiceKind } from "../../src/services/service.js";
import type { RunningAccount } from "../../src/trading/running-account.js";

const named = (name: string, stop: Service["stop"]) => ({
  name,
  kind: {
    ...{ name, summary: "", schema: { safeParse: () => ({ success: true, data: null }) } },
    make: () => ({ start: () => Promise.resolve(), stop }),
  } satisfies ServiceKind<null>,
  options: null,
});

it("a service that does not stop keeps nobody from it", async () => {
  const said: string[] = [];
  const acts: (() => void)[] = [];
  const say = (text: string): void => void said.push(text);
  const services = await RunningServices.start({
    account: { setup: { account: "mine" }, listen: () => () => undefined } as unknown as RunningAccount,
    services: [
      named("first", async () => {
        await Promise.resolve();
        say("the first has stopped");
      }),
      named("second", () => Promise.reject(new Error("no"))),
      named("third", () => new Promise(() => undefined)),
    ],
    clock: {
      now: () => 0,
      after: (_, act) => {
        acts.push(act);
        return () => undefined;
      },
    },
    logOf: () => ({ info: say, warn: say, error: say }),
    folder: null,
    quit: () => undefined,
  });
  const stopped = services.stop();
  expect(acts).toHaveLength(1);
  acts[0]();
  await stopped;
  expect(said).toEqual([
    "third did not stop as it should: it has taken more than 15 s",
    "second did not stop as it should: no",
    "the first has stopped",
  ]);
});
