import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Options } from "tsup";
import { programs, type EsbuildPlugin } from "../../tsup.base.js";

/** What danfojs reads over HTTP, writes as Excel and draws in a browser with: none of it has a place here. */
const leftOut = /^(request|node-fetch|xlsx|plotly\.js-dist-min|stream-json(\/.*)?)$/;

const leftOutText = `
  const say = () => {
    throw new Error(
      "the danfojs that BitFever carries reads and writes no Excel and nothing over HTTP: use toCSV() or toJSON(), or fetch() and readBars()",
    );
  };
  module.exports = new Proxy(say, { get: (of, name) => (name === "__esModule" ? false : say()) });
`;

/** In the place of what danfojs depends on, what it uses of it. */
const replaced: EsbuildPlugin = {
  name: "danfo",
  setup(build) {
    const own = { namespace: "danfo" };
    build.onResolve({ filter: leftOut }, () => ({ ...own, path: "left-out" }));
    build.onLoad({ filter: /^left-out$/, ...own }, () => ({ contents: leftOutText }));
    build.onResolve({ filter: /^@tensorflow\/tfjs-node$/ }, () => ({
      path: fileURLToPath(new URL("src/frames/danfo/tensors.ts", import.meta.url)),
    }));
    // Of mathjs, five functions of numbers; the whole of it is larger than all the rest.
    build.onResolve({ filter: /^mathjs$/ }, ({ importer }) => ({
      ...own,
      path: "statistics",
      pluginData: dirname(importer),
    }));
    build.onLoad({ filter: /^statistics$/, ...own }, ({ pluginData }) => ({
      contents: 'export { mean, median, mode, std, variance } from "mathjs/number"',
      resolveDir: String(pluginData),
    }));
  },
};

/** The leaf that data frames come from, loaded when somebody asks for one: danfojs with all it needs inside. */
export const danfo: Options = {
  ...programs(["src/frames/danfo.ts"], [replaced]),
  name: "danfo",
  minify: true,
};
