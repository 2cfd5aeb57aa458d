import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";

/** Puts the packages of this repository into a bundle, from source, and no others. */
export const ownPackagesAlone: Plugin = {
  name: "own packages alone",
  setup({ onResolve }) {
    onResolve({ filter: /^@bitfever\// }, ({ path }) => ({
      path: fileURLToPath(new URL(`../../${path.replace("@bitfever/", "")}/src/index.ts`, import.meta.url)),
    }));
    onResolve({ filter: /^[^./]/ }, ({ kind }) => (kind === "entry-point" ? null : { external: true }));
  },
};
