import { randomOf } from "../packages/engine/src/random.js";

/*
 * The bundled sample data: made up, seeded, the same on every machine. Nothing here was ever traded.
 *
 * The price is a random walk whose drift and volatility belong to regimes (rising, falling, drifting sideways) that
 * last some weeks, so that trend followers and mean reverters both have something to win and to lose. Only additions,
 * multiplications and square roots are used, which IEEE 754 rounds alike everywhere; normal deviates are sums of twelve
 * uniform ones.
 */

interface Regime {
  readonly drift: number;
  readonly volatility: number;
}

const regimes: readonly Regime[] = [
  { drift: 0.0011, volatility: 0.009 },
  { drift: 0.0004, volatility: 0.007 },
  { drift: -0.0012, volatility: 0.016 },
  { drift: 0, volatility: 0.011 },
];

const meanRegimeDays = 60;
const cents = (price: number): string => (Math.round(price * 100) / 100).toFixed(2);

/** A market whose steps are a fraction of a day. */
class Market {
  private readonly next: () => number;
  private regime = regimes[0];
  private price: number;

  constructor(seed: number, price: number) {
    this.next = randomOf(seed);
    this.price = price;
  }

  startDay(): void {
    if (this.next() < 1 / meanRegimeDays) this.regime = regimes[Math.floor(this.next() * regimes.length)];
    // Overnight the price moves without trades.
    this.move(0.15);
  }

  /** One bar of `steps` price moves that together take `days` of a day. */
  bar(days: number, steps: number, volumePerDay: number): string {
    const open = this.price;
    let [high, low] = [open, open];
    for (let i = 0; i < steps; i++) {
      this.move(days / steps);
      high = Math.max(high, this.price);
      low = Math.min(low, this.price);
    }
    const range = (high - low) / open;
    const busy = 0.5 + this.next() + range / (this.regime.volatility * Math.sqrt(days));
    const volume = Math.round((volumePerDay * days * busy) / 2 / 100) * 100;
    return [cents(open), cents(high), cents(low), cents(this.price), volume].join();
  }

  private move(days: number): void {
    const { drift, volatility } = this.regime;
    this.price *= 1 + drift * days + volatility * Math.sqrt(days) * this.normal();
  }

  private normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.next();
    return sum;
  }
}

const dayMs = 86_400_000;

function* weekdays(from: number, count: number): Generator<number> {
  for (let day = from, found = 0; found < count; day += dayMs) {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    found++;
    yield day;
  }
}

const header = "time,open,high,low,close,volume";

function daily(seed: number, price: number, count: number): string {
  const market = new Market(seed, price);
  const rows = Array.from(weekdays(Date.UTC(2015, 0, 2), count), (day) => {
    market.startDay();
    return `${new Date(day).toISOString().slice(0, 10)},${market.bar(0.85, 39, 4_000_000)}`;
  });
  return [header, ...rows, ""].join("\n");
}

/** 15-minute bars of New York sessions, 09:30 to 16:00, through both clock changes of a year. */
function quarterHours(): string {
  const market = new Market(20_260_115, 250);
  const newYork = new Intl.DateTimeFormat("en-US", {
    timeZone: "America/New_York",
    hour: "2-digit",
    hourCycle: "h23",
  });
  const rows: string[] = [];
  for (const day of weekdays(Date.UTC(2024, 0, 2), 250)) {
    market.startDay();
    const noonInNewYork = Number(newYork.format(day + dayMs / 2));
    const open = day + (9.5 + 12 - noonInNewYork) * 3_600_000;
    for (let i = 0; i < 26; i++) {
      const time = new Date(open + i * 900_000).toISOString().replace(".000Z", "Z");
      rows.push(`${time},${market.bar(0.85 / 26, 15, 4_000_000)}`);
    }
  }
  return [header, ...rows, ""].join("\n");
}

/** The files of `examples/data`, by name. */
export const samples = (): [name: string, text: string][] => [
  ["SYNTHETIC-1d.csv", daily(20_260_101, 100, 2_520)],
  ["SYNTHETIC-15m.csv", quarterHours()],
  ["SYNTHETIC-index-1d.csv", daily(20_260_300, 1_000, 1_000)],
  // One is taken from the list before the others.
  ...["ALDER", "BIRCH", "CEDAR", "ELDER", "HAZEL", "ROWAN"].map((symbol, i): [string, string] => [
    `SYNTHETIC-universe/${symbol}.csv`,
    daily(20_260_201 + i, 40 + 15 * i, i === 3 ? 600 : 1_000),
  ]),
];
