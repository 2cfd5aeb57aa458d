import { profileNames } from "@bitfever/lang";
import { profiles } from "../../src/profiles/index.generated.js";
import { describe, expect, test } from "vitest";
import {
  checkSettings,
  defaultSettings,
  parseSettings,
  settingDefinitions,
  type Settings,
} from "../../src/settings.js";

const accepted: readonly (readonly [keyof Settings, string, Settings[keyof Settings]])[] = [
  ["initial_capital", "10000", 10_000],
  ["initial_capital", " 10000 ", 10_000],
  ["initial_capital", "2500.50", 2_500.5],
  ["initial_capital", "1e6", 1_000_000],
  ["path", "nearest", "nearest"],
  ["path", "ohlc", "ohlc"],
  ["path", "olhc", "olhc"],
  ["path", "worst", "worst"],
  ["path", "best", "best"],
  ["path", "none", null],
  ["tick", "0.01", 0.01],
  ["tick", ".25", 0.25],
  ["tick", "0.03125", 1 / 32],
  ["tick", "1e-8", 1e-8],
  ["tick", "5", 5],
  ["tick", "none", null],
  ["lot", "1", 1],
  ["lot", "0.001", 0.001],
  ["lot", "none", null],
  ["multiplier", "50", 50],
  ["multiplier", "0.1", 0.1],
  ["money_decimals", "0", 0],
  ["money_decimals", "2", 2],
  ["money_decimals", "12", 12],
  ["money_decimals", "none", null],
  ["currency", "USD", "USD"],
  ["currency", "USDT", "USDT"],
  ["currency", "none", null],
  ["zone", "UTC", "UTC"],
  ["zone", "America/New_York", "America/New_York"],
  ["zone", "america/new_york", "America/New_York"],
  ["session_start", "18:00", "18:00"],
  ["session_start", "9:30", "09:30"],
  ["session_start", "00:00", "00:00"],
  ["session_start", "23:59", "23:59"],
  ["commission", "0", 0],
  ["commission", "0.05%", 0.0005],
  ["commission", "0.05 %", 0.0005],
  ["commission", ".05%", 0.0005],
  ["commission", "0.07%", 0.0007],
  ["commission", "0.1%", 0.001],
  ["commission", "1.1%", 0.011],
  ["commission", "33%", 0.33],
  ["commission", "5bps", 0.0005],
  ["commission", "5 bps", 0.0005],
  ["commission", "0.7bps", 0.00007],
  ["commission", "0.0005", 0.0005],
  ["commission", "1e-7", 1e-7],
  ["commission", "none", null],
  ["slippage", "1 tick", { unit: "ticks", value: 1 }],
  ["slippage", "2 ticks", { unit: "ticks", value: 2 }],
  ["slippage", "2ticks", { unit: "ticks", value: 2 }],
  ["slippage", "0 ticks", { unit: "ticks", value: 0 }],
  ["slippage", "0.01%", { unit: "ratio", value: 0.0001 }],
  ["slippage", "3bps", { unit: "ratio", value: 0.0003 }],
  ["slippage", "0.001", { unit: "ratio", value: 0.001 }],
  ["slippage", "none", null],
  ["slippage", "spread(2bps)", [{ model: "spread", parameters: [0.0002] }]],
  ["slippage", "1 tick", { unit: "ticks", value: 1 }],
  [
    "commission",
    "per_order(1) + per_unit(0.005, maximum: 1%)",
    [
      { model: "per_order", parameters: [1] },
      { model: "per_unit", parameters: [0.005, 0, 0.01] },
    ],
  ],
  ["commission", "maker_taker(-0.01%, 0.05%)", [{ model: "maker_taker", parameters: [-0.0001, 0.0005] }]],
  [
    "commission",
    "tiered(0.1%, 1_000_000, 0.08%)",
    [{ model: "tiered", parameters: [0.001, 1_000_000, 0.0008, null, null, null, null, null, null] }],
  ],
  ["carry", "borrow(2%)", [{ model: "borrow", parameters: [0.02] }]],
  ["carry", "funding(-0.01%)", [{ model: "funding", parameters: [-0.0001, 8] }]],
  ["carry", "none", null],
  ["volume_limit", "10%", 0.1],
  ["volume_limit", "100%", 1],
  ["volume_limit", "none", null],
  ["latency", "2", 2],
  ["touch_chance", "0", 0],
  ["touch_chance", "50%", 0.5],
  ["seed", "42", 42],
  ["margin", "20%", 0.2],
  ["maintenance_margin", "0", 0],
  ["maintenance_margin", "5%", 0.05],
  ["margin_call", "reduce", "reduce"],
  ["profile", "backtesting.py", "backtesting_py"],
  ["profile", "tradingview", "tradingview"],
  ["profile", "none", null],
  ["at_end", "open", "open"],
  ["adjustment", "total_return", "total_return"],
  ["through", "0", 0],
  ["through", "2", 2],
  ["through", "none", null],
];

const refused: readonly (readonly [keyof Settings, string])[] = [
  ["initial_capital", ""],
  ["initial_capital", "0"],
  ["initial_capital", "-5"],
  ["initial_capital", "NaN"],
  ["initial_capital", "Infinity"],
  ["initial_capital", "1e400"],
  ["initial_capital", "0x10"],
  ["initial_capital", "100,000"],
  ["initial_capital", "100k"],
  ["initial_capital", "none"],
  ["path", ""],
  ["path", "OHLC"],
  ["path", "nearest first"],
  ["tick", ""],
  ["tick", "0"],
  ["tick", "-0.01"],
  ["tick", "1/32"],
  ["tick", "null"],
  ["lot", "0"],
  ["lot", "one"],
  ["multiplier", "0"],
  ["multiplier", "none"],
  ["currency", "usd"],
  ["currency", "US"],
  ["currency", "EUR/USD"],
  ["currency", ""],
  ["money_decimals", "13"],
  ["money_decimals", "-1"],
  ["money_decimals", "2.0"],
  ["money_decimals", ""],
  ["zone", ""],
  ["zone", "New York"],
  ["zone", "+02:00"],
  ["session_start", "24:00"],
  ["session_start", "18"],
  ["session_start", "18:60"],
  ["session_start", "6pm"],
  ["commission", ""],
  ["commission", "-0.01%"],
  ["commission", "0.05 percent"],
  ["commission", "5"],
  ["commission", "100%"],
  ["commission", "1"],
  ["commission", "10000bps"],
  ["commission", "0,05%"],
  ["commission", "%"],
  ["commission", "1 tick"],
  ["slippage", "0.5 ticks"],
  ["slippage", "-1 tick"],
  ["slippage", "2"],
  ["slippage", "100%"],
  ["slippage", "tick"],
  ["slippage", "1 tick more"],
  ["slippage", "spread()"],
  ["slippage", "spread(1%, 2%)"],
  ["slippage", "share(width: 1%)"],
  ["commission", "per_unit"],
  ["commission", "per_order(1) +"],
  ["commission", "per_order(one)"],
  ["carry", "2%"],
  ["carry", "overnight(1%)"],
  ["volume_limit", "0"],
  ["volume_limit", "101%"],
  ["latency", "0.5"],
  ["touch_chance", "2"],
  ["seed", "x"],
  ["margin", "0"],
  ["maintenance_margin", "-1%"],
  ["margin_call", "warn"],
  ["profile", "pine"],
  ["at_end", "sell"],
  ["adjustment", "dividends"],
  ["through", "1.5"],
  ["through", "-1"],
  ["through", "1 tick"],
];

describe("parseSettings", () => {
  test.each(accepted)("%s=%s", (name, text, value) => {
    expect(parseSettings({ [name]: text })).toEqual({ ...defaultSettings, [name]: value });
  });

  test.each(refused)("%s=%s is BF5004, with a hint of what would do", (name, text) => {
    expect(() => parseSettings({ [name]: text })).toThrow(
      expect.objectContaining({
        code: "BF5004",
        message: `\`${name}=${text}\` is not a value of this setting`,
        hint: `${name} is ${settingDefinitions[name].expects}`,
      }),
    );
  });

  test.each(["ticks", "Tick", "", "__proto__", "constructor", "toString"])(
    "`%s` is no setting: BF5003",
    (name) => {
      expect(() => parseSettings(Object.fromEntries([[name, "1"]]))).toThrow(
        expect.objectContaining({
          code: "BF5003",
          message: `there is no setting \`${name}\``,
          hint: expect.stringContaining("initial_capital, path, tick"),
        }),
      );
    },
  );

  test("nothing given is the defaults, and the defaults stay what they are", () => {
    expect(parseSettings({})).toEqual(defaultSettings);
    parseSettings({ tick: "0.01" });
    expect(defaultSettings.tick).toBeNull();
  });

  test("the language and the engine know the same profiles", () => {
    expect(profiles.map(({ name }) => name)).toEqual(profileNames);
  });

  test("every setting is tried above, accepted and refused", () => {
    const names = Object.keys(settingDefinitions).sort();
    expect([...new Set(accepted.map(([name]) => name))].sort()).toEqual(names);
    expect([...new Set(refused.map(([name]) => name))].sort()).toEqual(names);
    expect(Object.keys(defaultSettings).sort()).toEqual(names);
  });

  test("a percentage is the double nearest to what is written, for every hundredth of a percent", () => {
    const wrong: string[] = [];
    for (let i = 0; i < 10_000; i++) {
      const decimals = String(i).padStart(4, "0");
      const text = `${Number(decimals.slice(0, 2))}.${decimals.slice(2)}%`;
      for (const commission of [text, `${i}bps`])
        if (parseSettings({ commission }).commission !== Number(`0.${decimals}`)) wrong.push(commission);
    }
    expect(wrong).toEqual([]);
  });
});

describe("checkSettings", () => {
  test.each(accepted)("takes what %s=%s stands for", (name, _text, value) => {
    expect(checkSettings({ [name]: value })).toEqual({ ...defaultSettings, [name]: value });
  });

  const unfit: readonly (readonly [keyof Settings, unknown, RegExp])[] = [
    ["slippage", 0.0001, /^the setting `slippage` cannot be 0\.0001.*\{ unit: "ratio", value: 0\.0001 \}/],
    ["slippage", { unit: "pips", value: 1 }, /cannot be \{"unit":"pips","value":1\}/],
    ["commission", "0.1%", /cannot be "0\.1%".*`parseSettings` reads texts/],
    ["commission", { share: 0.001 }, /\[\{ model: "per_order"/],
    ["carry", [{ name: "borrow" }], /a model such as borrow/],
    ["initial_capital", "10000", /a positive number/],
    ["initial_capital", NaN, /cannot be NaN/],
    ["initial_capital", null, /cannot be null/],
    ["tick", -0.01, /a positive number or none/],
    ["margin", 2, /a share above 0%/],
    ["at_end", "sell", /one of mark, close, open/],
    ["seed", 1n, /cannot be 1/],
    ["zone", ["UTC"], /an IANA time zone/],
  ];
  test.each(unfit)("refuses %s: %s with BF5004 and what it may be", (name, value, said) => {
    const given = { [name]: value } as Partial<Settings>;
    expect(() => checkSettings(given)).toThrow(expect.objectContaining({ code: "BF5004" }));
    try {
      checkSettings(given);
    } catch (error) {
      const { message, hint } = error as { message: string; hint: string };
      expect(`${message}; ${hint}`).toMatch(said);
    }
  });

  test("refuses what is no setting, and takes what is undefined for what is not given", () => {
    const given = { slipage: 1 } as Partial<Settings>;
    expect(() => checkSettings(given)).toThrow(expect.objectContaining({ code: "BF5003" }));
    expect(checkSettings({ tick: undefined } as unknown as Partial<Settings>)).toEqual(defaultSettings);
  });

  test("writes a text as the same setting is written elsewhere", () => {
    expect(checkSettings({ session_start: "9:30", profile: "backtesting.py" })).toMatchObject({
      session_start: "09:30",
      profile: "backtesting_py",
    });
  });
});
