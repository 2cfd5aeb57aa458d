import { defineLimit } from "../limit.js";

export const position = defineLimit({
  name: "position",
  summary: "Units held, and those that entries on the same side would add.",
  unit: "quantity",
  measure: (account) => account.held,
  acts: "beyond",
});
