import { EventName, IBApi, SecType, type Contract, type Order } from "@stoqey/ib";
import { onTestFinished } from "vitest";
import { startTwsServer, type ServedTws, type TwsServerOptions } from "../../src/index.js";

/** What the real client library was told, by the names that it has for it. */
export interface Heard {
  readonly name: string;
  readonly said: readonly unknown[];
}

const [all, error]: readonly string[] = [EventName.all, EventName.error];
/** What it says of the wire itself. */
const ofTheWire: readonly string[] = [all, EventName.received, EventName.sent, EventName.result];

/** The real client library, and all that it has heard. */
export class TwsClient {
  readonly heard: Heard[] = [];
  readonly errors: { readonly id: number; readonly code: number; readonly text: string }[] = [];

  constructor(readonly api: IBApi) {
    api.on(EventName.all, (name: string, said: readonly unknown[]) => {
      if (ofTheWire.includes(name)) return;
      this.heard.push({ name, said });
      if (name === error) {
        const [cause, code, id] = said as [Error, number, number];
        this.errors.push({ id, code, text: cause.message });
      }
    });
  }

  of(name: string): readonly (readonly unknown[])[] {
    return this.heard.filter((each) => each.name === name).map(({ said }) => said);
  }

  /** Waits for something to be told, and gives what was told under that name. */
  async until(name: EventName, count = 1): Promise<readonly (readonly unknown[])[]> {
    await eventually(() => this.of(name).length >= count, name);
    return this.of(name);
  }

  /** Waits for a refusal of a request or an order. */
  async refusal(id: number): Promise<number> {
    await eventually(() => this.errors.some((each) => each.id === id), `error of ${id}`);
    return this.errors.find((each) => each.id === id)!.code;
  }

  /** Waits until all that was sent so far has been answered. */
  async settle(): Promise<void> {
    const count = this.of(EventName.currentTime).length + 1;
    this.api.reqCurrentTime();
    await this.until(EventName.currentTime, count);
  }
}

export async function eventually(isSo: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 1_000; i++) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`it never came to this: ${what}`);
}

export const apple: Contract = {
  ...{ symbol: "AAPL", secType: SecType.STK, exchange: "SMART", currency: "USD" },
};

export const order = (changes: Readonly<Record<string, unknown>> = {}): Order =>
  ({
    ...{ action: "BUY", totalQuantity: 10, orderType: "LMT", lmtPrice: 199, tif: "GTC", transmit: true },
    ...changes,
  }) as unknown as Order;

/** A client that is connected; it goes with the test. */
export async function clientOf({ host, port }: ServedTws, clientId = 1): Promise<TwsClient> {
  const api = new IBApi({ host, port, maxReqPerSec: 1_000_000 });
  const client = new TwsClient(api);
  onTestFinished(() => {
    api.disconnect();
  });
  api.connect(clientId);
  await client.until(EventName.nextValidId);
  return client;
}

export interface Pair {
  readonly server: ServedTws;
  readonly client: TwsClient;
}

export async function pairOf(options: TwsServerOptions = {}): Promise<Pair> {
  const server = await startTwsServer(options);
  onTestFinished(() => server.close());
  return { server, client: await clientOf(server) };
}
