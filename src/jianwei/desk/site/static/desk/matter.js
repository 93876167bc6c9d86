// Forms of matters: what is typed is kept as a draft in this window until it was recorded.
(() => {
  const drafts = "draft:";
  const recorded = new URLSearchParams(location.search).get("recorded");
  if (recorded) {
    const matter = document.querySelector("[data-matter]")?.dataset.matter;
    const mine = recorded === "open" ? `${drafts}open-` : `${drafts}matter-${matter}-${recorded}`;
    Object.keys(sessionStorage).filter((name) => name.startsWith(mine)).forEach((name) => sessionStorage.removeItem(name));
    history.replaceState(null, "", location.pathname);
  }

  // On paper every reasoning is unfolded, and every page says which matter it is of.
  const paper = document.querySelector("[data-paper]");
  if (paper) {
    let folded = [];
    const sheet = new CSSStyleSheet();
    const words = JSON.stringify(paper.dataset.paper);
    sheet.replaceSync(`@page { @top-left { content: ${words}; font: 9pt sans-serif; } @top-right { content: "${new Date().toLocaleDateString("sv")}"; font: 9pt sans-serif; } }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    addEventListener("beforeprint", () => {
      folded = [...document.querySelectorAll(".clocks details:not([open])")];
      folded.forEach((el) => { el.open = true; });
    });
    addEventListener("afterprint", () => folded.forEach((el) => { el.open = false; }));
  }

  // A picture wider than its frame begins where the matter stands.
  document.querySelectorAll(".draw").forEach((frame) => {
    const here = frame.querySelector(".stage.here");
    if (!here || frame.scrollWidth <= frame.clientWidth) return;
    const [box, around] = [here.getBoundingClientRect(), frame.getBoundingClientRect()];
    frame.scrollLeft += box.left + box.width / 2 - around.left - around.width / 2;
  });

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const name = drafts + form.dataset.draft;
  const fields = () => [...form.elements].filter((el) => el.name && el.type !== "hidden");
  const read = () => fields().map((el) => [el.name, el.value, el.matches("[type=radio],[type=checkbox]") ? el.checked : null]);
  const save = () => sessionStorage.setItem(name, JSON.stringify(read()));
  const restore = (kept) => {
    let changed = false;
    fields().forEach((el) => {
      const ticks = el.matches("[type=radio],[type=checkbox]");
      const found = kept.find(([n, v]) => n === el.name && (!ticks || v === el.value));
      if (!found) return;
      if (ticks) { if (el.checked !== found[2]) { el.checked = found[2]; changed = true; } }
      else if (el.value !== found[1]) { el.value = found[1]; changed = true; }
    });
    form.querySelector("[data-draft-told]").hidden = !changed;
  };

  // What the server sent back after a refusal is newer than any draft.
  const kept = document.querySelector(".refused") ? null : sessionStorage.getItem(name);
  if (kept) restore(JSON.parse(kept)); else if (document.querySelector(".refused")) save();
  form.addEventListener("input", save);
  form.addEventListener("click", (event) => { if (event.target.closest("[data-fill]")) setTimeout(save); });
  const wrong = form.querySelector("[aria-invalid=true], .wrong");
  if (wrong) (wrong.matches("input, select, textarea") ? wrong : wrong.closest(".field").querySelector("input, select, textarea"))?.focus();
})();
