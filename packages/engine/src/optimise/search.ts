import { BitFeverError } from "@bitfever/lang";
import { randomOf } from "../random.js";
import type { Batches, Candidate, Proposal, Search, SearchInput, SearchMethod, Trial } from "./method.js";
import { searchMethods } from "./methods/index.generated.js";
import { optionsOf } from "./option.js";
import type { Space } from "./space.js";

/**
 * A search of a space by a method. What the method itself refuses it refuses where it is first asked: BF5112 where no
 * point is found that `require` allows, BF5115 for too many dimensions.
 *
 * @throws BitFeverError BF5111 for an option, BF5113 for several objectives where the method knows one
 */
export function startSearch(method: SearchMethod, space: Space, input: SearchInput): Search {
  const { seed, trials, objectives = 1, options = {} } = input;
  if (objectives > 1 && method.objectives === "one")
    throw new BitFeverError(
      "BF5113",
      `the search method \`${method.name}\` knows one objective, not ${objectives}`,
      {
        hint: "give one objective, or take nsga2",
      },
    );
  const dimensions = space.dimensions.length;
  const values = optionsOf(method, options, { dimensions, trials });
  const batches =
    dimensions === 0
      ? onlyPoint()
      : method.search({ space, options: values, objectives, random: randomOf(seed) });
  return new Batched(batches, trials, objectives);
}

/** @throws BitFeverError BF5110 for a method that does not exist */
export function searchMethodOf(name: string): SearchMethod {
  const method = searchMethods.find((each) => each.name === name);
  if (method !== undefined) return method;
  throw new BitFeverError("BF5110", `there is no search method \`${name}\``, {
    hint: `the methods are ${searchMethods.map((each) => each.name).join(", ")}`,
  });
}

/** Where nothing varies, the fixed values are tried once. */
function* onlyPoint(): Batches {
  yield [{ point: [] }];
}

/**
 * Lets a search catch up with a study: asks it, and tells it what is known, until it asks for something new.
 *
 * @param known  by number; in any order
 * @throws BitFeverError BF5114 where they are not the trials of this search
 */
export function replay(search: Search, known: Iterable<Trial>): void {
  const trials = new Map([...known].map((each) => [each.number, each]));
  for (;;) {
    const told = search.ask().flatMap(({ number }) => trials.get(number) ?? []);
    if (told.length === 0) return;
    search.tell(told);
  }
}

/** Numbers the candidates of a method, and hands it the trials of a batch once all are there. */
class Batched implements Search {
  /** By number, in the order of their numbers. */
  private asked: ReadonlyMap<number, Proposal> = new Map();
  private readonly told = new Map<number, Trial>();
  private begun = 0;
  private isOver = false;

  constructor(
    private readonly batches: Batches,
    private readonly trials: number,
    private readonly objectives: number,
  ) {}

  ask(): readonly Proposal[] {
    if (this.told.size === this.asked.size) this.next();
    return [...this.asked.values()].filter(({ number }) => !this.told.has(number));
  }

  tell(trials: readonly Trial[]): void {
    for (const trial of trials) {
      const proposal = this.asked.get(trial.number);
      if (proposal === undefined) throw strange(trial, "was not asked, or is over");
      if (this.told.has(trial.number)) throw strange(trial, "has been told before");
      const isSame =
        trial.fidelity === proposal.fidelity &&
        trial.point.length === proposal.point.length &&
        trial.point.every((each, i) => each === proposal.point[i]);
      if (!isSame) throw strange(trial, "was asked at another point");
      if (trial.objectives.length !== this.objectives)
        throw strange(trial, `has ${trial.objectives.length} objectives, and the search ${this.objectives}`);
    }
    for (const trial of trials) this.told.set(trial.number, trial);
  }

  private next(): void {
    // In order of number, whichever was done first.
    const trials = [...this.asked.keys()]
      .map((number) => this.told.get(number))
      .filter((each) => each !== undefined);
    this.told.clear();
    this.asked = new Map();
    if (this.isOver || this.begun >= this.trials) return;
    const { value, done } = this.batches.next(trials);
    if (done === true) {
      this.isOver = true;
      return;
    }
    const proposals = value.slice(0, this.trials - this.begun).map(this.numbered);
    this.asked = new Map(proposals.map((each) => [each.number, each]));
    this.begun += proposals.length;
  }

  private readonly numbered = ({ point, fidelity = 1 }: Candidate, i: number): Proposal => ({
    number: this.begun + i,
    point,
    fidelity,
  });
}

const strange = ({ number }: Trial, problem: string): BitFeverError =>
  new BitFeverError("BF5114", `trial ${number} does not belong to this search: it ${problem}`, {
    hint: "a study goes on with the program, method, options and seed that it was begun with",
  });
