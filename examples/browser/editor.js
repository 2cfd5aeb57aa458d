// A text area over a painted copy of its text: the browser's own editing, with colours and marks below it.

const escaped = (text) =>
  text.replace(/[&<>]/g, (each) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[each]);

/** What a piece of a program looks like; strings and comments come first, since words may stand inside. */
const pieces =
  /(?<comment>\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<text>"(?:[^"\\\n]|\\.)*"?)|(?<number>\b\d[\d_]*(?:\.\d+)?(?:%|[a-z]{1,3}\b)?)|(?<word>[A-Za-z_]\w*)|(?<call>)/g;

/** The tokens of a program as [start, end, kind]. */
function* tokensOf(text, words) {
  for (const { 0: found, index, groups } of text.matchAll(pieces)) {
    if (found === "") continue;
    const end = index + found.length;
    if (groups.word === undefined) {
      const kind = groups.comment !== undefined ? "comment" : groups.text !== undefined ? "text" : "number";
      yield [index, end, kind];
    } else if (words.has(found)) yield [index, end, "keyword"];
    else if (text[end] === "(") yield [index, end, "call"];
  }
}

/**
 * @param onChange  told the text, whoever changed it
 */
export function makeEditor({ area, painted, gutter, onChange }) {
  let words = new Set();
  let marks = [];

  function paint() {
    const { value } = area;
    // Every place where the look changes, so that tokens and marks may overlap.
    const tokens = [...tokensOf(value, words)];
    const cuts = new Set([0, value.length]);
    for (const [start, end] of tokens) cuts.add(start).add(end);
    for (const { span } of marks) cuts.add(span.start).add(Math.max(span.end, span.start + 1));
    const places = [...cuts].filter((at) => at <= value.length).sort((a, b) => a - b);
    let next = 0;
    const parts = places.slice(0, -1).map((from, i) => {
      const to = places[i + 1];
      while (next < tokens.length && tokens[next][1] <= from) next++;
      const token = tokens[next];
      const kinds = token !== undefined && token[0] <= from ? [token[2]] : [];
      const mark = marks.find(({ span }) => span.start <= from && from < Math.max(span.end, span.start + 1));
      if (mark !== undefined) kinds.push(mark.severity);
      const text = escaped(value.slice(from, to));
      return kinds.length === 0 ? text : `<span class="${kinds.join(" ")}">${text}</span>`;
    });
    painted.innerHTML = `${parts.join("")}\n`;
    const lines = value.split("\n").length;
    const marked = new Map(marks.map(({ line, severity }) => [line, severity]));
    gutter.innerHTML = Array.from(
      { length: lines },
      (_, i) => `<span class="${marked.get(i + 1) ?? ""}">${i + 1}</span>`,
    ).join("");
  }

  function changed() {
    marks = [];
    paint();
    onChange(area.value);
  }

  area.addEventListener("input", changed);
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    area.setRangeText("  ", area.selectionStart, area.selectionEnd, "end");
    changed();
  });

  return {
    setWords(list) {
      words = new Set(list);
      paint();
    },
    setText(text) {
      area.value = text;
      area.setSelectionRange(0, 0);
      changed();
    },
    setMarks(given) {
      marks = given;
      paint();
    },
    /** Puts the caret where something is wrong. */
    goTo({ span }) {
      area.focus();
      area.setSelectionRange(span.start, span.end);
      const line = area.value.slice(0, span.start).split("\n").length;
      area.closest(".scroll").scrollTop = Math.max(0, (line - 6) * 20);
    },
  };
}
