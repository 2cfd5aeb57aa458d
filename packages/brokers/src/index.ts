export { historyFeed } from "./history/feed.js";
