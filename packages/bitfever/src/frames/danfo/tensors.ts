// What danfojs asks of `@tensorflow/tfjs-node`, whose install downloads a binary: the same library, computed in JavaScript.
import { env } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import "@tensorflow/tfjs-backend-cpu/dist/index.js";

export * from "@tensorflow/tfjs-core";

// In Node it says at the first tensor that a binary would be faster.
env().set("IS_NODE", false);
