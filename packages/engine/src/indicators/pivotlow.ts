import { defineIndicator } from "../indicator.js";
import { pivot } from "../pivot.js";

export const pivotlow = defineIndicator({
  name: "pivotlow",
  summary: "Pivot low",
  description:
    "The last value that none of the `left` before it was below and all of the `right` after it are above, and how " +
    "many bars ago it was (`age`). It is known only `right` bars later: there `age` is `right`, and the value is then held " +
    "until the next pivot. Of equal ones the newest counts. None before the first; a bar without a value is no neighbour " +
    "of any, and starts the window anew.",
  source: "Pine v6 ta.pivotlow, which has a value on the bar of discovery only",
  formula: "source[right], where it is below the `right` after it and not above the `left` before it, held",
  ...pivot(-1),
  examples: [
    // Of the two in the middle the newer counts; behind the gap there is none with a neighbour on either side.
    {
      parameters: [1, 1],
      inputs: { source: [4, 2, 3, 1, 1, 5, 6, null, 0, 3] },
      outputs: {
        value: [null, null, 2, 2, 2, 1, 1, 1, 1, 1],
        age: [null, null, 1, 2, 3, 1, 2, 3, 4, 5],
      },
    },
    {
      parameters: [2, 2],
      inputs: { source: [6, 5, 2, 3, 4, 4, 6, 1] },
      outputs: {
        value: [null, null, null, null, 2, 2, 2, 2],
        age: [null, null, null, null, 2, 3, 4, 5],
      },
    },
  ],
});
