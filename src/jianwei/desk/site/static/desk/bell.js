// The number of unread warnings comes after the page, so that no page waits for it.
const bell = document.querySelector("[data-bell]");
if (bell) {
  fetch(bell.dataset.bell, { headers: { "X-Requested-With": "fetch" } })
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((html) => { if (html) bell.innerHTML = html; })
    .catch(() => {});
}
