import type { CancelRequest, VenueOrder } from "@bitfever/runtime";

/** What is known of an order that was asked for here or asked about. */
export interface KnownOrder {
  readonly request: CancelRequest;
  /** Undefined for one of another life. */
  readonly order: VenueOrder | undefined;
  /** `asked` while a request for it is on its way; `unsure` where nobody knows what came of that; `gone` had nothing to close. */
  readonly state: "asked" | "unsure" | "taken" | "refused" | "gone";
  readonly sentAt: number;
  readonly wasCancelAsked: boolean;
  readonly reason?: string;
}

/** The orders of a broker by what they are called here and at the venue: those that work, and for a while those that have ended. */
export class KnownOrders {
  private readonly known = new Map<string, KnownOrder>();
  /** By number of the venue, the client id, and the other way round. */
  private readonly clientIds = new Map<string, string>();
  private readonly numbers = new Map<string, string>();
  /** Those that the venue has taken, as far as it is not known that they have ended. */
  private readonly working = new Set<string>();
  /** When it was found that others have, by the clock of whoever says so; the first to be found comes first. */
  private readonly endedAt = new Map<string, number>();

  has(clientId: string): boolean {
    return this.known.has(clientId);
  }

  get(clientId: string): KnownOrder | undefined {
    return this.known.get(clientId);
  }

  put(clientId: string, known: KnownOrder): void {
    const isTaken = known.state === "taken";
    // What was taken for refused, and was taken by the venue all the same, has not ended.
    if (isTaken && this.known.get(clientId)?.state !== "taken") this.endedAt.delete(clientId);
    this.known.set(clientId, known);
    if (isTaken && !this.endedAt.has(clientId)) this.working.add(clientId);
    else this.working.delete(clientId);
  }

  change(clientId: string, changes: Partial<KnownOrder>): void {
    const before = this.known.get(clientId);
    if (before !== undefined) this.put(clientId, { ...before, ...changes });
  }

  learn(number: string, clientId: string): void {
    this.clientIds.set(number, clientId);
    this.numbers.set(clientId, number);
  }

  clientIdOf(number: string): string | undefined {
    return this.clientIds.get(number);
  }

  numberOf(clientId: string): string | undefined {
    return this.numbers.get(clientId);
  }

  /** Those that the venue has taken and that work, as far as is known. */
  atWork(): readonly (readonly [clientId: string, known: KnownOrder])[] {
    return this.listed(this.working);
  }

  end(clientId: string, at: number): void {
    this.working.delete(clientId);
    if (this.known.has(clientId) && !this.endedAt.has(clientId)) this.endedAt.set(clientId, at);
  }

  /** All but those that ended before a time: first what may go on, then what ended last. */
  since(time: number): readonly (readonly [clientId: string, known: KnownOrder])[] {
    const ended = [...this.endedAt].filter(([, at]) => at >= time).map(([clientId]) => clientId);
    const others = [...this.known.keys()].filter((each) => !this.endedAt.has(each));
    return this.listed([...others, ...ended.reverse()]);
  }

  /** Lets those go that ended before a time; tells which, with the numbers that they had. */
  forget(before: number): readonly { readonly clientId: string; readonly number: string | undefined }[] {
    const gone = [];
    for (const [clientId, at] of this.endedAt) {
      if (at >= before) break;
      const number = this.numbers.get(clientId);
      gone.push({ clientId, number });
      this.known.delete(clientId);
      this.numbers.delete(clientId);
      this.endedAt.delete(clientId);
      if (number !== undefined) this.clientIds.delete(number);
    }
    return gone;
  }

  private listed(clientIds: Iterable<string>): (readonly [string, KnownOrder])[] {
    return [...clientIds].flatMap((clientId) => {
      const known = this.known.get(clientId);
      return known === undefined ? [] : [[clientId, known] as const];
    });
  }
}
