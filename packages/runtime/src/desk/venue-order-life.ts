/** What an order at a venue can be told to have come to. */
export type VenueHappening =
  "accept" | "place" | "fill_part" | "fill" | "cancel" | "reject" | "lose" | "find" | "miss" | "resend";

export type VenueOrderState =
  "attached" | "sent" | "working" | "unknown" | "filled" | "cancelled" | "rejected" | "absent";

interface Stage {
  readonly summary: string;
  readonly next: Readonly<Partial<Record<VenueHappening, VenueOrderState>>>;
}

const ends = { fill: "filled", cancel: "cancelled", reject: "rejected" } as const;

/**
 * The life of an order as this side of the wire knows it, in one table. Reports come late, twice and in any order: what a
 * state does not name changes nothing in it.
 */
export const venueOrderLife: Readonly<Record<VenueOrderState, Stage>> = {
  attached: {
    summary: "A stop or target that the venue holds with its entry, which has not filled.",
    next: { ...ends, place: "working", fill_part: "working", find: "working", miss: "absent" },
  },
  sent: {
    summary: "On its way: the venue has not answered.",
    next: {
      ...ends,
      accept: "working",
      place: "working",
      fill_part: "working",
      find: "working",
      lose: "unknown",
    },
  },
  working: { summary: "At the venue, by its own word.", next: { ...ends, lose: "unknown" } },
  unknown: {
    summary:
      "Nobody answered in time, or the connection broke: it may work, have traded, or never have arrived. Nothing new is opened in its symbol.",
    next: {
      ...ends,
      ...{ accept: "working", place: "working", fill_part: "working", find: "working", miss: "absent" },
      resend: "sent",
    },
  },
  filled: {
    summary:
      "All of it has traded that was to; what protects an entry is placed anew when more of that fills.",
    next: { find: "working" },
  },
  cancelled: {
    summary: "It is gone, with what of it has not traded; as above.",
    next: { find: "working" },
  },
  rejected: { summary: "The venue did not take it.", next: {} },
  absent: {
    summary:
      "It has not come to work, as far as is known: the venue has proved that it never arrived, and it was too old to be sent again, or the entry that it came with has ended unfilled.",
    next: { ...ends, accept: "working", place: "working", fill_part: "working", find: "working" },
  },
};

export const venueStateAfter = (state: VenueOrderState, happening: VenueHappening): VenueOrderState =>
  venueOrderLife[state].next[happening] ?? state;

/** Whether nobody waits for news of it; news may come all the same. */
export const isAtRest = (state: VenueOrderState): boolean =>
  state === "filled" || state === "cancelled" || state === "rejected" || state === "absent";
