import { BitFeverError } from "@bitfever/lang";
import type { DisplayOptions, Part } from "./view.js";
import { views } from "./views/index.js";

/**
 * What is shown of a value, piece by piece.
 *
 * @throws BitFeverError BF5353 for what no view knows, and for options that name what is not there
 */
export function partsOf(value: unknown, options: DisplayOptions): readonly Part[] {
  const view = views.find(({ recognise }) => recognise(value));
  if (view !== undefined) return view.parts(value, options);
  const known = views.map(({ name }) => name);
  const hint =
    value instanceof Promise || (typeof value === "object" && value !== null && "result" in value)
      ? "it may have to be awaited: `await study.result`"
      : `what can be shown is ${known.slice(0, -1).join(", ")} and ${known.at(-1)}`;
  throw new BitFeverError("BF5353", `${described(value)} cannot be shown`, { hint });
}

function described(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  const names = Object.keys(value).slice(0, 5);
  return names.length === 0 ? "an empty object" : `an object with ${names.join(", ")}`;
}
