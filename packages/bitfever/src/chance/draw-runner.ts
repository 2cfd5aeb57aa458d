import { bestTrial } from "../optimize/best-trial.js";
import { sourceOf, type SearchSetup } from "../optimize/search-setup.js";
import { TrialRunner } from "../optimize/trial.js";
import type { TrialOutcome } from "../optimize/trial-outcome.js";
import { drawMarket, type Drawing } from "./drawing.js";

/** Runs a strategy, or a whole search, on bars of chance. A draw depends on its number and on nothing that was drawn before. */
export class DrawRunner {
  constructor(
    private readonly setup: SearchSetup,
    private readonly drawing: Drawing,
    private readonly memoryBytes: number | undefined,
  ) {}

  /** The best value of the first objective that the search finds; null where it finds none. */
  async best(number: number): Promise<number | null> {
    const setup = this.drawn(number);
    const source = await sourceOf(setup, { workers: 0, memoryBytes: this.memoryBytes });
    const found = await bestTrial(setup, source);
    return found?.best?.told.objectives[0] ?? null;
  }

  /** What the only point of the search comes to. */
  alone(number: number): TrialOutcome {
    const { runner, input } = this.drawn(number);
    return runner.run(input.pilot, 1);
  }

  private drawn(number: number): SearchSetup {
    const { setup, drawing } = this;
    const input = { ...setup.input, ...drawMarket(setup.input, drawing, number) };
    return { ...setup, input, runner: new TrialRunner(input) };
  }
}
