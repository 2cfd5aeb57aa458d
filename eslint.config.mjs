import { builtinModules } from "node:module";
import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

// Layout is Prettier's business alone: no rule here has an opinion on it.

const source = "packages/*/src/**/*.ts";
const pure = ["packages/lang/src/**/*.ts", "packages/engine/src/**/*.ts"];
const tests = ["packages/*/{src,test}/**/*.test.ts", "packages/*/test/**/*.ts", "test/**/*.ts"];

// The options of these three rules replace one another from block to block, so that they are put together here.

const relativeWithExtension = {
  regex: "^\\.{1,2}/(?!.*\\.(js|json)$)",
  message: "A relative import ends in `.js`: Node and the published types need the extension.",
};
const nodeBuiltins = {
  regex: `^(node:.*|(${builtinModules.join("|")})(/.*)?)$`,
  message:
    "The core is pure: it sees no disk, network or process. Take the bytes or the function as an argument.",
};

const clockMessage = "Wall clock: take the time as an argument. Only `clock.ts` may ask for it.";
const chanceMessage = "Chance: take a seeded generator as an argument, so that a run can be repeated.";

const clockImports = [
  { name: "node:perf_hooks", importNames: ["performance"], message: clockMessage },
  { name: "node:process", importNames: ["hrtime", "uptime"], message: clockMessage },
];
const chanceImports = [
  {
    name: "node:crypto",
    importNames: ["randomBytes", "randomInt", "randomUUID", "getRandomValues", "webcrypto"],
    message: chanceMessage,
  },
];

const style = [
  { selector: "TSEnumDeclaration", message: "No enums: a union of literals, or a table `as const`." },
];
const clock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clockMessage },
  { selector: "CallExpression[callee.name='Date']", message: clockMessage },
];
const clockProperties = [
  { object: "Date", property: "now" },
  { object: "performance", property: "now" },
  { object: "performance", property: "timeOrigin" },
  { object: "process", property: "hrtime" },
  { object: "process", property: "uptime" },
].map((each) => ({ ...each, message: clockMessage }));
const chanceProperties = [
  { object: "Math", property: "random" },
  { object: "crypto", property: "randomUUID" },
  { object: "crypto", property: "getRandomValues" },
].map((each) => ({ ...each, message: chanceMessage }));

const timers = ["setTimeout", "setInterval", "setImmediate"].map((name) => ({
  name,
  message: "Nothing here waits: time arrives with events. Only `clock.ts` may set a timer.",
}));
const surroundings = [
  "Buffer",
  "WebSocket",
  "console",
  "crypto",
  "fetch",
  "globalThis",
  "performance",
  "process",
  "queueMicrotask",
  "require",
].map((name) => ({
  name,
  message: "The core is pure: it knows no surroundings. Take what is needed as an argument.",
}));

export default defineConfig(
  {
    ignores: ["**/dist/", "**/coverage/", "**/.turbo/", "**/*.generated.ts"],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" } },
  js.configs.recommended,

  // --- TypeScript: one program for all of it, the root's, because only that one knows the packages by source.
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "object-shorthand": "error",
      "no-restricted-exports": [
        "error",
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      "no-restricted-imports": ["error", { patterns: [relativeWithExtension] }],
      "no-restricted-syntax": ["error", ...style],

      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/consistent-type-exports": [
        "error",
        { fixMixedExportsWithInlineTypeSpecifier: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],

      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],

      // Numbers print the same everywhere, and messages are full of them.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Types say that every index is there (no `noUncheckedIndexedAccess`, for the sake of the numeric loops), so this
      // one would refuse each honest check of a name or a place that may be missing.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // `Record<never, never>` is said on purpose: a message without values.
      "@typescript-eslint/no-generated-empty-object-type": "off",
      // Several columns are walked by one index: the loop over the index is the plain way to say it.
      "@typescript-eslint/prefer-for-of": "off",
      // A method of a contract may have nothing to wait for, or nothing to do.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-empty-function": "off",
      // It asks for `!`, which the strict rules refuse.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
    },
  },

  // --- What is published.
  {
    files: [source],
    ignores: tests,
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "no-restricted-imports": ["error", { patterns: [relativeWithExtension], paths: clockImports }],
      "no-restricted-properties": ["error", ...clockProperties, ...chanceProperties],
      "no-restricted-syntax": ["error", ...style, ...clock],
    },
  },
  {
    files: [...pure, "packages/runtime/src/**/*.ts"],
    ignores: tests,
    rules: {
      "no-console": "error",
      "no-restricted-globals": ["error", ...timers],
      "no-restricted-imports": [
        "error",
        { patterns: [relativeWithExtension], paths: [...clockImports, ...chanceImports] },
      ],
    },
  },
  {
    files: pure,
    ignores: tests,
    rules: {
      "no-restricted-globals": ["error", ...timers, ...surroundings],
      "no-restricted-imports": ["error", { patterns: [relativeWithExtension, nodeBuiltins] }],
    },
  },
  // Worker threads live here, and only here.
  {
    files: ["packages/engine/src/optimise/**/*.ts"],
    ignores: tests,
    rules: {
      "no-restricted-globals": ["error", ...timers],
      "no-restricted-imports": [
        "error",
        { patterns: [relativeWithExtension], paths: [...clockImports, ...chanceImports] },
      ],
    },
  },
  {
    files: ["packages/{runtime,brokers,bitfever}/src/clock.ts"],
    rules: {
      "no-restricted-globals": "off",
      "no-restricted-imports": ["error", { patterns: [relativeWithExtension] }],
      "no-restricted-properties": ["error", ...chanceProperties],
      "no-restricted-syntax": ["error", ...style],
    },
  },

  // --- Tests, benchmarks and scripts: as careful with promises, freer with types.
  {
    files: [...tests, "benchmarks/**/*.ts", "examples/**/*.ts", "scripts/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  // A test that draws lots or reads the clock cannot be repeated.
  {
    files: tests,
    rules: {
      "no-restricted-properties": ["error", ...clockProperties, ...chanceProperties],
      "no-restricted-syntax": ["error", ...style, ...clock],
    },
  },
  { files: ["*.ts", "packages/*/*.config.ts"], rules: { "no-restricted-exports": "off" } },

  // --- The page of the report: types check its names, which are a browser's.
  { files: ["packages/bitfever/src/report/page/**/*.js"], rules: { eqeqeq: "error", "no-undef": "off" } },

  // --- The example for browsers: as it is served.
  { files: ["examples/browser/*.js"], rules: { eqeqeq: "error", "no-undef": "off" } },

  // --- Plain Node.
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: Object.fromEntries(
        ["Buffer", "URL", "clearTimeout", "console", "process", "setTimeout"].map((name) => [
          name,
          "readonly",
        ]),
      ),
    },
    rules: { eqeqeq: "error" },
  },
);
