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
    { selector: "node.near, node:selected", style: { label: "data(label)", "min-zoomed-font-size": 0, "z-index": 9 } },
    { selector: "node:selected", style: { "background-color": token("--lit"), "border-color": token("--mark-line") } },
    { selector: "edge", style: { width: 1, "line-color": token("--line-strong"), "curve-style": "straight", opacity: 0.7 } },
    { selector: "edge:selected, edge.near", style: { label: "data(label)", "font-size": 10, color: token("--ink-2"), "line-color": token("--mark-line"), width: 2, opacity: 1, "text-background-color": token("--paper"), "text-background-opacity": 1 } },
  ];

  const draw = () => {
    const canvas = document.getElementById("canvas");
    const data = JSON.parse(document.getElementById("graph-data").textContent);
    const crowded = data.nodes.filter((node) => node.shown && node.kind === "案件").length > 12;
    const places = new Map(data.nodes.map((node, i) => [node.id, i]));
    const element = (node) => ({ data: { ...node, short: node.kind === "案件" ? (crowded ? "" : node.label.replace(/^（\d{4}）/, "")) : node.label.length > 14 ? `${node.label.slice(0, 13)}…` : node.label } });
    const ties = (ids) => data.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)).map((edge) => ({ data: { ...edge, id: `${edge.source}|${edge.target}|${edge.label}` } }));
    const shown = new Set(data.nodes.filter((node) => node.shown).map((node) => node.id));
    const neighbours = (id) => data.edges.flatMap((edge) => (edge.source === id ? [edge.target] : edge.target === id ? [edge.source] : []));
    // The same data are always laid out the same way: starting places by number on a spiral, no chance.
    const layout = { name: "cose", animate: false, randomize: false, nodeRepulsion: 9000, idealEdgeLength: 55, gravity: 0.6, numIter: 600, padding: 14, fit: true };
    const start = (id) => { const i = places.get(id); const r = 18 * Math.sqrt(i + 1); return { x: r * Math.cos(i * 2.4), y: r * Math.sin(i * 2.4) }; };

    drawn = cytoscape({ container: canvas, style: style(), minZoom: 0.2, maxZoom: 3 });
    const refresh = () => {
      drawn.add(data.nodes.filter((node) => shown.has(node.id) && drawn.getElementById(node.id).empty()).map((node) => ({ ...element(node), position: start(node.id) })));
      drawn.add(ties(shown).filter((edge) => drawn.getElementById(edge.data.id).empty()));
      drawn.nodes().forEach((node) => { node.toggleClass("more", neighbours(node.id()).some((id) => !shown.has(id))); });
      drawn.layout(layout).run();
      if (drawn.zoom() > 1.2) { drawn.zoom(1.2); drawn.center(); }
      const hidden = data.nodes.length - shown.size;
      document.querySelector("[data-hidden-count]").textContent = hidden ? `另有 ${hidden} 个未展开` : "";
    };
    refresh();
    canvas.dataset.drawn = drawn.nodes().length;
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
