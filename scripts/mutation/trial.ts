import { Worker } from "node:worker_threads";
import type { Mutant } from "./mutants.js";
import type { Alive, Answer, Question, Visit } from "./worker.js";

/** What became of a mutant: a test failed or never ended, or none noticed. */
export type Outcome =
  { readonly kind: "killed"; readonly by: string } | { readonly kind: "survived"; readonly isMet: boolean };

/** So many times the steps that a test takes are no longer many, they are without end. */
const patience = 10;
const leastSteps = 100_000;
/** For what ends no test and takes no step: one test is over long before, however busy the machine is. */
const limitMs = 300_000;
const quickMs = 20;

const asleep = -1;

/** The bundled tests in a thread, which is begun anew where a mutant does not come back. */
export class Trial {
  private worker: Worker | null = null;

  private constructor(
    private readonly program: string,
    private readonly say: (line: string) => void,
  ) {}

  private visits: readonly Visit[] = [];
  private loaded = new Set<number>();
  /** Numbers of the quick tests that have failed, the last first: they are likely to fail again. */
  private killers: readonly number[] = [];
  /** What broke a thread last. */
  private fault: unknown = null;

  /** Runs all tests once, without a mutant. */
  static async on(program: string, say: (line: string) => void): Promise<Trial> {
    const trial = new Trial(program, say);
    const answer = await trial.ask({ mutant: asleep, tests: null }, asleep);
    if (answer === null) throw new Error("the tests do not end, or break", { cause: trial.fault });
    trial.visits = answer.visits;
    trial.loaded = new Set(answer.loaded);
    const failed = answer.visits.filter(({ passed }) => !passed);
    const tookMs = answer.visits.reduce((sum, each) => sum + each.tookMs, 0);
    say(`${answer.visits.length} tests in ${(tookMs / 1000).toFixed(1)} s`);
    for (const { name } of failed) say(`  left out, as it needs more cases than are run here: ${name}`);
    return trial;
  }

  async of(mutants: readonly Mutant[]): Promise<ReadonlyMap<Mutant, Outcome>> {
    const outcomes = new Map<Mutant, Outcome>();
    // Those that are met while files are loaded need a fresh thread each.
    const isLate = ({ id }: Mutant): boolean => this.loaded.has(id);
    for (const each of [...mutants.filter((one) => !isLate(one)), ...mutants.filter(isLate)]) {
      outcomes.set(each, isLate(each) ? await this.tryAnew(each) : await this.try(each, asleep));
      if (outcomes.size % 100 === 0) this.say(`${outcomes.size} of ${mutants.length} tried`);
    }
    await this.end();
    return outcomes;
  }

  private async tryAnew(mutant: Mutant): Promise<Outcome> {
    await this.end();
    const outcome = await this.try(mutant, mutant.id);
    await this.end();
    return outcome;
  }

  private async try(mutant: Mutant, awake: number): Promise<Outcome> {
    const { id } = mutant;
    const isEverywhere = awake !== asleep;
    const tests = [...this.visits.entries()]
      .filter(([, { passed, mutants }]) => passed && (isEverywhere || mutants.includes(id)))
      .sort(([i, a], [j, b]) => this.rank(i) - this.rank(j) || a.tookMs - b.tookMs);
    if (tests.length === 0) return { kind: "survived", isMet: false };
    const asked = tests.map(([number, { steps }]) => ({ number, mostSteps: leastSteps + patience * steps }));
    const answer = await this.ask({ mutant: id, tests: asked }, awake);
    if (answer === null) return { kind: "killed", by: "a test that does not end" };
    const { killer } = answer;
    if (killer === null) return { kind: "survived", isMet: true };
    const { name, tookMs } = this.visits[killer];
    if (tookMs < quickMs) this.killers = [killer, ...this.killers.filter((each) => each !== killer)];
    return { kind: "killed", by: name };
  }

  private rank(test: number): number {
    const place = this.killers.indexOf(test);
    return place < 0 ? Infinity : place;
  }

  /** Null where the thread does not answer in time, or breaks. */
  private async ask(question: Question, awake: number): Promise<Answer | null> {
    this.worker ??= new Worker(this.program, { workerData: { awake } });
    const { worker } = this;
    const answer = await new Promise<Answer | null>((resolve) => {
      const late = setTimeout(() => resolve(null), limitMs);
      const done = (found: Answer | null): void => {
        clearTimeout(late);
        worker.off("message", told).off("error", broken);
        resolve(found);
      };
      const told = (found: Answer | Alive): void => {
        if (found === "alive") late.refresh();
        else done(found);
      };
      const broken = (error: unknown): void => {
        this.fault = error;
        done(null);
      };
      worker.on("message", told).on("error", broken);
      worker.postMessage(question);
    });
    if (answer === null) await this.end();
    return answer;
  }

  private async end(): Promise<void> {
    await this.worker?.terminate();
    this.worker = null;
  }
}
