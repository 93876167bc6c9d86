// The list: j and k move, x selects, Enter opens (the row's link has the focus).
(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const many = document.querySelector("[data-many]");
  let at = -1;

  const move = (to) => {
    if (!rows.length) return;
    if (at >= 0) rows[at].classList.remove("here");
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows[at].classList.add("here");
    rows[at].querySelector(".subject").focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  };
  const count = () => {
    const chosen = rows.filter((row) => row.querySelector(".pick input")?.checked).length;
    if (many) { many.hidden = !chosen; many.querySelector("[data-chosen]").textContent = chosen; }
  };

  document.addEventListener("key", ({ detail }) => {
    if (detail.key === "j") move(at + 1);
    else if (detail.key === "k") move(at < 0 ? 0 : at - 1);
    else if (detail.key === "x" && at >= 0 && rows[at].querySelector(".pick input")) { const box = rows[at].querySelector(".pick input"); box.checked = !box.checked; count(); }
    else return;
    detail.preventDefault();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) rows.forEach((row) => { row.querySelector(".pick input").checked = event.target.checked; });
    count();
  });
  count();

  const columns = document.querySelector("[data-columns]");
  if (columns) columns.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("cols", [...columns.querySelectorAll("input:checked")].map((box) => box.value).join(","));
    address.searchParams.delete("page");
    location.assign(address);
  });
})();
