import type { DeskCommand } from "../desk/command.js";
import type { Desk } from "../desk/desk.js";
import type { DeskInput, OperatorOrder, SymbolBar } from "../desk/input.js";
import type { VenueReport } from "../contract.js";
import type { Journal } from "../journal/journal.js";
import { SimulatedVenue, type SimulatedMarket, type SimulatedVenueSnapshot } from "../venue/simulated.js";
import { KeptDesk, type Beside } from "./kept-desk.js";
import type { Replayed } from "./replay.js";
import { Runner } from "./runner.js";

export interface PaperTradingOptions {
  /** Fresh: where there is a journal it is brought to where that ends. */
  readonly desk: Desk;
  /** Of the members of the desk, in their order. */
  readonly markets: readonly SimulatedMarket[];
  /** Left out, nothing is kept. */
  readonly journal?: Journal | undefined;
  /** As of a kept desk. */
  readonly recordsPerSnapshot?: number | undefined;
  /** As of a kept desk. */
  readonly keptTrades?: number | undefined;
  readonly onCommand?: ((command: DeskCommand) => void) | undefined;
  /** Told what the venue says, before the desk hears it; not of what is told again. */
  readonly onReport?: ((report: VenueReport) => void) | undefined;
}

/**
 * A desk and a simulated venue that answers at once, on the clock of the bars that they are told. The venue is a function of
 * what was kept, so both come back to where they were.
 */
export class PaperTrading {
  private readonly venue: SimulatedVenue;
  private readonly runner: Runner | KeptDesk;
  private readonly desk: Desk;
  private now = -Infinity;
  private hasStarted = false;
  /** What the venue tells while bars pass: it is heard in one turn with them. */
  private opening: DeskInput[] | null = null;
  /** While old turns are told again the venue does what it did, and what it says of it is kept already. */
  private isRecovering = true;

  constructor(options: PaperTradingOptions) {
    const { desk, markets, journal, recordsPerSnapshot, keptTrades, onCommand, onReport } = options;
    this.desk = desk;
    this.venue = new SimulatedVenue(markets, (report) => {
      if (this.isRecovering) return;
      onReport?.(report);
      const input = { kind: "report", at: this.now, report } as const;
      if (this.opening === null) this.runner.hear(input);
      else this.opening.push(input);
    });
    const send = (command: DeskCommand): void => {
      onCommand?.(command);
      this.send(command);
    };
    this.runner =
      journal === undefined
        ? new Runner(desk, send)
        : new KeptDesk({ desk, journal, send, recordsPerSnapshot, keptTrades, beside: this.beside() });
    this.isRecovering = false;
  }

  /** What was told again to get here; null where nothing is kept. */
  get recovered(): Replayed | null {
    return this.runner instanceof KeptDesk ? this.runner.recovered : null;
  }

  /** Keeps the state, and closes the journal; it goes on from there without telling anything again. */
  close(): void {
    if (this.runner instanceof KeptDesk) this.runner.close();
  }

  /** Bars that closed at one instant: the venue sees them first. */
  bars(bars: readonly SymbolBar[], closedAt: number, at: number): void {
    this.now = at;
    if (!this.hasStarted) this.runner.hear({ kind: "started", at });
    this.hasStarted = true;
    if (this.desk.isNewDay(closedAt)) this.runner.hear({ kind: "day", at, closedAt });
    const told: DeskInput[] = (this.opening = []);
    this.venue.bars(bars);
    this.opening = null;
    this.runner.hear(...told, { kind: "bars", at, closedAt, bars }, { kind: "clock", at });
  }

  operate(order: OperatorOrder, at: number): void {
    this.now = at;
    this.runner.hear({ kind: "operator", at, order });
  }

  /** There are no more bars: what is open is closed at a price of the last. */
  end(at: "open" | "close"): void {
    this.venue.end(at);
  }

  private beside(): Beside {
    return {
      heard: (inputs) => {
        for (const input of inputs) if (input.kind === "bars") this.venue.bars(input.bars);
      },
      asked: (commands) => {
        for (const command of commands) this.send(command);
      },
      snapshot: () => this.venue.snapshot(),
      restore: (snapshot: SimulatedVenueSnapshot) => {
        this.venue.restore(snapshot);
      },
    };
  }

  private send(command: DeskCommand): void {
    switch (command.kind) {
      case "submit":
        this.venue.submit(command.order);
        return;
      case "modify":
        this.venue.modify(command.request, command.order);
        return;
      case "cancel":
        this.venue.cancel(command.request);
        return;
      case "snapshot":
        this.venue.ask(command.request, this.now);
        return;
      case "allocate":
        this.venue.transfer(command, command.amount);
        return;
      case "notice":
    }
  }
}
