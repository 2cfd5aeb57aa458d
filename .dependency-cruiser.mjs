// The arrows of the house: lang ← engine ← runtime ← brokers, and bitfever may import all.
// docs/ARCHITECTURE.md says why.

/** A package's own files, whoever reads them. */
const inside = (names) => `^packages/(${names})/`;
const tests = "[.]test[.]ts$|^packages/[^/]+/test/|^test/";

const mayImport = [
  ["lang", "lang"],
  ["engine", "lang|engine"],
  ["runtime", "lang|engine|runtime"],
  ["brokers", "runtime|brokers"],
];

export default {
  forbidden: [
    ...mayImport.map(([from, to]) => ({
      name: `arrows-${from}`,
      comment: `${from} may import ${to.split("|").join(", ")} and nothing else of this repository.`,
      severity: "error",
      from: { path: inside(from), pathNot: tests },
      to: { path: "^(packages|benchmarks|scripts|examples|test)/", pathNot: inside(to) },
    })),
    {
      name: "arrows-out",
      comment: "What is published stands alone: it imports no benchmark, script or example.",
      severity: "error",
      from: { path: "^packages/", pathNot: tests },
      to: { path: "^(benchmarks|scripts|examples|test)/" },
    },
    {
      name: "no-rings",
      comment:
        "Two files that import each other are one idea in two files, or two ideas in the wrong ones. Types count.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "front-doors-only",
      comment: "Another package is what its root exports: import it by name.",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: { path: "^packages/[^/]+/", pathNot: ["^packages/$1/", "^packages/[^/]+/src/index[.]ts$"] },
    },
    {
      name: "front-doors-only-from-outside",
      comment: "Another package is what its root exports: import it by name.",
      severity: "error",
      from: { path: "^(benchmarks|examples)/" },
      to: { path: "^packages/[^/]+/", pathNot: "^packages/[^/]+/src/index[.]ts$" },
    },
    {
      name: "packages-by-name",
      comment:
        "A package is imported by its name, never by a path: a path means nothing once it is published.",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: { path: "^packages/", pathNot: "^packages/$1/", dependencyTypesNot: ["aliased"] },
    },
    {
      name: "index-is-for-outsiders",
      comment: "Inside a package, import the file you mean: rings begin in an index.",
      severity: "error",
      from: { path: "^packages/([^/]+)/src/", pathNot: tests },
      to: { path: "^packages/$1/src/index[.]ts$" },
    },
    {
      name: "no-tests-in-source",
      comment: "What is published does not import its tests.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: tests },
      to: { path: tests },
    },
    {
      name: "declared-dependencies",
      comment:
        "What a package imports, its own package.json declares, and not as a development dependency alone: the tests need optional peers too.",
      severity: "error",
      // Scripts beside the source run while it is built, and are not part of it.
      from: { path: "^packages/[^/]+/src/", pathNot: [tests, "[.]mjs$", "^packages/bitfever/"] },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "npm-bundled", "deprecated"],
        dependencyTypesNot: ["npm-peer"],
        // Carried inside: what is in a package's dist need not be installed beside it.
        pathNot: "node_modules/(danfojs-node|@tensorflow/tfjs-(core|backend-cpu))/",
      },
    },
    {
      name: "declared-dependencies-of-bitfever",
      comment:
        "What it imports, its package.json declares; a development dependency is carried inside (ADR 0083).",
      severity: "error",
      from: { path: "^packages/bitfever/src/", pathNot: [tests, "[.]mjs$"] },
      to: {
        dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-bundled", "deprecated"],
        dependencyTypesNot: ["npm-peer"],
      },
    },
    {
      name: "only-frames-carry-danfojs",
      comment: "It is one megabyte, which nobody pays for who asks for no data frame.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: "^packages/bitfever/src/frames/" },
      to: { path: "node_modules/(danfojs-node|@tensorflow)/" },
    },
    {
      name: "everything-resolves",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "chevrotain-in-lang",
      comment: "Only the language knows how it is parsed.",
      severity: "error",
      from: { pathNot: inside("lang") },
      to: { path: "(^|/)node_modules/@?chevrotain/" },
    },
    {
      name: "pure-core",
      comment:
        "lang and engine see no disk, network, process or thread; worker threads live in engine/src/optimise.",
      severity: "error",
      from: { path: "^packages/(lang|engine)/src/", pathNot: [tests, "^packages/engine/src/optimise/"] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-orphans",
      comment: "A file that nobody imports and that imports nobody: forgotten, or not yet wired.",
      severity: "error",
      from: {
        orphan: true,
        pathNot: [
          "^packages/[^/]+/src/(index|bf|bf-compile)[.]ts$",
          // Put in the place of lodash by the builds and the tests.
          "^packages/lang/src/plain-lodash[.]ts$",
          "^(scripts|benchmarks)/",
          "[.]d[.]ts$",
          tests,
        ],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "(^|/)node_modules/" },
    exclude: { path: "^(packages/[^/]+|benchmarks)/(dist|coverage|[.]turbo)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "require", "node", "default"],
      mainFields: ["module", "main", "types"],
    },
    skipAnalysisNotInRules: true,
  },
};
