import { defineEquityFilter } from "../equity-filter.js";

export const always = defineEquityFilter({
  name: "always",
  summary: "On in every session: the system as it is",
  source: "definition",
  parameters: [],
  needs: () => ({}),
  isOn: () => true,
});
