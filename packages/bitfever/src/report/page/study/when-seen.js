/* global IntersectionObserver, ResizeObserver */

/** Draws a picture while it is near the screen, and what it missed when it comes there: a search has a dozen of them. */
export class WhenSeen {
  #draw;
  #isSeen = false;
  #isStale = true;

  /**
   * @param {Element} host whose size the picture goes with
   * @param {() => void} draw
   */
  constructor(host, draw) {
    this.#draw = draw;
    const sight = (/** @type {readonly IntersectionObserverEntry[]} */ entries) => {
      this.#isSeen = entries[entries.length - 1].isIntersecting;
      if (this.#isSeen && this.#isStale) this.now();
    };
    new IntersectionObserver(sight, { rootMargin: "300px" }).observe(host);
    new ResizeObserver(() => this.ask()).observe(host);
  }

  /** When it is seen. */
  ask() {
    if (this.#isSeen) this.now();
    else this.#isStale = true;
  }

  /** Seen or not: paper shows all. */
  now() {
    this.#isStale = false;
    this.#draw();
  }
}
