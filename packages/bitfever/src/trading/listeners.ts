/** Who hears of something, each until it has had enough. */
export class Listeners<Event> {
  private readonly all = new Set<(event: Event) => void>();

  /** Hears all that is told from now on, until what it returns is called. */
  add(hear: (event: Event) => void): () => void {
    // A function of its own, so that one that listens twice hears twice.
    const own = (event: Event): void => {
      hear(event);
    };
    this.all.add(own);
    return () => void this.all.delete(own);
  }

  tell(event: Event): void {
    for (const hear of [...this.all]) hear(event);
  }
}
