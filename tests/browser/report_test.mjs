// The report in a real browser: playwright-core drives Debian's Chromium, axe-core judges accessibility. See README.md.
//   node tests/browser/report_test.mjs build/release/tools/maillage datasets [--update-golden] [--only WORD]
// Leaves with 77 (skipped) and a word when the browser or a package is not there.
import {execFileSync} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {inflateSync} from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const [program, datasets, ...flags] = process.argv.slice(2);
const only = flags.includes("--only") ? flags[flags.indexOf("--only") + 1] : "";

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(77);
}
const chromiumPath = process.env.MAILLAGE_CHROMIUM ?? "/usr/bin/chromium";
if (!existsSync(chromiumPath)) skip(`no browser at ${chromiumPath} (Debian's package chromium, or MAILLAGE_CHROMIUM)`);
let chromium, axe;
try {
  ({chromium} = await import("playwright-core"));
  axe = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");
} catch {
  skip("playwright-core and axe-core are not installed (npm ci in tests/browser)");
}

// ---- a few words to test with ----------------------------------------------------------------------------------------
let failures = 0, checks = 0;
function check(ok, what, detail = "") {
  ++checks;
  if (!ok) {
    ++failures;
    console.log(`  FAILED: ${what}${detail === "" ? "" : `: ${typeof detail === "string" ? detail : JSON.stringify(detail)}`}`);
  }
}
const same = (got, expected, what) => check(JSON.stringify(got) === JSON.stringify(expected), what, {got, expected});
const folder = mkdtempSync(join(tmpdir(), "maillage-browser-"));
process.on("exit", () => rmSync(folder, {recursive: true, force: true}));

function pageOf(dataset, language = "fr") {
  const file = join(folder, `${dataset.replace(/\W+/g, "-")}-${language}.html`);
  if (!existsSync(file)) {
    execFileSync(program, ["report", existsSync(dataset) ? dataset : join(datasets, dataset), "--lang", language, "-o", file, "--quiet"]);
  }
  return pathToFileURL(file).href;
}

const browser = await chromium.launch({executablePath: chromiumPath, args: ["--no-sandbox"]})
  .catch((error) => skip(`the browser does not start: ${error.message.split("\n")[0]}`));

/// A page of its own, with what it asks for and complains about written down.
async function open(url, {width = 1280, height = 900, js = true, ...more} = {}) {
  const context = await browser.newContext({viewport: {width, height}, javaScriptEnabled: js, acceptDownloads: true, ...more});
  const page = await context.newPage();
  const seen = {requests: [], errors: []};
  page.on("request", (request) => { if (!request.url().startsWith("data:")) seen.requests.push(request.url()); });
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) seen.errors.push(message.text()); });
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("dialog", (dialog) => { seen.errors.push("dialog: " + dialog.message()); dialog.dismiss(); });
  await page.goto(url);
  if (js) await page.waitForSelector("html[data-ready]", {state: "attached"});
  return {page, seen, close: () => context.close()};
}
async function axeSays(page, what, parts = ["body"]) {
  // sections off the screen are looked at too; of long lists, whose entries are alike, the beginning
  await page.evaluate(() => {
    for (const s of document.querySelectorAll("main>section")) s.style.contentVisibility = "visible";
    for (const [items, most] of [["tbody", 8], ["#lists", 6], ["#nodes", 40], [".names", 40], ["select", 8]]) {
      for (const list of document.querySelectorAll(items)) while (list.children.length > most) list.lastElementChild.remove();
    }
  });
  await page.evaluate(axe);
  const found = await page.evaluate((include) => globalThis.axe.run({include}, {resultTypes: ["violations"], elementRef: false,
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}), parts);
  same(found.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`), [], `axe: ${what}`);
}
const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);
const shownText = (page, selector) => page.locator(selector).first().innerText();

const tests = {
  async "one request, nothing on the console, usable within a second"() {
    const {page, seen, close} = await open(pageOf("centre-val-de-loire"));
    const ready = await page.evaluate(() => Number(document.documentElement.dataset.ready));
    console.log(`  usable after ${ready.toFixed(0)} ms`);
    check(ready < 3000, "usable soon (a second on an idle machine)", ready);
    same(seen.requests.length, 1, "one request");
    same(seen.errors, [], "console");
    const blocked = await page.evaluate(async () => {
      const broken = new Promise((resolve) => addEventListener("securitypolicyviolation", (e) => resolve(e.effectiveDirective), {once: true}));
      fetch("http://127.0.0.1:9/").catch(() => {});
      return broken;
    });
    same(blocked, "connect-src", "the policy lets it ask for nothing");
    await close();
  },

  async "complete without JavaScript"() {
    const {page, seen, close} = await open(pageOf("centre-val-de-loire"), {js: false});
    same(seen.requests.length, 1, "one request");
    await page.emulateMedia({media: "print"});  // every section is laid out
    const text = await page.locator("main").innerText();
    await page.emulateMedia({media: "screen"});
    for (const part of ["L’essentiel", "Partenariats à ouvrir", "Carte", "Communautés", "Ouverture du réseau", "Consortiums",
      "Programme de rencontres", "Les données sont-elles saines", "Méthode, sources et paramètres", "sha256:", "Qui est lié à qui",
      "Qui fait le pont", "Le réseau avant et après", "Krackhardt"]) {
      check(text.includes(part), `without a script: ${part}`);
    }
    check(!text.includes("In short"), "the other language is hidden");
    check(await page.locator("#map-svg").isVisible(), "the map is there");
    const tours = page.locator("#lists details", {has: page.locator("summary", {hasText: /^Université de Tours$/})});
    await tours.locator("summary").click();
    same(await tours.locator("ol > li").count(), 3, "three partnerships for the Université de Tours");
    check((await tours.locator("ol > li p:visible").first().innerText()).length > 60, "with the reason in sentences");
    await page.locator("label[for=l-en]").click();
    const english = await page.locator("main").innerText();
    check(english.includes("In short") && !english.includes("L’essentiel"), "the language changes without a script");
    await close();
  },

  async "French and English"() {
    const {page, close} = await open(pageOf("centre-val-de-loire"));
    const hidden = (language) => page.evaluate((l) => [...document.querySelectorAll(`main [lang=${l}], nav [lang=${l}]`)]
      .filter((e) => e.checkVisibility?.() && e.getClientRects().length).length, language);
    same(await hidden("en"), 0, "no English on the French page");
    await page.locator("label[for=l-en]").click();
    same(await page.evaluate(() => document.documentElement.lang), "en", "lang of the page");
    same(await hidden("fr"), 0, "no French on the English page");
    same(await shownText(page, "#search label"), "Search an actor", "the script speaks English");
    check(page.url().includes("lang=en"), "the address keeps the language", page.url());
    await page.reload();
    await page.waitForSelector("html[data-ready]", {state: "attached"});
    same(await page.evaluate(() => document.documentElement.lang), "en", "after reloading");
    await close();
    const other = await open(pageOf("karate", "en"));
    same(await other.page.evaluate(() => document.documentElement.lang), "en", "--lang en opens in English");
    await other.close();
  },

  async "keyboard alone: which three partnerships should the Université de Tours open, and why"() {
    const {page, seen, close} = await open(pageOf("centre-val-de-loire"));
    const stops = [];
    for (let i = 0; i < 4; ++i) {
      await page.keyboard.press("Tab");
      stops.push(await page.evaluate(() => {
        const e = document.activeElement, style = getComputedStyle(e), label = document.querySelector(`label[for="${e.id}"]`);
        const outlined = style.outlineStyle !== "none" || (label && getComputedStyle(label).outlineStyle !== "none");
        return [e.id || e.className || e.tagName, outlined];
      }));
    }
    same(stops.map((s) => s[0]), ["skip", "l-fr", "find", "A"], "order of the first stops");
    same(stops.filter((s) => !s[1]), [], "focus can be seen");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.type("UNIVERSITE de tours");  // case and accents do not matter
    same(await page.locator("#find").getAttribute("aria-expanded"), "true", "the list opens");
    await page.keyboard.press("ArrowDown");
    same(await page.locator("#find-list [aria-selected=true]").innerText(), "Université de Tours Établissement d'enseignement supérieur, Tours", "first found");
    await page.keyboard.press("Enter");
    same(await focused(page), "h-actor", "the card has the focus");
    same(await shownText(page, "#h-actor"), "Université de Tours", "its card");
    same(await page.locator("#actor ol > li").count(), 3, "three partnerships");
    check((await page.locator("#actor ol > li p:visible").allInnerTexts()).every((t) => t.length > 60), "each with its reason");
    check(page.url().endsWith("#actor=univ-tours"), "the address keeps it", page.url());
    for (const word of ["Apporte", "Communauté", "Ouverture", "Meilleures complémentarités", "Travaille avec"]) {
      check((await page.locator("#actor").innerText()).includes(word), `the card says: ${word}`);
    }
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");  // copy
    await page.waitForFunction(() => document.getElementById("said").textContent !== "");
    same(await shownText(page, "#said"), "Copié.", "the copy is told");
    // the map: arrows go from actor to actor, Enter opens a card
    await page.locator("#nodes use").first().focus();
    const before = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    await page.keyboard.press("ArrowRight");
    const after = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    check(before !== after && after.length > 2, "an arrow goes to another actor", {before, after});
    check(await page.locator("#near path").getAttribute("d") !== null, "its neighbours are shown");
    await page.keyboard.press("Enter");
    same(after.startsWith(await shownText(page, "#h-actor")), true, "Enter opens its card");
    same(seen.errors, [], "console");
    await close();
  },

  async "filters, sorting, CSV, the state in the address"() {
    const {page, close} = await open(pageOf("centre-val-de-loire") + "#actor=brgm&kind=0");
    same(await shownText(page, "#h-actor"), "BRGM", "the address opens a card");
    same(await page.locator("#f-kind").inputValue(), "0", "and sets a filter");
    const told = await page.locator("#filtered > p").textContent();
    const kept = Number(told.match(/^\d+/)[0]);
    same(await page.locator("#nodes use:not(.off)").count(), kept, "as many signs stay as are told");
    await page.locator("#f-kind").selectOption("");
    for (const name of ["place", "expertise", "community", "year"]) {
      const select = page.locator("#f-" + name);
      await select.selectOption({index: 1});
      check(page.url().includes(name + "="), `the address keeps ${name}`);
      check(await page.locator("#nodes use.off").count() > 0, `${name} takes some away`);
      await select.selectOption("");
    }
    const table = page.locator("table[data-name=recommendations]");
    await table.locator("thead th button").first().click();
    same(await table.locator("thead th").first().getAttribute("aria-sort"), "ascending", "sorted");
    const names = await table.locator("tbody th").allInnerTexts();
    same(names, [...names].sort((a, b) => a.localeCompare(b, "fr", {numeric: true})), "rows in order");
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("button.csv[aria-label*='à ouvrir en premier']").first().click()]);
    same(download.suggestedFilename(), "recommendations.csv", "name of the file");
    const csv = readFileSync(await download.path(), "utf8");
    same(csv.split("\n").length, names.length + 2, "a line a row");
    check(!csv.includes("Reasons"), "in the language shown");
    await close();
  },

  async "axe: no violation, in both languages, with a card and a filter"() {
    const {page, close} = await open(pageOf("centre-val-de-loire") + "#actor=univ-tours&kind=1");
    await page.evaluate(() => { for (const d of [...document.querySelectorAll("details.fold")].slice(0, 3)) d.open = true; });
    await axeSays(page, "French");
    await page.evaluate(() => { for (const d of document.querySelectorAll("details.fold")) d.open = false; });
    await page.locator("label[for=l-en]").click();
    await axeSays(page, "English", ["header", "nav", "#actor", "#summary", "#map-tools", "#recommendations", "#method"]);
    await close();
  },

  async "the accessibility tree is the one reviewed"() {
    const {page, close} = await open(pageOf("mini-region"));
    const tree = await page.locator("body").ariaSnapshot();
    // landmarks, headings, captions, tools: not the figures, which analyses own
    const kept = tree.split("\n").filter((line) => /^\s*- '?(banner|navigation|main|contentinfo|search|heading|region|table|figure|img|combobox|button|radio|link|status|group)\b/.test(line))
      .filter((line) => !/button "(trier|\S+, )|link ".*\/url/.test(line)).map((line) => line.replace(/:$/, "").replace(/: .*$/, ""));
    const sections = [];
    let rows = 0;
    for (const line of kept) {
      if (/- button "/.test(line) && ++rows > 60) continue;
      sections.push(line);
    }
    const text = sections.join("\n") + "\n";
    const golden = join(here, "golden/mini-region.aria.txt");
    if (flags.includes("--update-golden")) {
      mkdirSync(dirname(golden), {recursive: true});
      writeFileSync(golden, text);
    }
    const expected = existsSync(golden) ? readFileSync(golden, "utf8") : "";
    const at = text.split("\n").findIndex((line, i) => line !== expected.split("\n")[i]);
    check(text === expected, `line ${at + 1} is not that of ${golden} (--update-golden writes it)`, text.split("\n")[at] ?? "");
    await close();
  },

  async "320 pixels wide, and zoomed"() {
    for (const [width, scale, language] of [[320, 1, "fr"], [640, 2, "en"]]) {
      {
        const {page, close} = await open(pageOf("centre-val-de-loire", language) + "#actor=univ-tours", {width, height: 640, deviceScaleFactor: scale});
        await page.evaluate(() => { for (const s of document.querySelectorAll("main>section")) s.style.contentVisibility = "visible"; });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        check(wide <= width, `no scrolling sideways at ${width}, ${language}`, wide);
        const small = await page.evaluate(() => [...document.querySelectorAll("button:not(.csv):not(th button), select, input[type=search]")]
          .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 24).length);
        same(small, 0, "targets of 24 pixels or more");
        await close();
      }
    }
  },

  async "printed: the headings are there, the tools are not"() {
    const {page, close} = await open(pageOf("centre-val-de-loire"));
    const pdf = await page.pdf({format: "A4", outline: true, tagged: true, preferCSSPageSize: true});
    const titles = outlineOf(pdf);
    for (const heading of ["L’essentiel", "Partenariats à ouvrir", "Carte", "Communautés du réseau", "Ouverture du réseau entre groupes", "Méthode, sources et paramètres"]) {
      check(titles.includes(heading), `heading in the PDF: ${heading}`, titles.slice(0, 12).join(" | "));
    }
    const pages = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
    console.log(`  ${pages} pages, ${titles.length} headings`);
    check(pages > 3 && pages < 60, "a report of a reasonable length", pages);
    await page.emulateMedia({media: "print"});
    check(!await page.locator("#search").isVisible() && !await page.locator("button.csv").first().isVisible(), "no tools on paper");
    await close();
  },

  async "names that are attacks are text"() {
    const dataset = join(folder, "hostile");
    mkdirSync(dataset);
    const attack = "<script>alert(1)</script>";
    const names = [attack, '" onload="alert(1)', '=HYPERLINK("http://evil.example","x")', "\u202Egnp.exe \u2066x\u2069", "👩‍🔬 Laboratoire",
      "ມະຫາວິທະຍາໄລແຫ່ງຊາດ", "--><!--", "Longue".repeat(50), "</title><img src=x onerror=alert(1)>", "@SUM(1+1)"];
    const cell = (text) => `"${text.replace(/"/g, '""')}"`;
    writeFileSync(join(dataset, "actors.csv"), "id,name,kind,lat,lon\n" + names.map((n, i) =>
      `a${i},${cell(n)},${cell(i % 2 ? '"onload=alert(1)' : "<b>k</b>")},${47 + i / 10},1`).join("\n"));
    writeFileSync(join(dataset, "expertises.csv"), `id,label_fr,label_en\nx,${cell(attack)},${cell(attack)}\ny,eau,water\n`);
    writeFileSync(join(dataset, "actor_expertises.csv"), "actor,expertise\n" + names.map((_, i) => `a${i},${i % 2 ? "x" : "y"}`).join("\n"));
    writeFileSync(join(dataset, "partnerships.csv"), "id,name,a,b,start\n" + names.slice(1).map((n, i) => `p${i},${cell(n)},a${i},a${i + 1},${2015 + i}`).join("\n"));
    writeFileSync(join(dataset, "maillage.json"), JSON.stringify({title: attack}));
    const {page, seen, close} = await open(pageOf(dataset));
    same(await page.title(), attack, "the title is text");
    same(await page.locator("script").count(), 2, "no script but ours");
    same(await page.locator("main img, main b b").count(), 0, "no markup of the data");
    for (const [i, name] of names.entries()) {
      await page.evaluate((id) => { location.hash = "actor=" + id; }, "a" + i);
      await page.waitForFunction((id) => location.hash === "#actor=" + id && !document.getElementById("actor").hidden, "a" + i);
      await page.waitForTimeout(30);
      same(await page.locator("#h-actor").textContent(), name.replace(/[\u202A-\u202E\u2066-\u2069]/g, ""), "name in the card");
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(wide <= 1280, "a long name does not break the page", wide);
    const buttons = page.locator("button.csv[aria-label^='Télécharger']");
    let guarded = 0;
    for (let i = 0; i < await buttons.count() && guarded < 2; ++i) {
      if (!await buttons.nth(i).isVisible()) continue;
      const [download] = await Promise.all([page.waitForEvent("download"), buttons.nth(i).click()]);
      const csv = readFileSync(await download.path(), "utf8");
      check(!/(^|[,\n\ufeff])"?[=@]/.test(csv), "no formula in a CSV", csv.match(/(^|[,\n\ufeff])"?[=@].{0,40}/)?.[0]);
      guarded += csv.includes("'=HYPERLINK") || csv.includes("'@SUM") ? 1 : 0;
    }
    check(guarded > 0, "a name that is a formula is led by an apostrophe");
    same(seen.errors, [], "console");
    same(seen.requests.length, 1, "one request");
    await axeSays(page, "attacks");
    await close();
  },

  async "poor datasets: a page that says what is missing"() {
    const poor = {one: {"actors.csv": "id,name\na,Alpha\n"}, unlinked: {"actors.csv": "id,name,kind\na,Alpha,x\nb,Beta,y\nc,Gamma,x\n"},
      bare: {"actors.csv": "id,name\na,Alpha\nb,Beta\nc,Gamma\n", "partnerships.csv": "id,a,b\np,a,b\nq,b,c\n"}};
    for (const [name, files] of Object.entries(poor)) {
      const dataset = join(folder, name);
      mkdirSync(dataset);
      for (const [file, text] of Object.entries(files)) writeFileSync(join(dataset, file), text);
      const {page, seen, close} = await open(pageOf(dataset));
      check(await page.locator("#summary .missing li").count() > 0, `${name}: says what is missing`);
      same(await page.locator("svg:not(:has(*))").count(), 0, `${name}: no empty picture`);
      same(await page.locator("table:not(:has(tbody tr))").count(), 0, `${name}: no empty table`);
      same(seen.errors, [], `${name}: console`);
      if (name === "bare") await axeSays(page, name);
      await close();
    }
  },
};

/// Titles of the outline of a PDF, from its objects, compressed or not.
function outlineOf(pdf) {
  const raw = pdf.toString("latin1");
  let all = raw;
  for (const match of raw.matchAll(/\/FlateDecode[^]*?stream\r?\n/g)) {
    const from = match.index + match[0].length, to = raw.indexOf("endstream", from);
    try { all += inflateSync(pdf.subarray(from, to)).toString("latin1"); } catch { /* a picture or a font */ }
  }
  const titles = [];
  for (const match of all.matchAll(/\/Title\s*(?:<([0-9A-Fa-f]+)>|\(((?:\\[^]|[^\\)])*)\))/g)) {
    let bytes = match[1] ? Buffer.from(match[1], "hex") : Buffer.from(match[2].replace(/\\([0-7]{3}|[^])/g, (_, c) =>
      c.length === 3 ? String.fromCharCode(parseInt(c, 8)) : {n: "\n", r: "\r", t: "\t"}[c] ?? c), "latin1");
    titles.push(bytes[0] === 0xFE && bytes[1] === 0xFF ? Buffer.from(bytes.subarray(2)).swap16().toString("utf16le") : bytes.toString("latin1"));
  }
  return titles.map((t) => t.trim());
}

const started = Date.now();
for (const [name, test] of Object.entries(tests)) {
  if (!name.includes(only)) continue;
  const from = Date.now();
  console.log(`- ${name}`);
  try { await test(); } catch (error) { check(false, "went on to the end", error.stack.split("\n").slice(0, 6).join("\n    ")); }
  console.log(`  ${Date.now() - from} ms`);
}
await browser.close();
console.log(`${checks} checks, ${failures} failed, ${((Date.now() - started) / 1000).toFixed(1)} s`);
process.exit(failures === 0 ? 0 : 1);
