/* global requestAnimationFrame */
/** @import { Study, Trial } from "./read-study.js" */
/** @import { TrialTest } from "../../../search-report/trial-filter.ts" */

/** What all pictures of a search have in common: which trial is looked at, and which are kept by the filters. */
export class View {
  /** @type {Trial} */
  chosen;
  /** 1 for each trial that all filters let through. */
  kept;
  study;
  /** @type {Map<string, TrialTest>} */
  #filters = new Map();
  /** @type {(() => void)[]} */
  #choiceListeners = [];
  /** @type {(() => void)[]} */
  #keptListeners = [];
  #isWaiting = false;

  /** @param {Study} study of at least one trial */
  constructor(study) {
    this.study = study;
    this.chosen = study.best ?? study.trials[0];
    this.kept = new Uint8Array(study.trials.length).fill(1);
  }

  /** @param {{ choice?: () => void, kept?: () => void }} listeners called when the one or the other has changed */
  listen({ choice, kept }) {
    if (choice) this.#choiceListeners.push(choice);
    if (kept) this.#keptListeners.push(kept);
  }

  /** @param {Trial} trial */
  choose(trial) {
    this.chosen = trial;
    for (const each of this.#choiceListeners) each();
  }

  get isFiltered() {
    return this.#filters.size > 0;
  }

  /** How many trials are kept. */
  get count() {
    return this.kept.reduce((sum, each) => sum + each, 0);
  }

  /**
   * Lets through what passes a test, and all others that there are; null takes the filter away.
   *
   * @param {string} name of the filter
   * @param {TrialTest | null} test
   */
  filter(name, test) {
    if (test === null) this.#filters.delete(name);
    else this.#filters.set(name, test);
    const tests = [...this.#filters.values()];
    this.study.trials.forEach(({ place }) => {
      this.kept[place] = Number(tests.every((each) => each(place)));
    });
    // A brush that is dragged changes more often than pictures can be drawn.
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      for (const each of this.#keptListeners) each();
    });
  }
}
