import { fork, type ChildProcess } from "node:child_process";
import { constants, setPriority } from "node:os";
import { startVenueServer } from "@bitfever/brokers";

/* A venue on this machine in a process of its own, which tells bars of a minute at a pace: what it costs is not measured. */

export interface BarServer {
  readonly url: string;
  readonly apiKey: string;
  readonly secret: string;
  /** Begins to tell; resolves with how many bars were told when the last was. */
  readonly tell: (bars: number, aSecond: number) => Promise<number>;
  readonly end: () => void;
}

interface ToServer {
  readonly bars: number;
  readonly aSecond: number;
}
type FromServer = Pick<BarServer, "url" | "apiKey" | "secret"> | { readonly told: number };

/** The time of the first bar, in milliseconds UTC: all of them lie in the past, so that each is over as soon as it is told. */
export const firstBar = Date.UTC(2016, 0, 4);
const minuteMs = 60_000;
const asServer = "BAR_SERVER";

/** Whether this process is the server: then it runs from here on. */
export function isBarServer(): boolean {
  if (process.env[asServer] === undefined) return false;
  void serve();
  return true;
}

export async function barServer(program: string): Promise<BarServer> {
  const child: ChildProcess = fork(program, [], { env: { ...process.env, [asServer]: "1" } });
  const next = (): Promise<FromServer> => new Promise((resolve) => child.once("message", resolve));
  const address = (await next()) as Extract<FromServer, { url: string }>;
  return {
    ...address,
    tell: async (bars, aSecond) => {
      child.send({ bars, aSecond } satisfies ToServer);
      return ((await next()) as Extract<FromServer, { told: number }>).told;
    },
    end: () => {
      child.kill();
    },
  };
}

/** Behind what is measured: a venue is on another machine, and takes no processor from who trades there. */
async function serve(): Promise<void> {
  setPriority(constants.priority.PRIORITY_LOW);
  const server = await startVenueServer({ exchange: "binance" });
  const market = server.market("linear", "BTCUSDT");
  const { url, apiKey, secret } = server;
  process.send?.({ url, apiKey, secret } satisfies FromServer);
  let told = 0;
  process.on("message", ({ bars, aSecond }: ToServer) => {
    const from = told;
    const begun = performance.now();
    const beat = setInterval(() => {
      const due = Math.min(from + bars, from + Math.floor(((performance.now() - begun) / 1_000) * aSecond));
      for (; told < due; told++) {
        // A wave, so that the strategy buys and sells now and then.
        const close = 50_000 + Math.round(400 * Math.sin(told / 160) * 10) / 10;
        const candle = { open: close, high: close + 1, low: close - 1, close, volume: 5 };
        market.candle({ time: firstBar + told * minuteMs, ...candle });
      }
      if (told < from + bars) return;
      clearInterval(beat);
      process.send?.({ told } satisfies FromServer);
    }, 1);
  });
}
