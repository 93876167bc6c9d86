// The drop zone: files dropped on it are the files of the form; what was chosen is named, and waiting is said.
(() => {
  const form = document.querySelector("[data-drop]");
  if (!form) return;
  const zone = form.querySelector("[data-zone]");
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-chosen]");

  const named = () => {
    list.replaceChildren(...[...input.files].map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name}（${Math.ceil(file.size / 1024).toLocaleString()} KB）`;
      return line;
    }));
  };
  ["dragenter", "dragover"].forEach((name) => zone.addEventListener(name, (event) => { event.preventDefault(); zone.dataset.over = ""; }));
  ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => { delete zone.dataset.over; }));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; named(); }
  });
  input.addEventListener("change", named);
  form.addEventListener("submit", () => {
    form.querySelector("[data-go]").disabled = true;
    form.querySelector("[data-wait]").hidden = false;
  });
})();
