import type { DeskCommand } from "../desk/command.js";
import type { Desk } from "../desk/desk.js";
import type { DeskInput, OperatorOrder, SymbolBar } from "../desk/input.js";
import { SimulatedVenue, type SimulatedMarket } from "../venue/simulated.js";
import { Runner, type DeskLog } from "./runner.js";

export interface PaperTradingOptions {
  readonly desk: Desk;
  readonly markets: readonly SimulatedMarket[];
  readonly log?: DeskLog | undefined;
  readonly onCommand?: ((command: DeskCommand) => void) | undefined;
}

/** A desk and a simulated venue that answers at once, on the clock of the bars that they are told. */
export class PaperTrading {
  private readonly venue: SimulatedVenue;
  private readonly runner: Runner;
  private now = -Infinity;
  private hasStarted = false;
  /** What the venue tells while bars pass: it is heard in one turn with them. */
  private opening: DeskInput[] | null = null;

  constructor({ desk, markets, log, onCommand }: PaperTradingOptions) {
    this.venue = new SimulatedVenue(markets, (report) => {
      const input = { kind: "report", at: this.now, report } as const;
      if (this.opening === null) this.runner.hear(input);
      else this.opening.push(input);
    });
    this.runner = new Runner(
      desk,
      (command) => {
        onCommand?.(command);
        this.send(command);
      },
      log,
    );
  }

  /** Bars that closed at one instant: the venue sees them first. */
  bars(bars: readonly SymbolBar[], closedAt: number, at: number): void {
    this.now = at;
    if (!this.hasStarted) this.runner.hear({ kind: "started", at });
    this.hasStarted = true;
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
        this.venue.snapshot(command.request, this.now);
        return;
      case "notice":
    }
  }
}
