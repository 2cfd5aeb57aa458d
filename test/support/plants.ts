import { vi } from "vitest";
import type { Plan } from "@bitfever/lang";
import { calendarColumns } from "../../packages/engine/src/calendar-columns.js";
import { kernels } from "../../packages/engine/src/catalogue.js";
import { ClockBuilder } from "../../packages/engine/src/clock.js";
import type { Kernel } from "../../packages/engine/src/kernel.js";

/** A fault put into the evaluator, to see whether it is noticed. */
export interface Plant {
  readonly name: string;
  /** Puts it in; what it returns takes it out again. */
  readonly put: () => () => void;
  /** What it does to the plan. */
  readonly spoil?: (plan: Plan) => Plan;
}

type Advance = Kernel["advance"];

/** Another loop for a kernel. */
function inKernel(name: string, spoiled: (advance: Advance) => Advance): Plant["put"] {
  return () => {
    const kernel = kernels.get(name);
    if (kernel === undefined) throw new Error(`no kernel \`${name}\``);
    const advance = kernel.advance.bind(kernel);
    const spy = vi.spyOn(kernel, "advance").mockImplementation(spoiled(advance));
    return () => {
      spy.mockRestore();
    };
  };
}

/** What it reads of its first input is a bar newer, as far as the block goes. */
const aheadByOne =
  (advance: Advance): Advance =>
  (state, parameters, [first, ...more], outputs, from, to) => {
    const newer = first.slice();
    newer.copyWithin(from, from + 1, to);
    advance(state, parameters, [newer, ...more], outputs, from, to);
  };

/** Counts other bars of slower clocks as closed. */
const inClosedCounts =
  (spoiled: (counts: Float64Array) => Float64Array): Plant["put"] =>
  () => {
    const { advance } = ClockBuilder.prototype;
    const spy = vi.spyOn(ClockBuilder.prototype, "advance").mockImplementation(function (
      this: ClockBuilder,
      ...given
    ) {
      const block = advance.apply(this, given);
      return { ...block, closedCount: spoiled(block.closedCount) };
    });
    return () => {
      spy.mockRestore();
    };
  };

const inDelays =
  (spoiled: (by: number) => number) =>
  (plan: Plan): Plan => ({
    ...plan,
    nodes: plan.nodes.map((node) =>
      node.kind === "kernel" && node.kernel === "delay"
        ? { ...node, parameters: node.parameters.map(spoiled) }
        : node,
    ),
  });

const nothing: Plant["put"] = () => () => undefined;

/** Each sees something that comes later. */
export const leaks: readonly Plant[] = [
  { name: "a sum that adds the next bar", put: inKernel("add", aheadByOne) },
  { name: "a comparison with the next bar", put: inKernel("greater", aheadByOne) },
  { name: "an extreme over a window that ends a bar later", put: inKernel("highest", aheadByOne) },
  {
    name: "an average over the whole block",
    put: inKernel("sma", () => (_state, _parameters, [source], [output], from, to) => {
      const block = source.subarray(from, to).filter((each) => !Number.isNaN(each));
      output.fill(block.reduce((sum, each) => sum + each, 0) / block.length, from, to);
    }),
  },
  {
    name: "an absence filled from behind",
    put: inKernel("or_else", (advance) => (state, parameters, [first, second], outputs, from, to) => {
      const filled = first.slice();
      for (let i = to - 2; i >= from; i--) if (Number.isNaN(filled[i])) filled[i] = filled[i + 1];
      advance(state, parameters, [filled, second], outputs, from, to);
    }),
  },
  {
    name: "a delay that goes forward",
    put: nothing,
    spoil: inDelays((by) => (by === 1 ? -1 : by)),
  },
  {
    name: "the bar of a slower clock that is still forming",
    put: inClosedCounts((counts) => counts.map((each) => each + 1)),
  },
  {
    name: "a slower bar that closes a bar too soon",
    put: inClosedCounts((counts) => counts.map((each, i) => counts[i + 1] ?? each)),
  },
  {
    name: "a session that is over when the next bar is of another",
    put: () => {
      const spy = vi
        .spyOn(calendarColumns.is_session_last, "fill")
        .mockImplementation((timing, _state, time, output) => {
          const dayOf = (at: number): number => timing.calendar.sessionAt(at).day;
          for (let i = 0; i < time.length; i++)
            output[i] = i + 1 < time.length && dayOf(time[i]) !== dayOf(time[i + 1]) ? 1 : 0;
        });
      return () => {
        spy.mockRestore();
      };
    },
  },
];

/** Each sees nothing that comes later, and is wrong all the same. */
export const mistakes: readonly Plant[] = [
  { name: "a delay that goes a bar too far", put: nothing, spoil: inDelays((by) => by + 1) },
  {
    name: "a slower bar that is seen a bar late",
    put: inClosedCounts((counts) => counts.map((each) => Math.max(0, each - 1))),
  },
  {
    name: "a choice that takes an absent condition for a false one",
    put: inKernel("choose", () => (_state, _parameters, [condition, then, otherwise], [output], from, to) => {
      for (let i = from; i < to; i++) output[i] = condition[i] === 1 ? then[i] : otherwise[i];
    }),
  },
  {
    name: "a state that starts anew where it is absent",
    put: inKernel("previous", (advance) => (state, parameters, [past, initial], outputs, from, to) => {
      advance(state, parameters, [past, initial], outputs, from, to);
      for (let i = from; i < to; i++) if (Number.isNaN(outputs[0][i])) outputs[0][i] = initial[i];
    }),
  },
  {
    name: "a disjunction that is absent with one side",
    put: inKernel("or", () => (_state, _parameters, [a, b], [output], from, to) => {
      for (let i = from; i < to; i++) output[i] = Math.max(a[i], b[i]);
    }),
  },
  {
    name: "a crossing that counts from a touch",
    put: inKernel("crosses_above", () => (_state, _parameters, [a, b], [output], from, to) => {
      for (let i = from; i < to; i++)
        output[i] = [a[i], b[i], a[i - 1], b[i - 1]].some((each) => Number.isNaN(each))
          ? NaN
          : Number(a[i] > b[i] && a[i - 1] < b[i - 1]);
    }),
  },
  {
    name: "a zero without its sign",
    put: inKernel("negate", () => (_state, _parameters, [a], [output], from, to) => {
      for (let i = from; i < to; i++) output[i] = 0 - a[i];
    }),
  },
];
