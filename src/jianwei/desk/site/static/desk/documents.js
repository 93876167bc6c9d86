"use strict";
// Rows are added and deleted without a round trip; without this script the buttons ask the server.
(() => {
  const rowsOf = (fieldset) => [...fieldset.querySelectorAll("[data-row]")];
  const inputsOf = (row) => [...row.querySelectorAll("textarea, select")];

  const empty = (row) => {
    inputsOf(row).forEach((input) => { input.value = ""; });
    row.querySelectorAll(".says").forEach((line) => line.remove());
  };

  const number = (fieldset) => rowsOf(fieldset).forEach((row, n) => {
    const drop = row.querySelector("[data-drop]");
    [row, drop].forEach((el) => el.setAttribute("aria-label", el.getAttribute("aria-label").replace(/第 \d+ 行/, `第 ${n + 1} 行`)));
    drop.value = drop.value.replace(/\d+$/, n);
    const labels = [...row.querySelectorAll("label")];
    inputsOf(row).forEach((input, at) => { input.id = `${input.name}.${n}`; labels[at].htmlFor = input.id; });
  });

  const add = (fieldset, after) => {
    const row = after.cloneNode(true);
    empty(row);
    after.after(row);
    number(fieldset);
    inputsOf(row)[0].focus();
  };

  const drop = (fieldset, row) => {
    const rows = rowsOf(fieldset);
    const next = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1];
    if (next) row.remove(); else empty(row);
    number(fieldset);
    inputsOf(next ?? row)[0].focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-more], [data-drop]");
    if (!button) return;
    const fieldset = button.closest("fieldset");
    if (button.matches("[data-more]")) add(fieldset, rowsOf(fieldset).at(-1));
    else drop(fieldset, button.closest("[data-row]"));
    event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    const row = event.altKey && event.target.closest("[data-row]");
    if (!row || !["Enter", "Delete"].includes(event.key)) return;
    if (event.key === "Enter") add(row.closest("fieldset"), row); else drop(row.closest("fieldset"), row);
    event.preventDefault();
  });
})();
