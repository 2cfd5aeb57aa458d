import { register } from "node:module";

/*
 * `node --import bitfever/register app.js`: lets `import { strategy } from "./strategy.bf"` load a strategy as it is
 * written. Its types come from `bf-compile --emit dts`.
 */

register("./bf-modules.js", import.meta.url);
