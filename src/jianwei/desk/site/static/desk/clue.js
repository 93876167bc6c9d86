// The clue page: a reason on the left lights its words and rows on the right; n and p walk the marks.
(() => {
  const by = (attribute, value, root = document) => [...root.querySelectorAll(`[${attribute}~="${CSS.escape(value)}"]`)];
  const part = (id) => document.getElementById(id);
  const base = `/clues/${document.querySelector("[data-clue]").dataset.clue}/`;
  let sign = null; // the reason that is lit
  let row = null; // a row that was asked for
  let walk = -1;

  const get = (url, target) => htmx.ajax("GET", url, { target, swap: "innerHTML" });
  const number = () => Number(part("document")?.querySelector("[data-number]")?.dataset.number || 0);
  const table = () => part("rows")?.querySelector("[data-table]")?.dataset.table;
  const into = (box, el) => { if (box && el) box.scrollTop += el.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3; };

  const light = (scroll) => {
    document.querySelectorAll(".lit").forEach((el) => el.classList.remove("lit"));
    const words = sign ? by("data-signs", sign, part("document") || undefined) : [];
    const lines = sign ? by("data-signs", sign, part("rows") || undefined) : [];
    if (row) { words.push(...by("data-rows", row, part("document") || undefined)); lines.push(...document.querySelectorAll(`#rows [data-row="${CSS.escape(row)}"]`)); }
    [...words, ...lines].forEach((el) => el.classList.add("lit"));
    if (!scroll) return;
    into(document.querySelector("#document .text"), words[0]);
    into(document.querySelector("#rows .table-wrap"), lines[0]);
  };

  const show = async (button) => {
    const pressed = button.getAttribute("aria-pressed") === "true";
    document.querySelectorAll(".sign[aria-pressed]").forEach((el) => el.setAttribute("aria-pressed", "false"));
    sign = pressed ? null : button.dataset.sign;
    row = null;
    if (sign) {
      button.setAttribute("aria-pressed", "true");
      const documents = button.dataset.documents.split(" ").filter(Boolean).map(Number);
      if (documents.length && !documents.includes(number())) await get(`${base}documents/${documents[0]}/`, "#document");
      if (!by("data-signs", sign, part("rows")).length) await rows(button.dataset.table, { row: button.dataset.row });
    }
    light(true);
  };

  const rows = (name, query) => {
    document.querySelectorAll(".tab[data-table]").forEach((tab) => tab.setAttribute("aria-pressed", String(tab.dataset.table === name)));
    return get(`${base}rows/${name}/?${new URLSearchParams(query)}`, "#rows");
  };
  window.jianwei = { rows: (query) => table() && rows(table(), query) };

  const step = (by) => {
    const marks = [...document.querySelectorAll("#document mark[data-first]")];
    if (!marks.length) return;
    walk = (walk + by + marks.length) % marks.length;
    document.querySelectorAll("mark.at").forEach((el) => el.classList.remove("at"));
    marks[walk].classList.add("at");
    marks[walk].focus({ preventScroll: true });
    into(document.querySelector("#document .text"), marks[walk]);
  };

  document.addEventListener("key", ({ detail }) => {
    if (detail.key === "n") step(1);
    else if (detail.key === "p") { if (walk < 0) walk = 0; step(-1); }
    else return;
    detail.preventDefault();
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".sign[data-sign]");
    if (button) { show(button); return; }
    const jump = event.target.closest("[data-jump]");
    if (jump) {
      const box = document.querySelector("#document .text");
      const to = box.querySelector(`[data-section="${jump.dataset.jump}"]`);
      if (to) box.scrollTop += to.getBoundingClientRect().top - box.getBoundingClientRect().top - 8; else box.scrollTop = 0;
      box.focus({ preventScroll: true });
      return;
    }
    const tab = event.target.closest(".tab[data-table]");
    if (tab) { document.querySelectorAll(".tab[data-table]").forEach((el) => el.setAttribute("aria-pressed", String(el === tab))); return; }
    const origin = event.target.closest("[data-light-row]");
    if (origin) { row = origin.dataset.lightRow; return; }
    const point = event.target.closest("#timeline [data-row]");
    if (point) {
      row = point.dataset.row; sign = null;
      await rows(point.dataset.table, { row });
      light(true);
      part("data").scrollIntoView({ block: "nearest" });
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "document") { walk = -1; const first = event.target.querySelector("mark"); light(true); if (!sign && !row) into(event.target.querySelector(".text"), first); }
    if (event.target.id === "rows") light(false);
  });

  // A draft note survives a closed page; it goes when the note is sent.
  const note = document.querySelector("[data-draft]");
  if (note) {
    const name = `draft-${note.dataset.draft}`;
    note.value = note.value || sessionStorage.getItem(name) || "";
    note.addEventListener("input", () => sessionStorage.setItem(name, note.value));
    note.form.addEventListener("submit", () => sessionStorage.removeItem(name));
  }
})();
