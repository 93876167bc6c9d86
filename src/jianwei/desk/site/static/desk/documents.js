"use strict";
// Rows are added without a round trip; without this script the button asks the server for one more.
document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more]");
  if (!more) return;
  const rows = more.closest("fieldset").querySelectorAll("[data-row]");
  const last = rows[rows.length - 1];
  const row = last.cloneNode(true);
  row.querySelectorAll("textarea, select").forEach((input) => {
    const id = `${input.name}.${rows.length}`;
    row.querySelector(`label[for="${CSS.escape(input.id)}"]`).htmlFor = id;
    input.id = id;
    input.value = "";
  });
  row.querySelectorAll(".says").forEach((line) => line.remove());
  last.after(row);
  row.querySelector("textarea, select").focus();
  event.preventDefault();
});
