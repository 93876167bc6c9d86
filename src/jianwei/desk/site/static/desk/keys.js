// Keys of every page: an element with data-key="k" is what k does. Menus close on Esc and on a click outside.
(() => {
  const typing = (el) => el.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const on = () => localStorage.getItem("keys") !== "off";
  const dialog = document.getElementById("keys");

  const use = (el) => {
    if (el.matches("input")) { el.focus(); el.select(); return; }
    el.click();
    if (!el.matches("summary")) return;
    const first = el.parentElement.querySelector("form button, form select, form textarea, form input:not([type=hidden]), a");
    if (el.parentElement.open && first) first.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details.pop[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      else if (typing(event.target)) event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !on()) return;
    if (dialog && dialog.open) return;
    const menu = document.querySelector("details.pop[open]");
    const digit = menu && menu.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
    if (digit) { event.preventDefault(); digit.click(); return; }
    if (event.key === "?" && dialog) { event.preventDefault(); dialog.showModal(); return; }
    const el = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (el && !el.disabled) { event.preventDefault(); use(el); return; }
    document.dispatchEvent(new CustomEvent("key", { detail: event }));
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.pop[open]").forEach((pop) => { if (!pop.contains(event.target)) pop.open = false; });
    if (event.target.closest("[data-keys-open]")) dialog.showModal();
    if (event.target.closest("[data-print]")) window.print();
    const fill = event.target.closest("[data-fill]");
    if (fill) document.getElementById(fill.dataset.fill).value = fill.value;
  });

  const toggle = document.getElementById("keys-on");
  if (toggle) {
    toggle.checked = on();
    toggle.addEventListener("change", () => localStorage.setItem("keys", toggle.checked ? "on" : "off"));
  }
})();
