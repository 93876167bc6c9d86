// A recording is played in parts; its marks lead to their moments, and the moment that plays is ready to be marked.
(() => {
  const player = document.querySelector("[data-player]");
  const at = document.querySelector("[data-marking] .at");
  const clock = (seconds) => {
    const whole = Math.floor(seconds);
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    return hours ? `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}` : `${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
  };
  if (!player) return;
  const cannot = document.querySelector("[data-cannot]");
  player.addEventListener("error", () => { cannot.hidden = false; });
  const moments = [...document.querySelectorAll("[data-second]")];
  let typed = Boolean(at?.value);
  at?.addEventListener("input", () => { typed = at.value !== ""; });

  // What a browser recorded does not say how long it is: going to its end once tells.
  let measuring = false;
  player.addEventListener("loadedmetadata", () => {
    if (player.duration !== Infinity) return;
    measuring = true;
    player.currentTime = Number.MAX_SAFE_INTEGER;
  });
  player.addEventListener("durationchange", () => {
    if (!measuring || player.duration === Infinity) return;
    measuring = false;
    player.currentTime = wanted();
  });
  const wanted = () => Number(new URLSearchParams(location.hash.slice(1)).get("t")) || 0;
  player.addEventListener("canplay", () => { if (!measuring && wanted() && !player.currentTime) player.currentTime = wanted(); }, { once: true });

  player.addEventListener("timeupdate", () => {
    if (measuring) return;
    if (at && !typed && document.activeElement !== at) at.value = clock(player.currentTime);
    const passed = moments.filter((one) => Number(one.dataset.second) <= player.currentTime);
    const now = passed.at(-1);
    moments.forEach((one) => one.closest("li").classList.toggle("now", one === now && player.currentTime - Number(one.dataset.second) < 30));
  });
  moments.forEach((one) => one.addEventListener("click", () => { player.currentTime = Number(one.dataset.second); player.play().catch(() => {}); }));
})();
