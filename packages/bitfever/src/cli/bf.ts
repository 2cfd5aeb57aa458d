import { researchCommands } from "./research.js";
import { rootCommand, type Commands } from "./root-command.js";

const { why, ...testing } = researchCommands;

const commands: Commands = {
  ...testing,
  paper: async () => (await import("./commands/paper.js")).paperCommand,
  live: async () => (await import("./commands/live.js")).liveCommand,
  config: async () => (await import("./commands/config.js")).configCommand,
  venues: async () => (await import("./commands/venues.js")).venuesCommand,
  "venue-server": async () => (await import("./commands/venue-server.js")).venueServerCommand,
  replay: async () => (await import("./commands/replay.js")).replayCommand,
  reconcile: async () => (await import("./commands/reconcile.js")).reconcileCommand,
  drift: async () => (await import("./commands/drift.js")).driftCommand,
  shell: async () => (await import("./commands/shell.js")).shellCommand,
  why,
};

/** The command line of `bf`. */
export const bf = rootCommand(commands);
