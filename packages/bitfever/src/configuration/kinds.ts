import { BitFeverError } from "@bitfever/lang";
import { feedKinds } from "../feeds/catalogue.js";
import type { FeedKind } from "../feeds/feed-kind.js";
import { serviceKinds } from "../services/catalogue.js";
import type { ServiceKind } from "../services/service.js";
import type { OwnParts } from "../trading/own-parts.js";
import { venueKinds } from "../venues/catalogue.js";
import type { VenueKind } from "../venues/venue-kind.js";
import type { LoadedPlugin } from "./plugin.js";

/** What a configuration can name: what comes with BitFever, and what its plug-ins bring. */
export interface Kinds {
  readonly venues: ReadonlyMap<string, VenueKind>;
  readonly feeds: ReadonlyMap<string, FeedKind>;
  /** Loaded where they are named. */
  readonly services: ReadonlyMap<string, () => Promise<ServiceKind>>;
  readonly own: OwnParts;
}

/** @throws BitFeverError BF5204 where a plug-in has a name that is taken */
export async function kindsOf(plugins: readonly LoadedPlugin[]): Promise<Kinds> {
  const named = <Kind extends { readonly name: string }>(list: "venues" | "feeds", own: readonly Kind[]) =>
    merged(
      own.map((each) => [each.name, each] as const),
      plugins.map(({ name, plugin }) => ({
        name,
        entries: ((plugin[list] ?? []) as unknown as readonly Kind[]).map(
          (each) => [each.name, each] as const,
        ),
      })),
    );
  return {
    venues: named("venues", await venueKinds()),
    feeds: named("feeds", await feedKinds()),
    services: merged(
      Object.entries(serviceKinds),
      plugins.map(({ name, plugin }) => ({
        name,
        entries: (plugin.services ?? []).map((each) => [each.name, () => Promise.resolve(each)] as const),
      })),
    ),
    own: ownPartsOf(plugins),
  };
}

export function ownPartsOf(plugins: readonly LoadedPlugin[]): OwnParts {
  const indicators = plugins.flatMap(({ plugin }) => plugin.indicators ?? []);
  const gates = plugins.flatMap(({ plugin }) => plugin.gates ?? []);
  return { ...(indicators.length > 0 && { indicators }), ...(gates.length > 0 && { gates }) };
}

function merged<Kind>(
  own: readonly (readonly [string, Kind])[],
  plugins: readonly { readonly name: string; readonly entries: readonly (readonly [string, Kind])[] }[],
): ReadonlyMap<string, Kind> {
  const all = new Map(own);
  for (const { name, entries } of plugins)
    for (const [key, kind] of entries) {
      if (all.has(key))
        throw new BitFeverError(
          "BF5204",
          `the package ${name} brings \`${key}\`, and that is there already`,
          {
            hint: "take one of the two away: a name stands for one thing",
          },
        );
      all.set(key, kind);
    }
  return all;
}
