// A push is judged by its change and not by luck: properties draw the same cases each time. The nightly run draws
// others (`PROPERTY_SEED=random`), and what fails there prints the seed that repeats it.

import fc from "fast-check";

const { PROPERTY_SEED: seed = "20261129" } = process.env;

if (seed !== "random") fc.configureGlobal({ seed: Number(seed) });
