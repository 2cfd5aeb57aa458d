import { defineMetric, isUnknown } from "../metric.js";
import { meanOf } from "../statistics.js";
import { excursions } from "./facts/excursions.js";

export const averageFavourableExcursion = defineMetric({
  name: "average_favourable_excursion",
  title: "Average favourable excursion",
  unit: "ratio",
  better: "higher",
  formula:
    "mean over the closed trades of how far the market went for them, as a share of the entry price: from the entry to its bar’s close, through the bars between, to the exit",
  source: "Sweeney 1996, Maximum Adverse Excursion",
  compute: (context) => {
    const found = excursions(context);
    return isUnknown(found) ? found : meanOf(found.favourable);
  },
});
