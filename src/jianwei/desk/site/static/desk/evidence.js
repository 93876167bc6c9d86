// Materials: a file goes to the desk in chunks and goes on where it broke off; a file to be verified goes as it is.
(() => {
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const headers = (more) => ({ "X-CSRFToken": token(), Accept: "application/json", ...more });
  const size = (n) => { let u = 0; while (n >= 1024 && u < 4) { n /= 1024; u += 1; } return `${n.toFixed(u ? 1 : 0)} ${["字节", "KB", "MB", "GB", "TB"][u]}`; };
  const refuse = (says) => { const box = document.querySelector("[data-refused]"); if (!box) return; box.hidden = !says; box.querySelector("span").textContent = says || ""; if (says) box.scrollIntoView({ block: "nearest" }); };
  const ask = async (url, options) => {
    let answer;
    try { answer = await fetch(url, options); } catch { return { lost: true, error: "连接中断。" }; }
    if (answer.redirected && answer.url.includes("/login/")) return { error: "登录已过期。请在另一个窗口重新登录，再点“继续”。" };
    const said = await answer.json().catch(() => ({ error: answer.status === 413 ? "文件过大。" : `服务器没有接受（${answer.status}）。` }));
    return answer.ok ? said : { ...said, status: answer.status, error: said.error || "没有成功。" };
  };

  document.querySelectorAll("[data-drop]").forEach((zone) => {
    const input = zone.querySelector("input[type=file]");
    ["dragover", "dragenter"].forEach((name) => zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); }));
    ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => zone.classList.remove("over")));
    zone.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer.files.length) input.files = event.dataTransfer.files; });
  });

  const line = document.querySelector("[data-progress]");
  const bar = line?.querySelector("progress");
  const said = line?.querySelector("[data-said]");
  const pause = line?.querySelector("[data-pause]");
  const show = (done, of, words) => { line.hidden = false; bar.value = of ? (done / of) * 100 : 0; said.textContent = words; };
  const wait = (ms) => new Promise((on) => setTimeout(on, ms));
  let paused = false;
  pause?.addEventListener("click", () => { paused = !paused; pause.textContent = paused ? "继续" : "暂停"; });

  // Sends the chunks from where the desk is; the first and the last that are there go again, to be compared.
  const send = async (file, upload) => {
    if (file.size !== upload.size) return refuse(`选择的文件有 ${size(file.size)}，先前的是 ${size(upload.size)}：不是同一个文件。`);
    const began = performance.now();
    const put = (offset) => ask(`${upload.url}?offset=${offset}`, { method: "PUT", headers: headers({ "Content-Type": "application/octet-stream" }), body: file.slice(offset, Math.min(offset + upload.chunk, file.size)) });
    const again = upload.received ? [...new Set([0, (Math.ceil(upload.received / upload.chunk) - 1) * upload.chunk])] : [];
    const from = upload.received;
    let at = upload.received;
    let tries = 0;
    while (again.length || at < file.size) {
      while (paused) { show(at, file.size, `已暂停：${size(at)} / ${size(file.size)}`); await wait(200); }
      const offset = again.length ? again[0] : at;
      const speed = (at - from) / ((performance.now() - began) / 1000);
      show(at, file.size, again.length ? "核对已收到的部分…" : `${size(at)} / ${size(file.size)}${speed > 0 ? `，每秒 ${size(speed)}` : ""}`);
      const answer = await put(offset);
      if (answer.lost) {
        tries += 1;
        show(at, file.size, `连接中断，${Math.min(30, 2 ** tries)} 秒后从 ${size(at)} 处继续`);
        await wait(Math.min(30, 2 ** tries) * 1000);
        continue;
      }
      if (answer.error) { show(at, file.size, "已停止"); return refuse(answer.error); }
      tries = 0;
      if (again.length) again.shift(); else at = answer.received;
    }
    show(file.size, file.size, "传输完毕，正在加密入库、写入日志…");
    pause.hidden = true;
    const done = await ask(upload.finish, { method: "POST", headers: headers() });
    if (done.error) return refuse(done.error);
    location.assign(done.url);
  };

  const fix = document.querySelector("[data-fix]");
  if (fix) {
    const wrong = (fields) => {
      fix.querySelectorAll("[data-wrong]").forEach((box) => { box.textContent = fields[box.dataset.wrong] || ""; box.hidden = !box.textContent; });
      Object.keys(fields).forEach((name) => { const field = fix.querySelector(`[data-field="${name}"]`); if (field) field.hidden = false; });
      fix.querySelectorAll("[name]").forEach((input) => (fields[input.name] ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid")));
      const first = Object.keys(fields).map((name) => fix.elements[name]).find(Boolean);
      first?.focus();
    };
    fix.addEventListener("submit", async (event) => {
      event.preventDefault();
      const file = fix.elements.file.files[0];
      const body = new URLSearchParams();
      new FormData(fix).forEach((value, name) => { if (typeof value === "string" && name !== "csrfmiddlewaretoken") body.append(name, value); });
      if (file) { body.set("file_name", file.name); body.set("file_size", file.size); body.set("media_type", file.type); }
      refuse("");
      const button = fix.querySelector("button.btn-primary");
      button.disabled = true;
      const upload = await ask(document.querySelector("[data-uploads]").dataset.uploads, { method: "POST", headers: headers(), body });
      if (upload.error) refuse(upload.fields && Object.keys(upload.fields).length ? `有 ${Object.keys(upload.fields).length} 处填写有误，已在各项下说明；您填写的内容都在。` : upload.error);
      wrong(upload.fields || {});
      if (!upload.error) await send(file, upload);
      button.disabled = false;
    });
  }

  document.querySelectorAll("[data-upload]").forEach((row) => {
    row.querySelector("[data-resume]").addEventListener("change", async (event) => {
      const upload = await ask(row.dataset.upload, { headers: headers() });
      refuse(upload.error || "");
      if (!upload.error) await send(event.target.files[0], upload);
      event.target.value = "";
    });
    row.querySelector("[data-abandon]").addEventListener("click", async () => {
      const answer = await ask(row.dataset.upload, { method: "DELETE", headers: headers() });
      if (answer.error) refuse(answer.error); else row.remove();
    });
  });

  const verify = document.querySelector("[data-verify]");
  verify?.addEventListener("submit", (event) => {
    const file = verify.elements.file.files[0];
    if (!file || verify.elements.policy.files.length) return;
    event.preventDefault();
    refuse("");
    const against = verify.elements.against?.value;
    const request = new XMLHttpRequest();
    request.open("POST", location.pathname + (against ? `?against=${against}` : ""));
    Object.entries(headers({ "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name) })).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.addEventListener("progress", (now) => show(now.loaded, now.total, `${size(now.loaded)} / ${size(now.total)}`));
    request.upload.addEventListener("load", () => show(1, 1, "已传完，正在重新计算…"));
    request.addEventListener("error", () => refuse("连接中断，请重试。"));
    request.addEventListener("load", () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { answer = { error: `服务器没有接受（${request.status}）。` }; }
      if (answer.url) location.assign(answer.url); else refuse(answer.error || "没有成功。");
    });
    request.send(file);
  });
})();
