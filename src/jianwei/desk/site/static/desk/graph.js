// Parties, agents and cases as a graph. The table behind the picture says the same.
(() => {
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let drawn = null;

  const style = () => [
    { selector: "node", style: { label: "data(short)", "font-size": 15, "min-zoomed-font-size": 7, "font-family": "sans-serif", color: token("--ink"), "text-valign": "bottom", "text-margin-y": 3, width: 16, height: 16, "background-color": token("--paper"), "border-width": 1.5, "border-color": token("--accent-text"), "text-background-color": token("--paper"), "text-background-opacity": 0.85, "text-background-padding": 1 } },
    { selector: "node[kind='案件']", style: { shape: "round-rectangle", "background-color": token("--accent-text"), width: 12, height: 12, "font-size": 12, "min-zoomed-font-size": 11, color: token("--ink-3") } },
    { selector: "node[kind='单位']", style: { shape: "round-rectangle" } },
    { selector: "node[kind='代理人']", style: { shape: "diamond", width: 18, height: 18 } },
    { selector: "node[degree >= 4][kind != '案件']", style: { width: 26, height: 26, "font-size": 18, "font-weight": 600 } },
    { selector: "node.more", style: { "border-style": "double", "border-width": 4 } },
    { selector: "node.above", style: { "text-valign": "top", "text-margin-y": -3 } },
    { selector: "node.right", style: { "text-valign": "center", "text-halign": "right", "text-margin-y": 0, "text-margin-x": 3 } },
    { selector: "node.left", style: { "text-valign": "center", "text-halign": "left", "text-margin-y": 0, "text-margin-x": -3 } },
    { selector: "node.mute", style: { label: "" } },
    { selector: "node.near, node:selected, node.mute.near", style: { label: "data(label)", "min-zoomed-font-size": 0, "z-index": 9 } },
    { selector: "node:selected", style: { "background-color": token("--lit"), "border-color": token("--mark-line") } },
    { selector: "edge", style: { width: 1, "line-color": token("--line-strong"), "curve-style": "straight", opacity: 0.7 } },
    { selector: "edge:selected, edge.near", style: { label: "data(label)", "font-size": 10, color: token("--ink-2"), "line-color": token("--mark-line"), width: 2, opacity: 1, "text-background-color": token("--paper"), "text-background-opacity": 1 } },
  ];

  const draw = () => {
    const canvas = document.getElementById("canvas");
    const data = JSON.parse(document.getElementById("graph-data").textContent);
    const crowded = data.nodes.filter((node) => node.shown && node.kind === "案件").length > 12;
    const places = new Map(data.nodes.map((node, i) => [node.id, i]));
    const element = (node) => ({ data: { ...node, short: node.kind === "案件" ? (crowded ? "" : node.label.replace(/^（\d{4}）/, "")) : node.label.length > 10 ? `${node.label.slice(0, 9)}…` : node.label } });
    const ties = (ids) => data.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)).map((edge) => ({ data: { ...edge, id: `${edge.source}|${edge.target}|${edge.label}` } }));
    const shown = new Set(data.nodes.filter((node) => node.shown).map((node) => node.id));
    const neighbours = (id) => data.edges.flatMap((edge) => (edge.source === id ? [edge.target] : edge.target === id ? [edge.source] : []));
    // The same data are always laid out the same way: starting places by number on a spiral, no chance.
    const layout = { name: "cose", animate: false, randomize: false, nodeRepulsion: 9000, nodeOverlap: 10, idealEdgeLength: 55, gravity: 0.6, numIter: 600, padding: 14, fit: true };
    // A name stands below its sign, or above or beside it where there is room; where there is none it is left out until one
    // comes nearer. The best connected go first, and the names of the first few may cover signs, though not other names.
    const sides = ["", "above", "right", "left"];
    const place = () => {
      drawn.nodes().removeClass("mute above right left");
      const signs = drawn.nodes().map((node) => ({ node, ...node.renderedBoundingBox({ includeLabels: false, includeOverlays: false }) }));
      const names = [];
      const meets = (one, other) => one.x1 < other.x2 && other.x1 < one.x2 && one.y1 < other.y2 && other.y1 < one.y2;
      const inside = (box) => box.x1 >= 0 && box.x2 <= drawn.width() && box.y1 >= 0 && box.y2 <= drawn.height();
      drawn.nodes("[short != '']").sort((a, b) => b.data("degree") - a.data("degree") || (a.id() < b.id() ? -1 : 1)).forEach((node, rank) => {
        const named = () => node.renderedBoundingBox({ includeNodes: false, includeOverlays: false });
        const free = (side, taken) => {
          node.removeClass("above right left").addClass(side);
          const box = named();
          return inside(box) && !taken.some((other) => other.node !== node && meets(box, other));
        };
        if (sides.some((side) => free(side, [...signs, ...names])) || (rank < 4 && sides.some((side) => free(side, names)))) names.push({ node, ...named() });
        else node.removeClass("above right left").addClass("mute");
      });
    };
    const start = (id) => { const i = places.get(id); const r = 18 * Math.sqrt(i + 1); return { x: r * Math.cos(i * 2.4), y: r * Math.sin(i * 2.4) }; };

    drawn = cytoscape({ container: canvas, style: style(), minZoom: 0.2, maxZoom: 3 });
    const refresh = () => {
      drawn.add(data.nodes.filter((node) => shown.has(node.id) && drawn.getElementById(node.id).empty()).map((node) => ({ ...element(node), position: start(node.id) })));
      drawn.add(ties(shown).filter((edge) => drawn.getElementById(edge.data.id).empty()));
      drawn.nodes().forEach((node) => { node.toggleClass("more", neighbours(node.id()).some((id) => !shown.has(id))); });
      drawn.layout(layout).run();
      if (drawn.zoom() > 1.2) { drawn.zoom(1.2); drawn.center(); }
      place();
      const hidden = data.nodes.length - shown.size;
      document.querySelector("[data-hidden-count]").textContent = hidden ? `另有 ${hidden} 个未展开` : "";
    };
    refresh();
    canvas.dataset.drawn = drawn.nodes().length;
    let later = 0;
    drawn.on("zoom resize", () => { clearTimeout(later); later = setTimeout(place, 80); });
    drawn.on("tap", "node", (event) => {
      const id = event.target.id();
      const more = neighbours(id).filter((one) => !shown.has(one)).slice(0, 40);
      more.forEach((one) => shown.add(one));
      if (more.length) refresh();
      drawn.elements().removeClass("near");
      event.target.closedNeighborhood().addClass("near");
      window.jianwei.rows({ who: id });
    });
  };

  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "graph" && document.getElementById("canvas")) draw(); });
  document.addEventListener("theme", () => { if (drawn) drawn.style(style()); });
})();
