// Showing in court: arrows and the space bar turn the pages, f fills the screen.
(() => {
  const go = (name) => document.querySelector(`[data-go="${name}"]`)?.click();
  const full = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {});
  document.querySelector("[data-full]").addEventListener("click", full);
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("video, audio")) return;
    const act = { ArrowRight: () => go("after"), PageDown: () => go("after"), " ": () => go("after"), ArrowLeft: () => go("before"), PageUp: () => go("before"), f: full, Escape: () => { if (!document.fullscreenElement) go("out"); } }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
