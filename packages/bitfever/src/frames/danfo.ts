/** What `data-frame.ts` loads when somebody asks for a frame; built into one file by `tsup.danfo.ts`. */
export { DataFrame } from "danfojs-node";
