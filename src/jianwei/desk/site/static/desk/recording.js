// Records camera and microphone. Parts go to the desk while it runs; what cannot be sent waits here and is sent again.
(() => {
  const here = document.querySelector("[data-recorder]");
  if (!here) return;
  const form = here.querySelector("[data-form]");
  const find = (name) => document.querySelector(`[data-${name}]`);
  const [preview, running, clockLine, sentLine, says, level, stopButton] = ["preview", "running", "clock", "sent", "says", "level", "stop"].map(find);
  const startButton = find("start");
  const every = Number(here.dataset.every) * 1000;
  const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25 } };
  const KINDS = { film: ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4"], sound: ["audio/webm;codecs=opus", "audio/webm", "audio/mp4"] };
  const BITS = { videoBitsPerSecond: 1_500_000, audioBitsPerSecond: 96_000 };
  const MOST_WAIT = 15;

  let token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let recorder, session, stream, began, stoppedAfter;
  let queue = [];
  let total = 0;
  let sending = false;
  let over = false;

  const size = (n) => { let u = 0; while (n >= 1024 && u < 4) { n /= 1024; u += 1; } return `${n.toFixed(u ? 1 : 0)} ${["字节", "KB", "MB", "GB", "TB"][u]}`; };
  const clock = (ms) => { const s = Math.floor(ms / 1000); const two = (n) => String(n).padStart(2, "0"); return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${two(Math.floor(s / 60))}:${two(s % 60)}`; };
  const wait = (ms) => new Promise((on) => setTimeout(on, ms));
  const box = (name, words) => { const line = find(name); line.hidden = !words; line.querySelector("span").textContent = words || ""; if (words) line.scrollIntoView({ block: "nearest" }); };
  const refuse = (words) => box("refused", words);
  const unsent = () => queue.reduce((sum, blob) => sum + blob.size, 0);

  const unable = !window.isSecureContext
    ? "浏览器只在安全连接下允许使用摄像头和麦克风。请用 https:// 打开工作台，或者在服务器本机上用 http://127.0.0.1 打开；设备导出的录音录像不受影响。"
    : !navigator.mediaDevices?.getUserMedia || !window.MediaRecorder ? "这个浏览器不能录音录像，请用新版的 Chromium、Edge 或者 Firefox。" : "";
  if (unable) { box("unable", unable); startButton.disabled = true; return; }

  form.elements.purpose.addEventListener("change", () => form.querySelectorAll("[data-tell]").forEach((line) => { line.hidden = line.dataset.tell !== form.elements.purpose.value; }));

  // Answers as JSON; `lost` where there was none, `status` where it was refused.
  const ask = async (url, options = {}) => {
    let answer;
    try { answer = await fetch(url, { ...options, headers: { "X-CSRFToken": token, Accept: "application/json", ...options.headers } }); } catch { return { lost: true, error: "网络中断" }; }
    const said = await answer.json().catch(() => ({}));
    if (said.token) token = said.token;
    return answer.ok ? { ...said, status: answer.status } : { ...said, status: answer.status, error: said.error || `服务器没有接受（${answer.status}）。` };
  };

  const WHY = {
    401: "登录已过期。录制没有停，请在另一个窗口重新登录，随后自动补传",
    404: "服务器不再接受这次录制（可能换了登录的人，或者不再有权办理本事项）。未传的仍在本页，请不要关闭",
    507: "服务器磁盘空间不足。录制没有停，未传的仍在本页，请联系系统管理员腾出空间，随后自动补传",
  };
  const told = (answer) => (answer.lost ? "网络中断。录制没有停，恢复后自动补传" : WHY[answer.status] || answer.error);

  const show = (trouble) => {
    const waiting = unsent();
    sentLine.textContent = `已传 ${size(total - waiting)}${waiting > 2_000_000 || trouble ? `，待传 ${size(waiting)}` : ""}`;
    says.classList.toggle("trouble", Boolean(trouble));
    says.textContent = trouble ? `${trouble}。` : over ? "已停止，正在传完最后的部分…" : "正在录制，内容陆续传到服务器。停止前请不要关闭本页。";
  };

  // Where the desk is: what it has already is not sent again.
  const agree = async () => {
    const now = await ask(session.url);
    if (now.error) return;
    let at = total - unsent();
    while (queue.length && at + queue[0].size <= now.received) at += queue.shift().size;
  };

  const send = async () => {
    if (sending) return;
    sending = true;
    let tries = 0;
    while (queue.length) {
      const part = queue[0];
      const answer = await ask(`${session.url}?offset=${total - unsent()}`, { method: "PUT", body: part, headers: { "Content-Type": "application/octet-stream" } });
      if (!answer.error) { queue.shift(); tries = 0; show(); continue; }
      tries += 1;
      if (answer.status === 413) { refuse(`${answer.error}录制已停止。`); stop(); queue = []; total = answer.received || total; break; }
      show(told(answer));
      await wait(Math.min(MOST_WAIT, 2 ** tries) * 1000);
      await agree();
    }
    sending = false;
  };

  const stop = () => { if (recorder?.state === "recording") { stoppedAfter = performance.now() - began; recorder.stop(); } };

  const finish = async () => {
    over = true;
    stopButton.hidden = true;
    running.classList.add("stopped");
    running.querySelector("b").textContent = "已停止";
    stream.getTracks().forEach((track) => track.stop());
    const body = () => new URLSearchParams({ size: total, seconds: Math.round(stoppedAfter / 1000) });
    let done = await ask(session.finish, { method: "POST", body: body() }); // its moment is the end, also when parts are still to come
    for (let tries = 1; done.error || done.status === 202; tries += 1) {
      show(done.error && told(done));
      if (done.error && done.status && ![401, 403, 404, 503, 507].includes(done.status)) { refuse(done.error); return; }
      if (done.error) { await wait(Math.min(MOST_WAIT, 2 ** tries) * 1000); await agree(); }
      await send();
      says.textContent = "传输完毕，正在加密入库、写入日志…";
      done = await ask(session.finish, { method: "POST", body: body() });
    }
    window.removeEventListener("beforeunload", stay);
    location.assign(done.url);
  };

  const stay = (event) => { event.preventDefault(); event.returnValue = ""; };

  const listen = () => {
    const sound = new AudioContext();
    const meter = sound.createAnalyser();
    sound.createMediaStreamSource(stream).connect(meter);
    const wave = new Float32Array(meter.fftSize);
    level.hidden = false;
    setInterval(() => { meter.getFloatTimeDomainData(wave); level.value = Math.min(1, Math.max(...wave.map(Math.abs)) * 1.5); }, 200);
  };

  const wrong = (fields) => {
    form.querySelectorAll("[data-wrong]").forEach((line) => { line.textContent = fields[line.dataset.wrong] || ""; line.hidden = !line.textContent; });
    ["purpose", "place", "officers", "present"].forEach((name) => (fields[name] ? form.elements[name].setAttribute("aria-invalid", "true") : form.elements[name].removeAttribute("aria-invalid")));
    const first = Object.keys(fields).map((name) => form.elements[name]).find(Boolean);
    first?.focus();
  };

  const open = async (what) => {
    try { return await navigator.mediaDevices.getUserMedia({ audio: true, video: what === "film" ? VIDEO : false }); }
    catch (problem) {
      const none = problem.name === "NotFoundError" || problem.name === "OverconstrainedError";
      refuse(none ? "没有找到摄像头或者麦克风。请接好设备，或者改为只录音。" : problem.name === "NotAllowedError" ? "浏览器没有允许使用摄像头、麦克风。请在地址栏左边的设置里允许，再开始。" : `摄像头或者麦克风不能使用（${problem.name}），可能正被别的程序占用。`);
      return null;
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    refuse("");
    startButton.disabled = true;
    const what = form.elements.what.value;
    stream = await open(what);
    if (!stream) { startButton.disabled = false; return; }
    const kind = KINDS[what].find((one) => MediaRecorder.isTypeSupported(one));
    const body = new URLSearchParams();
    ["purpose", "place", "officers", "present"].forEach((name) => body.set(name, form.elements[name].value));
    body.set("device", stream.getTracks().map((track) => track.label).join("、").slice(0, 200));
    body.set("media_type", kind.split(";")[0]);
    session = await ask(here.dataset.begin, { method: "POST", body });
    wrong(session.fields || {});
    if (session.error) {
      stream.getTracks().forEach((track) => track.stop());
      refuse(session.fields ? `有 ${Object.keys(session.fields).length} 处填写有误，已在各项下说明。` : session.error);
      startButton.disabled = false;
      return;
    }
    recorder = new MediaRecorder(stream, { mimeType: kind, ...BITS });
    recorder.addEventListener("dataavailable", ({ data }) => { if (data.size) { queue.push(data); total += data.size; send(); } });
    recorder.addEventListener("stop", finish);
    recorder.addEventListener("error", () => refuse("浏览器的录制出错，已录的部分会存入日志。"));
    stream.getTracks().forEach((track) => track.addEventListener("ended", () => { if (!over) refuse("摄像头或者麦克风断开，录制已停止。"); stop(); }));
    recorder.start(every);
    began = performance.now();
    window.addEventListener("beforeunload", stay);
    navigator.wakeLock?.request("screen").catch(() => {});
    here.classList.toggle("sound-only", what === "sound");
    if (what === "film") { preview.srcObject = stream; preview.play().catch(() => {}); }
    listen();
    [...form.elements].forEach((field) => { field.disabled = true; });
    running.hidden = false;
    stopButton.hidden = false;
    stopButton.focus();
    show();
    setInterval(() => { if (!over) clockLine.textContent = clock(performance.now() - began); }, 500);
  });
  stopButton.addEventListener("click", stop);
})();
