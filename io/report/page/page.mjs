// The script of the report's page: everything it shows is in the page already, or in its data. No request, no library.
// Data (page_data.cpp): a: columns of actors (id, n name, k kind, p place, c community, s scope, of offers, se seeks, x y
// tenths of pixels, o [ties to others, inside]); t: partnerships [kind, from, to, name, actors…]; m, r: [actor, partner,
// thousandths, …]; kinds, ex, com, pk: words; -1 and 0 mean "none", a negative expertise is inferred.
const data = JSON.parse(document.getElementById("data").textContent);
const A = data.a, N = A.n.length;
const root = document.documentElement;
const $ = (id) => document.getElementById(id);
const svgNS = "http://www.w3.org/2000/svg";

const words = {
  fr: {
    search: "Chercher un acteur", found: (n) => n === 0 ? "aucun acteur trouvé" : n === 1 ? "1 acteur trouvé" : `${n} acteurs trouvés`,
    works: "Travaille avec", brings: "Apporte", seeks: "Recherche", best: "Meilleures complémentarités",
    open: "Partenariats à ouvrir", community: "Communauté", openness: "Ouverture", out: "hors du périmètre",
    ties: (o, i) => `${o} lien${o > 1 ? "s" : ""} vers d’autres groupes, ${i} à l’intérieur`, close: "Fermer la fiche",
    none: "rien de connu", nobody: "personne", inferred: "déduit de ses partenariats", copy: "Copier", copied: "Copié.",
    all: "tous", kind: "Type", place: "Lieu", expertise: "Expertise", com: "Communauté", year: "Année", reset: "Tout afficher",
    filters: "Filtrer", plus: "Agrandir", minus: "Réduire", whole: "Vue entière", csv: "Télécharger en CSV", sort: "trier",
    selected: (n, of) => `${n} acteur${n > 1 ? "s" : ""} sur ${of}`, more: (n) => `et ${n} de plus`, locate: "Voir sur la carte",
    hint: "Carte : flèches pour aller d’un acteur à l’autre, Entrée pour ouvrir sa fiche.", score: "score", since: "depuis",
    nolist: "Aucun partenariat à proposer.", title: "Fiche", list: "Ce que montre le filtre", opened: (c) => `Communauté ouverte : ${c}`,
    back: "Toutes les communautés", mostLinked: (n, of) => `. Les ${n} acteurs les plus liés, sur ${of} ; les autres par la recherche et les filtres.`, id: "Identifiant", actor: "Acteur", colon: "\u00a0: ", semicolon: "\u00a0; ",
  },
  en: {
    search: "Search an actor", found: (n) => n === 0 ? "no actor found" : n === 1 ? "1 actor found" : `${n} actors found`,
    works: "Works with", brings: "Brings", seeks: "Seeks", best: "Best complements",
    open: "Partnerships to open", community: "Community", openness: "Openness", out: "out of scope",
    ties: (o, i) => `${o} tie${o === 1 ? "" : "s"} to other groups, ${i} inside`, close: "Close the card",
    none: "nothing known", nobody: "nobody", inferred: "inferred from its partnerships", copy: "Copy", copied: "Copied.",
    all: "all", kind: "Kind", place: "Place", expertise: "Expertise", com: "Community", year: "Year", reset: "Show all",
    filters: "Filter", plus: "Zoom in", minus: "Zoom out", whole: "Whole view", csv: "Download as CSV", sort: "sort",
    selected: (n, of) => `${n} actor${n === 1 ? "" : "s"} of ${of}`, more: (n) => `and ${n} more`, locate: "Show on the map",
    hint: "Map: arrow keys go from actor to actor, Enter opens a card.", score: "score", since: "since",
    nolist: "No partnership to propose.", title: "Card", list: "What the filter shows", opened: (c) => `Community opened: ${c}`,
    back: "All communities", mostLinked: (n, of) => `. The ${n} most linked actors of ${of}; the others by search and filters.`, id: "Id", actor: "Actor", colon: ": ", semicolon: "; ",
  },
};
let lang = root.lang === "en" ? "en" : "fr";
const say = (key) => words[lang][key];
const pick = (pair) => pair[lang === "fr" ? 0 : 1];

// ---- small helpers ---------------------------------------------------------------------------------------------------
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((c) => c != null));
  return node;
}
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss").replace(/ł/g, "l").replace(/ø/g, "o").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const announce = (text) => { $("said").textContent = text; };
const visibleText = (node) => {
  let text = "";
  for (const child of node.childNodes) {
    if (child.nodeType === 3) text += child.data;
    else if (child.nodeType === 1 && !(child.lang && child.lang !== lang && (child.lang === "fr" || child.lang === "en"))) {
      if (child.tagName === "svg" || (child.tagName === "BUTTON" && child.classList.contains("csv"))) continue;
      text += visibleText(child);
    }
  }
  return text;
};

// ---- derived data ----------------------------------------------------------------------------------------------------
let folded = null;
const key = (i) => (folded ??= A.n.map((name, j) => fold(name + " " + A.id[j])))[i];
let byTies = null;  // actor -> partnerships
function ties(i) {
  if (!byTies) {
    byTies = Array.from({length: N}, () => []);
    data.t.forEach((t, k) => { for (let m = 4; m < t.length; m++) byTies[t[m]].push(k); });
  }
  return byTies[i];
}
let partnersOf = null;  // actor -> sorted partners
function partners(i) {
  partnersOf ??= [];
  if (!partnersOf[i]) {
    const seen = new Set();
    for (const k of ties(i)) for (let m = 4; m < data.t[k].length; m++) if (data.t[k][m] !== i) seen.add(data.t[k][m]);
    partnersOf[i] = [...seen];
  }
  return partnersOf[i];
}
const indexed = (lists) => new Map((lists ?? []).map((list) => [list[0], list.slice(1)]));
const matchLists = indexed(data.m), recLists = indexed(data.r);
const idToIndex = new Map(A.id.map((id, i) => [id, i]));
const kindOf = (i) => A.k[i] < 0 ? "" : pick(data.kinds[A.k[i]]);
const placeOf = (i) => A.p[i] < 0 ? "" : data.places[A.p[i]];
const comName = (c) => `${data.com[c][0]}. ${data.com[c][lang === "fr" ? 1 : 2]}`;
const about = (i) => [kindOf(i), placeOf(i)].filter(Boolean).join(", ");

// ---- state in the address --------------------------------------------------------------------------------------------
const state = {actor: null, filter: {}};
function readHash() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const given = fields.get("lang");
  if (given === "fr" || given === "en") setLanguage(given, false);
  const actor = idToIndex.get(fields.get("actor"));
  const filter = {};
  for (const name of ["kind", "place", "expertise", "community", "year"]) {
    if (fields.has(name)) filter[name] = fields.get(name);
  }
  state.filter = filter;
  syncFilters();
  if (actor !== undefined) showActor(actor, false); else if (state.actor !== null && !fields.has("actor")) hideActor(false);
  applyFilter();
}
function writeHash() {
  const fields = new URLSearchParams();
  if (state.actor !== null) fields.set("actor", A.id[state.actor]);
  for (const [name, value] of Object.entries(state.filter)) if (value) fields.set(name, value);
  if (lang !== startLanguage) fields.set("lang", lang);
  const hash = fields.toString();
  history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
}
const startLanguage = lang;

// ---- language --------------------------------------------------------------------------------------------------------
function setLanguage(to, write = true) {
  lang = to;
  root.lang = to;
  $(to === "fr" ? "l-fr" : "l-en").checked = true;
  buildSearch();
  buildMapTools();
  decorateTables();
  if (state.actor !== null) fillCard(state.actor);
  applyFilter();
  if (write) writeHash();
}
for (const radio of [$("l-fr"), $("l-en")]) {
  radio.addEventListener("change", () => setLanguage(radio.value));
}

// ---- search: a combobox with a list (ARIA 1.2) -----------------------------------------------------------------------
const mostOptions = 12;
function buildSearch() {
  const old = $("find");
  const value = old ? old.value : "";
  const list = el("ul", {id: "find-list", class: "options", role: "listbox", "aria-label": say("search"), hidden: true});
  const input = el("input", {id: "find", type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
    "aria-controls": "find-list", "aria-autocomplete": "list"});
  input.value = value;
  let at = -1;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); at = -1; };
  const choose = (i) => { close(); input.value = A.n[i]; showActor(i, true); };
  const mark = (to) => {
    const options = [...list.children];
    at = (to + options.length) % options.length;
    options.forEach((option, k) => option.setAttribute("aria-selected", String(k === at)));
    input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({block: "nearest"});
  };
  const fill = () => {
    const found = search(input.value);
    list.replaceChildren(...found.slice(0, mostOptions).map((i, k) => {
      const option = el("li", {role: "option", id: "find-" + k, "aria-selected": "false"}, A.n[i], about(i) ? el("small", {}, " " + about(i)) : null);
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(i); });
      option.actor = i;
      return option;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
    at = -1;
    if (input.value.trim()) announce(say("found")(found.length));
  };
  input.addEventListener("input", fill);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) fill();
      if (list.children.length) mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
      event.preventDefault();
    } else if (event.key === "Enter") {
      const option = list.children[Math.max(at, 0)];
      if (!open) fill();
      const first = option ?? list.children[0];
      if (first) choose(first.actor);
      event.preventDefault();
    } else if (event.key === "Escape") {
      close();
    }
  });
  input.addEventListener("blur", close);
  $("search").replaceChildren(el("label", {for: "find"}, say("search")), el("div", {class: "combo"}, input, list));
}
function search(text) {
  const parts = fold(text).split(" ").filter(Boolean);
  if (parts.length === 0) return [];
  const found = [];
  for (let i = 0; i < N; i++) {
    const k = key(i);
    if (parts.every((part) => k.includes(part))) found.push(i);
  }
  const whole = parts.join(" ");
  const worth = (i) => (key(i).startsWith(whole) ? 4 : 0) + ((" " + key(i)).includes(" " + whole) ? 2 : 0) + (A.s[i] === "1" ? 1 : 0);
  return found.sort((a, b) => worth(b) - worth(a) || a - b);
}

// ---- card ------------------------------------------------------------------------------------------------------------
const actorLink = (i) => el("a", {href: "#actor=" + encodeURIComponent(A.id[i]), onclick: (event) => { event.preventDefault(); showActor(i, true); }}, A.n[i]);
function showActor(i, focus) {
  state.actor = i;
  fillCard(i);
  $("actor").hidden = false;
  highlight(i);
  writeHash();
  if (focus) { $("h-actor").focus(); $("actor").scrollIntoView({block: "start"}); }
}
function hideActor(write = true) {
  state.actor = null;
  $("actor").hidden = true;
  highlight(null);
  if (write) { writeHash(); $("find").focus(); }
}
function limited(items, most) {
  return items.length <= most ? items : [...items.slice(0, most), el("li", {}, el("details", {}, el("summary", {}, say("more")(items.length - most)), el("ul", {}, items.slice(most))))];
}
function expertiseList(codes) {
  if (!codes?.length) return [say("none")];
  return [codes.map((c) => pick(data.ex[Math.abs(c) - 1]) + (c < 0 ? "°" : "")).join(", ") + (codes.some((c) => c < 0) ? ` (° ${say("inferred")})` : "")];
}
function fillCard(i) {
  const fact = (name, ...value) => el("div", {}, el("dt", {}, name), el("dd", {}, ...value));
  const facts = el("dl", {class: "facts"}, fact(say("brings"), ...expertiseList(A.of[i])));
  if (A.se[i].length) facts.append(fact(say("seeks"), ...expertiseList(A.se[i])));
  if (A.c && data.com[A.c[i]][3] > 1) facts.append(fact(say("community"), comName(A.c[i])));
  if (A.o?.[i]) facts.append(fact(say("openness") + (data.by ? ` (${pick(data.by)})` : ""), say("ties")(...A.o[i])));
  const best = matchLists.get(i) ?? [];
  if (best.length) {
    const items = [];
    for (let k = 0; k < best.length; k += 2) items.push(actorLink(best[k]), ` (${decimal(best[k + 1] / 1000)})`, k + 2 < best.length ? ", " : "");
    facts.append(fact(say("best"), ...items));
  }
  const card = $("actor");
  card.replaceChildren(
    el("h2", {id: "h-actor", tabindex: "-1"}, A.n[i]),
    el("p", {}, [about(i), A.s[i] === "1" || !data.scope ? "" : say("out")].filter(Boolean).join(" · ")),
    el("h3", {}, say("open")), recommended(i), facts,
    el("h3", {}, say("works")), withWhom(i),
    el("p", {class: "tools"}, hasMap() && A.x?.[i] !== undefined ? el("button", {type: "button", onclick: () => locate(i)}, say("locate")) : null,
      el("button", {type: "button", onclick: () => hideActor()}, say("close"))));
}
const decimal = (value) => value.toFixed(2).replace(".", lang === "fr" ? "," : ".");
function withWhom(i) {
  const items = partners(i).sort((a, b) => A.n[a].localeCompare(A.n[b], lang)).map((p) => {
    const what = ties(i).filter((k) => data.t[k].indexOf(p, 4) >= 4).map((k) => {
      const [kind, from, to, name] = data.t[k];
      const years = from ? (to ? `${from}–${to}` : `${say("since")} ${from}`) : to ? `–${to}` : "";
      return [name || pick(data.pk[kind]), years].filter(Boolean).join(", ");
    });
    return el("li", {}, actorLink(p), what.length ? say("colon") + what.slice(0, 4).join(say("semicolon")) + (what.length > 4 ? say("semicolon") + "…" : "") : "");
  });
  return items.length ? el("ul", {}, limited(items, 8)) : el("p", {}, say("nobody"));
}
function recommended(i) {
  const written = $("r" + i);
  if (written) {  // the same words as below
    const copy = el("div", {});
    for (const child of written.children) if (child.tagName !== "SUMMARY") copy.append(child.cloneNode(true));
    for (const link of copy.querySelectorAll("a[href^='#r']")) {
      const to = Number(link.getAttribute("href").slice(2));
      link.replaceWith(actorLink(to));
    }
    addCopy(copy, i);
    return copy;
  }
  const list = recLists.get(i) ?? [];
  if (!list.length) return el("p", {}, say("nolist"));
  const items = [];
  for (let k = 0; k < list.length; k += 2) items.push(el("li", {}, actorLink(list[k]), ` (${say("score")} ${decimal(list[k + 1] / 1000)})`));
  const copy = el("div", {}, el("ol", {}, items));
  addCopy(copy, i);
  return copy;
}
function addCopy(box, i) {
  for (const item of box.querySelectorAll("li")) {
    item.append(el("button", {type: "button", class: "csv", "aria-label": say("copy") + say("colon") + (item.querySelector("a")?.textContent ?? ""), onclick: async (event) => {
      const button = event.currentTarget;
      const text = `${A.n[i]} – ${visibleText(item).replace(/\s+/g, " ").trim()}`;
      await copyText(text);
      button.textContent = say("copied");
      announce(say("copied"));
    }}, say("copy")));
  }
}
async function copyText(text) {
  try { await navigator.clipboard.writeText(text); } catch {
    const area = el("textarea", {class: "hidden", "aria-hidden": "true"});
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
document.addEventListener("click", (event) => {  // links between lists open the card
  const link = event.target.closest?.("#lists a[href^='#r']");
  if (link) { event.preventDefault(); showActor(Number(link.getAttribute("href").slice(2)), true); }
});

// ---- map -------------------------------------------------------------------------------------------------------------
const svg = $("map-svg");
const hasMap = () => svg !== null && A.x !== undefined;
const nodes = svg ? [...svg.querySelectorAll("#nodes use")] : [];
nodes.forEach((node, i) => { node.dataset.n = i; });  // they stand in the order of the actors
const bubbles = svg ? [...svg.querySelectorAll("#nodes [data-c]")] : [];
const nodeOf = new Map(nodes.map((node) => [Number(node.dataset.n), node]));
const home = svg ? svg.getAttribute("viewBox").split(" ").map(Number) : null;
let view = home ? [...home] : null;
const place = (i) => [A.x[i] / 10, A.y[i] / 10];
function look(box) {
  const w = Math.min(home[2], Math.max(home[2] / 40, box[2]));
  const h = w * home[3] / home[2];
  view = [box[0], box[1], w, h];
  svg.setAttribute("viewBox", view.map((v) => v.toFixed(1)).join(" "));
}
function zoom(factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) {
  const w = Math.min(home[2], view[2] / factor), f = w / view[2];
  look([x - (x - view[0]) * f, y - (y - view[1]) * f, w]);
}
function toMap(event) {
  const r = svg.getBoundingClientRect();
  return [view[0] + (event.clientX - r.left) / r.width * view[2], view[1] + (event.clientY - r.top) / r.height * view[3]];
}
let current = null;
function highlight(i) {
  if (!hasMap()) return;
  const near = svg.querySelector("#near");
  near.replaceChildren();
  for (const node of nodes) node.classList.remove("faint", "on");
  if (i === null || A.x[i] === undefined || bubbles.length) return;
  const close = new Set([i, ...partners(i)]);
  let d = "";
  const [x, y] = place(i);
  for (const p of close) if (p !== i && A.x[p] !== undefined) d += `M${x} ${y}L${A.x[p] / 10} ${A.y[p] / 10}`;
  const path = document.createElementNS(svgNS, "path");
  path.setAttribute("d", d);
  path.setAttribute("class", "near");
  near.append(path);
  for (const node of nodes) if (!close.has(Number(node.dataset.n))) node.classList.add("faint");
  nodeOf.get(i)?.classList.add("on");
}
function locate(i) {
  if (bubbles.length && A.c) openCommunity(A.c[i]);
  const [x, y] = place(i);
  if (!bubbles.length) look([x - home[2] / 8, y - home[3] / 8, home[2] / 4]);
  svg.scrollIntoView({block: "center"});
  current = i;
  highlight(i);
  (nodeOf.get(i) ?? svg).focus({preventScroll: true});
}
function makeMapLive() {
  if (!hasMap()) return;
  svg.classList.add("live");
  svg.setAttribute("role", "group");
  const all = bubbles.length ? bubbles : nodes;
  all.forEach((node, k) => {
    node.setAttribute("tabindex", k === 0 ? "0" : "-1");
    node.setAttribute("role", "button");
    const i = bubbles.length ? null : Number(node.dataset.n);
    node.setAttribute("aria-label", bubbles.length ? node.querySelector("title").textContent : [A.n[i], about(i)].filter(Boolean).join(", "));
  });
  svg.addEventListener("focusin", (event) => { const i = event.target.dataset?.n; if (i !== undefined) { current = Number(i); highlight(current); keepInView(current); } });
  svg.addEventListener("focusout", () => highlight(state.actor));
  svg.addEventListener("pointerover", (event) => { const i = event.target.dataset?.n; if (i !== undefined) highlight(Number(i)); });
  svg.addEventListener("pointerout", (event) => { if (event.target.dataset?.n !== undefined) highlight(state.actor); });
  const activate = (target) => {
    if (target.dataset.n !== undefined) showActor(Number(target.dataset.n), true);
    if (target.dataset.c !== undefined) openCommunity(data.bubbles[Number(target.dataset.c)]);
  };
  let drag = null;
  svg.addEventListener("pointerdown", (event) => { drag = {x: event.clientX, y: event.clientY, from: [...view], moved: false}; });
  svg.addEventListener("pointermove", (event) => {
    if (!drag || event.buttons === 0) return;
    const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
    if (!drag.moved && Math.hypot(dx, dy) < 4) return;
    drag.moved = true;
    const r = svg.getBoundingClientRect();
    look([drag.from[0] - dx / r.width * view[2], drag.from[1] - dy / r.height * view[3], view[2]]);
  });
  svg.addEventListener("click", (event) => { const moved = drag?.moved; drag = null; if (!moved && event.target.dataset) activate(event.target); });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;  // the page scrolls; ctrl and the wheel zoom, as on maps
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.25 : 0.8, ...toMap(event));
  }, {passive: false});
  svg.addEventListener("keydown", (event) => {
    const at = event.target;
    if (at.dataset?.n === undefined && at.dataset?.c === undefined) return;
    if (event.key === "Enter" || event.key === " ") { activate(at); event.preventDefault(); return; }
    const way = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]}[event.key];
    if (!way) return;
    event.preventDefault();
    const middle = (node) => { const b = node.getBBox?.(); const m = node.getCTM(); return m ? [m.e + (b ? (b.x + b.width / 2) * m.a : 0), m.f + (b ? (b.y + b.height / 2) * m.d : 0)] : [0, 0]; };
    const [x, y] = middle(at);
    let best = null, least = Infinity;
    for (const node of svg.querySelectorAll("#nodes [role=button]")) {
      if (node === at || node.classList.contains("off")) continue;
      const [u, v] = middle(node);
      const along = (u - x) * way[0] + (v - y) * way[1];
      if (along <= 0.5) continue;
      const across = Math.abs((u - x) * way[1]) + Math.abs((v - y) * way[0]);
      if (along + 2.5 * across < least) { least = along + 2.5 * across; best = node; }
    }
    if (best) { at.setAttribute("tabindex", "-1"); best.setAttribute("tabindex", "0"); best.focus(); }
  });
}
function keepInView(i) {
  if (view[2] >= home[2]) return;
  const [x, y] = place(i);
  if (x < view[0] || y < view[1] || x > view[0] + view[2] || y > view[1] + view[3]) look([x - view[2] / 2, y - view[3] / 2, view[2]]);
}
/// Above 2,000 actors: the members of one community in place of the bubbles.
let opened = null;
const mostMembers = 300;  // the best linked; beyond, signs and ties are a heap
/// Pushes points apart that are nearer than twice the radius.
function spread(points, radius) {
  for (let round = 0; round < 30; round++) {
    let moved = false;
    for (let a = 0; a < points.length; a++) for (let b = a + 1; b < points.length; b++) {
      let dx = points[b][0] - points[a][0], dy = points[b][1] - points[a][1];
      let d = Math.hypot(dx, dy);
      if (d >= 2 * radius) continue;
      if (d < 1e-6) { dx = (a % 7) - 3.3; dy = (b % 5) - 2.2; d = Math.hypot(dx, dy); }
      const by = (2 * radius - Math.min(d, 2 * radius)) / 2 / d + 0.01;
      points[a][0] -= dx * by; points[a][1] -= dy * by; points[b][0] += dx * by; points[b][1] += dy * by;
      moved = true;
    }
    if (!moved) break;
  }
}
function openCommunity(c) {
  closeCommunity();
  let members = [];
  for (let i = 0; i < A.x.length; i++) if (A.c[i] === c) members.push(i);
  if (!members.length) return;
  const all = members.length;
  members = members.sort((a, b) => partners(b).length - partners(a).length || a - b).slice(0, mostMembers);
  // the whole width and height, whatever the shape: what is near stays near
  const spots = [[], []];
  for (const [axis, from] of [[0, A.x], [1, A.y]]) {
    const order = [...members].sort((a, b) => from[a] - from[b] || a - b);
    const low = from[order[0]], wide = Math.max(1, from[order[order.length - 1]] - low);
    const size = home[2 + axis] - (axis ? 80 : 160), margin = axis ? 40 : 60;
    // half by rank, so that outliers do not squeeze the others
    order.forEach((i, k) => { spots[axis][i] = margin + size * (0.5 * (from[i] - low) / wide + 0.5 * k / Math.max(1, order.length - 1)); });
  }
  const places = members.map((i) => [spots[0][i], spots[1][i]]);
  spread(places, Math.min(14, 0.35 * Math.sqrt(home[2] * home[3] / members.length)));
  const at = new Map(members.map((i, k) => [i, places[k].map((v, axis) => Math.min(home[2 + axis] - 20, Math.max(20, v)))]));
  const group = document.createElementNS(svgNS, "g");
  let d = "";
  for (const i of members) for (const p of partners(i)) if (p > i && at.has(p)) d += `M${at.get(i).map((v) => v.toFixed(1)).join(" ")}L${at.get(p).map((v) => v.toFixed(1)).join(" ")}`;
  const lines = document.createElementNS(svgNS, "path");
  lines.setAttribute("class", members.length > 60 ? "tie many" : "tie");
  lines.setAttribute("d", d);
  group.append(lines);
  const taken = [];
  const text_ = [];
  for (const i of members) {
    const [x, y] = at.get(i);
    const dot = document.createElementNS(svgNS, "circle");
    dot.setAttribute("class", A.s[i] === "1" ? "dot" : "was");
    dot.setAttribute("cx", x.toFixed(1)); dot.setAttribute("cy", y.toFixed(1)); dot.setAttribute("r", (2.5 + Math.min(5, Math.sqrt(partners(i).length) / 2)).toFixed(1));
    dot.setAttribute("data-n", i); dot.setAttribute("tabindex", "-1"); dot.setAttribute("role", "button"); dot.setAttribute("aria-label", [A.n[i], about(i)].filter(Boolean).join(", "));
    const title = document.createElementNS(svgNS, "title");
    title.textContent = A.n[i];
    dot.append(title);
    group.append(dot);
    const label = A.n[i].length > 30 ? A.n[i].slice(0, 28) + "…" : A.n[i];
    const box = [x + 10, y - 9, x + 14 + label.length * 6.8, y + 9];
    if (taken.length < 50 && box[2] < home[2] && !taken.some((t) => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) {
      taken.push(box);
      const text = document.createElementNS(svgNS, "text");
      text.setAttribute("class", "nm"); text.setAttribute("x", x + 12); text.setAttribute("y", y + 4);
      text.textContent = label;
      text_.push(text);
    }
  }
  group.append(...text_);
  group.id = "opened";
  for (const part of svg.querySelectorAll("#view > g")) part.setAttribute("visibility", "hidden");
  svg.querySelector("#nodes").removeAttribute("visibility");
  for (const bubble of bubbles) bubble.setAttribute("display", "none");
  svg.querySelector("#nodes").append(group);
  group.querySelector("circle")?.setAttribute("tabindex", "0");
  opened = c;
  const told = say("opened")(comName(c)) + (all > members.length ? say("mostLinked")(members.length, all) : "");
  buildMapTools();
  $("map-tools").append(el("p", {}, told));
  announce(told);
}
function closeCommunity() {
  $("opened")?.remove();
  for (const part of svg.querySelectorAll("#view > g")) part.removeAttribute("visibility");
  for (const bubble of bubbles) bubble.removeAttribute("display");
  opened = null;
}

// ---- filters ---------------------------------------------------------------------------------------------------------
function choices(pairs) {  // [value, text], by text
  return pairs.sort((a, b) => a[1].localeCompare(b[1], lang));
}
let years = null;
function yearRange() {
  if (years) return years;
  let first = Infinity, last = -Infinity;
  for (const t of data.t) { if (t[1]) { first = Math.min(first, t[1]); last = Math.max(last, t[1]); } if (t[2]) last = Math.max(last, t[2]); }
  return years = first === Infinity ? [] : Array.from({length: last - first + 1}, (_, k) => last - k);
}
function filterValues() {
  const kinds = choices(data.kinds.map((k, i) => [String(i), pick(k)]));
  const places = choices(data.places.map((p, i) => [String(i), p]));
  const expertises = choices(data.ex.map((x, i) => [String(i + 1), pick(x)]));
  const communities = (data.com ?? []).map((c, i) => [String(i), c]).filter(([, c]) => c[3] > 1).map(([i]) => [i, comName(Number(i))]).slice(0, 300);
  return {kind: kinds, place: places, expertise: expertises, community: communities, year: yearRange().map((y) => [String(y), String(y)])};
}
const filterName = {kind: "kind", place: "place", expertise: "expertise", community: "com", year: "year"};
function buildMapTools() {
  const box = $("map-tools");
  if (!box) return;
  const filters = el("div", {class: "filters", role: "group", "aria-label": say("filters")});
  for (const [name, values] of Object.entries(filterValues())) {
    if (values.length < 2) continue;
    filters.append(el("label", {}, say(filterName[name]),
      el("select", {id: "f-" + name, onchange: (event) => { state.filter[name] = event.target.value; applyFilter(); writeHash(); }},
        el("option", {value: ""}, say("all")), values.map(([value, text]) => el("option", {value}, text.length > 60 ? text.slice(0, 58) + "…" : text)))));
  }
  filters.append(el("button", {type: "button", onclick: () => { state.filter = {}; syncFilters(); applyFilter(); writeHash(); }}, say("reset")));
  const tools = el("div", {class: "tools"},
    el("button", {type: "button", onclick: () => zoom(1.5)}, say("plus")), el("button", {type: "button", onclick: () => zoom(1 / 1.5)}, say("minus")),
    el("button", {type: "button", onclick: () => look(home)}, say("whole")),
    opened !== null ? el("button", {type: "button", onclick: () => { closeCommunity(); buildMapTools(); }}, say("back")) : null);
  box.replaceChildren(filters, tools, el("p", {class: "note"}, say("hint")), el("div", {id: "filtered"}));
  syncFilters();
  showFiltered(null);
}
function syncFilters() {
  for (const name of Object.keys(filterName)) { const select = $("f-" + name); if (select) select.value = state.filter[name] ?? ""; }
}
function passes() {
  const f = state.filter;
  const active = Object.values(f).some(Boolean);
  if (!active) return null;
  const kind = f.kind ? Number(f.kind) : null, at = f.place ? Number(f.place) : null, x = f.expertise ? Number(f.expertise) : null;
  const c = f.community ? Number(f.community) : null;
  let running = null;
  if (f.year) {
    running = new Uint8Array(N);
    const y = Number(f.year);
    for (const t of data.t) if ((t[1] && t[1] <= y) && (!t[2] || t[2] >= y)) for (let m = 4; m < t.length; m++) running[t[m]] = 1;
  }
  const kept = new Uint8Array(N);
  for (let i = 0; i < N; i++) {
    if (kind !== null && A.k[i] !== kind) continue;
    if (at !== null && A.p[i] !== at) continue;
    if (c !== null && A.c?.[i] !== c) continue;
    if (running && !running[i]) continue;
    if (x !== null && !A.of[i].includes(x) && !A.of[i].includes(-x)) continue;
    kept[i] = 1;
  }
  return kept;
}
function applyFilter() {
  const kept = passes();
  for (const node of nodes) node.classList.toggle("off", kept !== null && !kept[Number(node.dataset.n)]);
  svg?.querySelectorAll("#ties, .names, .hulls, .cnames").forEach((part) => part.classList.toggle("faint", kept !== null));
  svg?.querySelectorAll("#opened [data-n]").forEach((node) => node.classList.toggle("off", kept !== null && !kept[Number(node.dataset.n)]));
  if (bubbles.length) {
    const count = new Map();
    if (kept) for (let i = 0; i < N; i++) if (kept[i]) count.set(A.c[i], (count.get(A.c[i]) ?? 0) + 1);
    for (const bubble of bubbles) bubble.classList.toggle("off", kept !== null && !count.get(data.bubbles[Number(bubble.dataset.c)]));
  }
  showFiltered(kept);
}
const mostListed = 200;
function showFiltered(kept) {
  const box = $("filtered");
  if (!box) return;
  if (!kept) { box.replaceChildren(); return; }
  const found = [];
  for (let i = 0; i < N; i++) if (kept[i]) found.push(i);
  const total = found.length;
  const shown = found.slice(0, mostListed);
  const told = say("selected")(total, N);
  box.replaceChildren(el("p", {}, told), total ? el("div", {class: "results", role: "region", tabindex: "0", "aria-label": say("list")},
    el("ul", {}, shown.map((i) => el("li", {}, actorLink(i), about(i) ? " – " + about(i) : "")), total > mostListed ? el("li", {}, say("more")(total - mostListed)) : null)) : "");
  announce(told);
}

// ---- tables: sorting and CSV -----------------------------------------------------------------------------------------
function numberIn(text) {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace("−", "-").replace("%", "").replace(/^×/, "");
  const dotted = lang === "fr" ? plain.replace(",", ".") : plain.replace(/,/g, "");
  return /^[+-]?\d+(\.\d+)?/.test(dotted) ? parseFloat(dotted) : null;
}
function sortTable(table, column, head) {
  const body = table.tBodies[0];
  const up = head.getAttribute("aria-sort") !== "ascending";
  for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const numeric = head.classList.contains("n");
  const rows = [...body.rows].map((row, k) => { const text = visibleText(row.cells[column]).trim(); return {row, k, text, value: numeric ? numberIn(text) : null}; });
  rows.sort((a, b) => {
    const order = numeric ? (a.value === null) - (b.value === null) || (up ? a.value - b.value : b.value - a.value) : (up ? 1 : -1) * a.text.localeCompare(b.text, lang, {numeric: true});
    return order || a.k - b.k;
  });
  body.append(...rows.map((r) => r.row));
}
/// A cell that a spreadsheet would run as a formula is led by an apostrophe, as in the program's own CSV.
function csvCell(text) {
  const guarded = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d\s.,\u202f]+%?$/.test(text) ? "'" + text : text;
  return /[",\n\r;]/.test(guarded) ? '"' + guarded.replace(/"/g, '""') + '"' : guarded;
}
function tableCsv(table) {
  return [...table.rows].map((row) => [...row.cells].map((cell) => csvCell(visibleText(cell).replace(/\s+/g, " ").trim())).join(",")).join("\n") + "\n";
}
function download(name, text) {
  const link = el("a", {href: URL.createObjectURL(new Blob(["\ufeff" + text], {type: "text/csv;charset=utf-8"})), download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
function decorateTables() {
  for (const table of document.querySelectorAll("table[data-name]")) {
    if (!table.classList.contains("mixing") && !table.dataset.sorts) {
      table.dataset.sorts = "1";
      [...table.tHead.rows[0].cells].forEach((head, column) => {
        if (head.tagName !== "TH") return;
        const button = el("button", {type: "button", onclick: () => sortTable(table, column, head)});
        button.append(...head.childNodes);
        head.append(button);
      });
    }
    const box = table.parentElement;
    let button = box.nextElementSibling;
    if (!button?.classList.contains("csv")) {
      button = el("button", {type: "button", class: "csv", onclick: () => download(table.dataset.name + ".csv", tableCsv(table))});
      box.after(button);
    }
    button.textContent = say("csv");
    button.setAttribute("aria-label", `${say("csv")}${say("colon")}${table.caption ? visibleText(table.caption) : ""}`);
  }
}

// ---- printing: folded tables are printed, and of the actors those unfolded -----------------------------------------------------------------------------
let folds = [];
addEventListener("beforeprint", () => {
  folds = [...document.querySelectorAll("details.fold:not([open])")];
  for (const fold_ of folds) fold_.open = true;
});
addEventListener("afterprint", () => { for (const fold_ of folds) fold_.open = false; });

makeMapLive();
setLanguage(lang, false);
addEventListener("hashchange", readHash);
if (location.hash.includes("=")) readHash();
root.dataset.ready = Math.round(performance.now());  // milliseconds from opening to usable
setTimeout(() => key(0), 300);  // names folded before someone types
