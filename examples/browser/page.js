import { makeEditor } from "./editor.js";
import { makeResults } from "./results.js";

const byId = (id) => document.getElementById(id);
const [examplesAt, state, problems, settingsAt, dropAt, dataName, results, download] = [
  ...["examples", "state", "problems", "settings", "drop", "data-name", "results", "download"].map(byId),
];

const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
const show = makeResults({
  ...{ tilesAt: byId("tiles"), chartAt: byId("chart"), metricsAt: byId("metric-rows") },
  ...{ tradesAt: byId("trade-rows"), tradeCount: byId("trade-count") },
});
const editor = makeEditor({
  ...{ area: byId("program"), painted: byId("painted"), gutter: byId("gutter") },
  onChange: () => runSoon(),
});

let metrics = [];
/** What the next run is made of. */
const chosen = { name: "strategy.bf", data: "", dataName: "" };
/** The newest question that was asked: answers to older ones come too late. */
let asked = 0;
let json = "";
let waiting;

function runSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(run, 150);
}

function run() {
  clearTimeout(waiting);
  asked++;
  say("busy", "Running…");
  const settings = Object.fromEntries(
    settingsAt.value
      .split(/\s+/)
      .filter((word) => word !== "")
      .map((word) => [word.split("=", 1)[0], word.slice(word.indexOf("=") + 1)]),
  );
  worker.postMessage({ id: asked, ...chosen, program: byId("program").value, settings });
}

function say(kind, text) {
  state.className = kind;
  state.textContent = text;
}

/** What is wrong, each a button that leads to its place. */
function list(diagnostics) {
  problems.replaceChildren(
    ...diagnostics.map((each) => {
      const { code, severity, line, column, message, fix, hint = fix?.title } = each;
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = severity;
      const place = document.createElement("span");
      place.className = "place";
      place.textContent = line === undefined ? code : `${line}:${column} ${code}`;
      button.append(place, ` ${message}`);
      if (hint !== undefined)
        button.append(Object.assign(document.createElement("small"), { textContent: hint }));
      if (line !== undefined) button.addEventListener("click", () => editor.goTo(each));
      item.append(button);
      return item;
    }),
  );
}

const answers = {
  ready({ words, metrics: known }) {
    metrics = known;
    editor.setWords(words);
  },
  diagnostics({ diagnostics }) {
    editor.setMarks(diagnostics);
    list(diagnostics);
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    results.classList.toggle("stale", errors > 0);
    if (errors > 0) say("bad", errors === 1 ? "1 error" : `${errors} errors`);
  },
  failed({ code, message, hint }) {
    list([{ code, severity: "error", message, hint }]);
    results.classList.add("stale");
    say("bad", "Not run");
  },
  result(told) {
    ({ json } = told);
    const result = JSON.parse(json);
    results.classList.remove("stale");
    show.show(result, told, metrics);
    const { bars, from, to } = result.data;
    byId("span").textContent =
      `${bars.toLocaleString("en")} bars, ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
    download.disabled = false;
    say("good", `Ran in ${told.took < 10 ? told.took.toFixed(1) : Math.round(told.took)} ms`);
  },
};

worker.addEventListener("message", ({ data }) => {
  if (data.id === undefined || data.id === asked) answers[data.kind](data);
});
worker.addEventListener("error", ({ message }) => say("bad", `The worker stopped: ${message}`));

function takeData(data, name) {
  Object.assign(chosen, { data, dataName: name });
  dataName.textContent = name;
}

async function textOf(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
}

async function choose({ name, program, data, settings }) {
  const [text, bars] = await Promise.all([textOf(program), textOf(data)]);
  settingsAt.value = settings;
  chosen.name = `${name}.bf`;
  takeData(bars, data.split("/").at(-1));
  editor.setText(text);
  run();
}

/** A file stays in this page: nothing is sent anywhere. */
async function takeFile(file) {
  if (file === undefined) return;
  takeData(new Uint8Array(await file.arrayBuffer()), file.name);
  run();
}

for (const kind of ["dragenter", "dragover"])
  addEventListener(kind, (event) => {
    event.preventDefault();
    dropAt.classList.add("over");
  });
for (const kind of ["dragleave", "drop"]) addEventListener(kind, () => dropAt.classList.remove("over"));
addEventListener("drop", (event) => {
  event.preventDefault();
  takeFile(event.dataTransfer.files[0]);
});
byId("file").addEventListener("change", ({ target }) => takeFile(target.files[0]));
settingsAt.addEventListener("input", runSoon);

download.addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  link.download = chosen.name.replace(/\.bf$/, ".json");
  link.click();
  URL.revokeObjectURL(link.href);
});

const known = JSON.parse(await textOf("examples/list.json"));
examplesAt.append(...known.map(({ name }) => new Option(name.replaceAll("-", " "), name)));
examplesAt.addEventListener("change", () => choose(known.find(({ name }) => name === examplesAt.value)));
examplesAt.value = "turtle";
await choose(known.find(({ name }) => name === examplesAt.value));
