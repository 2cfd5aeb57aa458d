import { defaultSettings, type Settings } from "@bitfever/engine";

/** What holds where nobody says otherwise, for tests of packages that do not see the engine. */
export const plainSettings: Settings = defaultSettings;
