import type { PortfolioResult, SwitchedSystem } from "../portfolio/result.js";
import { facts } from "../report/basis.js";
import { html, type Markup } from "../report/html.js";

/** What the run rests on: enough to repeat it, and to see that two reports are of the same thing. */
export function portfolioBasis(result: PortfolioResult): Markup {
  const { days, initialCapital, whenOff, reallocate, objective, walk, chance, systems } = result;
  return html`<section id="basis" aria-labelledby="basis-title" class="card">
    <h2 id="basis-title">What this rests on</h2>
    <div class="three">
      ${facts("Days", { From: days.from, To: days.to, Days: days.count })}
      ${facts("Account", {
        "Initial capital": initialCapital,
        "What is held when switched off":
          whenOff === "close" ? "closed at the next open" : "left to its exits",
        "Free money goes round": reallocate,
      })}
      ${facts("Test", {
        Objective: objective,
        Walk: walk?.kind ?? null,
        ...(walk !== null && { "Days learnt from": walk.train, "Days traded": walk.test }),
        "Random switchings": chance?.runs ?? null,
        ...(chance !== null && { Seed: chance.seed }),
      })}
    </div>
    ${systems.map(systemBasis)}
  </section>`;
}

function systemBasis(system: SwitchedSystem): Markup {
  const { name, program, data, params, settings, settingsHash, share, filter, counts } = system;
  return html`<details class="system">
    <summary><bdi>${name}</bdi></summary>
    <div class="three">
      <div>
        ${facts("System", {
          Program: program.name,
          Symbol: data.symbol,
          Bars: data.bars,
          Share: `${Number((share * 100).toPrecision(12))}%`,
          Filter: filter,
        })}
        ${facts("Counts", {
          "Ambiguous fills": counts.ambiguousFills,
          "Reduced entries": counts.reducedOrders,
          "Rejected entries": counts.rejectedOrders,
          "Absent entries": counts.absentOrders,
        })}
      </div>
      ${facts("Parameters", params)} ${facts("Settings", settings)}
      ${facts("Hashes", { Program: program.hash, Data: data.hash, Settings: settingsHash }, "wide")}
    </div>
  </details>`;
}
