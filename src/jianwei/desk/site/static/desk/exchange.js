// The form of a package: one box ticks or clears all of its kind.
(() => {
  document.querySelectorAll("[data-every]").forEach((every) => {
    const boxes = () => [...every.closest("fieldset").querySelectorAll("input[type=checkbox]:not([data-every])")];
    const tell = () => { const on = boxes().filter((box) => box.checked).length; every.checked = on === boxes().length; every.indeterminate = on > 0 && on < boxes().length; };
    every.closest("label").hidden = false;
    every.addEventListener("change", () => boxes().forEach((box) => { box.checked = every.checked; }));
    every.closest("fieldset").addEventListener("change", tell);
    tell();
  });
})();
