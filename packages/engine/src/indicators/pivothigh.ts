import { defineIndicator } from "../indicator.js";
import { pivot } from "../pivot.js";

// The mirror of pivotlow.ts, written out: a comparison passed to one shared loop would cost every bar a call.
export const pivothigh = defineIndicator({
  name: "pivothigh",
  summary: "Pivot high",
  description:
    "The last value that none of the `left` before it was above and all of the `right` after it are below, and how " +
    "many bars ago it was (`age`). It is known only `right` bars later: there `age` is `right`, and the value is then held " +
    "until the next pivot. Of equal ones the newest counts. None before the first; a bar without a value is no neighbour " +
    "of any, and starts the window anew.",
  source: "Pine v6 ta.pivothigh, which has a value on the bar of discovery only",
  formula: "source[right], where it is above the `right` after it and not below the `left` before it, held",
  ...pivot(1),
  examples: [
    // Of the two in the middle the newer counts; behind the gap there is none with a neighbour on either side.
    {
      parameters: [1, 1],
      inputs: { source: [1, 3, 2, 4, 4, 1, 0, null, 9, 5] },
      outputs: {
        value: [null, null, 3, 3, 3, 4, 4, 4, 4, 4],
        age: [null, null, 1, 2, 3, 1, 2, 3, 4, 5],
      },
    },
    {
      parameters: [2, 2],
      inputs: { source: [1, 2, 5, 4, 3, 3, 1, 6] },
      outputs: {
        value: [null, null, null, null, 5, 5, 5, 5],
        age: [null, null, null, null, 2, 3, 4, 5],
      },
    },
  ],
});
