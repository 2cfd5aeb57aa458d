/** What a venue has told already, by its ids: for as long as it may tell it again. */
export class Heard {
  private ids = new Map<string, number>();
  /** The newest of what was forgotten, by the clock of the venue. */
  private forgottenUntil = -Infinity;

  /** Takes note of an id; whether it was new. What is as old as something that was forgotten was heard too. */
  isNew(id: string, time: number): boolean {
    if (this.ids.has(id) || time <= this.forgottenUntil) return false;
    this.ids.set(id, time);
    return true;
  }

  /** Forgets what happened before a time: nothing of that may be untold. */
  forget(before: number): void {
    for (const [id, time] of this.ids) {
      if (time >= before) continue;
      this.ids.delete(id);
      this.forgottenUntil = Math.max(this.forgottenUntil, time);
    }
  }

  snapshot(): HeardSnapshot {
    return { ids: [...this.ids], forgottenUntil: this.forgottenUntil };
  }

  restore({ ids, forgottenUntil }: HeardSnapshot): void {
    this.ids = new Map(ids);
    this.forgottenUntil = forgottenUntil;
  }
}

export interface HeardSnapshot {
  readonly ids: readonly (readonly [string, number])[];
  readonly forgottenUntil: number;
}
