import { defineLimit } from "../limit.js";

export const orders = defineLimit({
  name: "orders",
  summary: "Entries sent in this session; one that replaces another is not counted again.",
  unit: "count",
  measure: (account) => account.entries,
  acts: "beyond",
  lasts: "session",
});
