/** What a venue has told already, by its ids: for as long as it may tell it again. */
export class Heard {
  private ids = new Map<string, number>();
  private newest = -Infinity;

  /** @param keptMs  how long after a trade the venue may still tell of it, by the times of trades */
  constructor(private readonly keptMs: number) {}

  /** Takes note of an id; whether it was new. One that is older than what is kept was heard. */
  isNew(id: string, time: number): boolean {
    if (this.ids.has(id) || time < this.newest - this.keptMs) return false;
    this.ids.set(id, time);
    this.newest = Math.max(this.newest, time);
    return true;
  }

  /** From when on a venue is asked to tell again. */
  get from(): number {
    return this.newest - this.keptMs;
  }

  /** Forgets what is too old to be told again. */
  forget(): void {
    for (const [id, time] of this.ids) if (time < this.newest - this.keptMs) this.ids.delete(id);
  }

  snapshot(): { readonly ids: readonly (readonly [string, number])[]; readonly newest: number } {
    return { ids: [...this.ids], newest: this.newest };
  }

  restore({ ids, newest }: ReturnType<Heard["snapshot"]>): void {
    this.ids = new Map(ids);
    this.newest = newest;
  }
}
