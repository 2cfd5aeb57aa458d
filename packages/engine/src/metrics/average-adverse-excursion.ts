import { defineMetric, isUnknown } from "../metric.js";
import { meanOf } from "../statistics.js";
import { excursions } from "./facts/excursions.js";

export const averageAdverseExcursion = defineMetric({
  name: "average_adverse_excursion",
  title: "Average adverse excursion",
  unit: "ratio",
  better: "lower",
  formula:
    "mean over the closed trades of how far the market went against them, as a share of the entry price: from the entry to its bar’s close, through the bars between, to the exit",
  source: "Sweeney 1996, Maximum Adverse Excursion",
  compute: (context) => {
    const found = excursions(context);
    return isUnknown(found) ? found : meanOf(found.adverse);
  },
});
