// SPDX-License-Identifier: EUPL-1.2
// A hostile string in every text column adds no element to any page: two registers with the same rows, one harmless.
import { check, expected, makeRegister, measured, open, serve, sql, test } from "./lib.mjs";
import { pages } from "./pages.mjs";

const bad = `"><img src=x onerror=alert(1)><script>alert(2)</script>'<b>&amp;</b>{{1}}`;
const good = "Gewone tekst met een ' en een streep";

// The columns that hold what somebody typed: some value has a capital. Codes, days and moments have not, and
// another text there would change what is shown, not how it is written. What is sealed goes in through the form.
function typedColumns(file) {
  const keep = /^(session|migration|access_log|closing_day|once|sqlite\w*)\.|^account\.(login|role|password|locked_until)$/;
  const columns = sql(file, `SELECT m.name || '.' || p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p
    WHERE m.type = 'table' AND p.type = 'TEXT' AND p.name NOT LIKE '%\\_at' ESCAPE '\\' ORDER BY 1;`).trim().split("\n");
  return sql(file, columns.filter((c) => !keep.test(c)).map((c) => {
    const [table, column] = c.split(".");
    return `SELECT '${c}' WHERE EXISTS (SELECT 1 FROM "${table}" WHERE "${column}" GLOB '*[A-Z]*' AND "${column}" NOT GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]*');`;
  }).join("\n")).trim().split("\n");
}

function fill(file, text) {
  const q = text.replaceAll("'", "''");
  const columns = typedColumns(file);
  check(columns.length >= 15, `only ${columns.length} text columns found`);
  sql(file, sql(file, "SELECT 'DROP TRIGGER \"' || name || '\";' FROM sqlite_master WHERE type = 'trigger';"));
  const bare = new Set(sql(file, "SELECT name FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%';").trim().split("\n"));
  sql(file, columns.map((c) => {
    const [table, column] = c.split(".");
    if (table === "setting") return `UPDATE setting SET value = '${q}' WHERE name IN ('municipality', 'phone');`;
    const own = bare.has(table) ? "" : " || ' ' || rowid"; // some must differ from each other
    return `UPDATE OR IGNORE "${table}" SET "${column}" = '${q}'${own} WHERE "${column}" IS NOT NULL;`;
  }).join("\n"));
}

async function register(page, text) {
  await page.goto("/requests/new");
  for (const field of ["name", "phone", "question", "why"]) await page.fill(`#${field}`, text.slice(0, field === "phone" ? 40 : 110));
  await page.selectOption("#safe_call", "yes");
  await page.fill("#birth", "3-3-1951");
  await page.check("input[name=danger][value=no]");
  await page.check("input[name=urgency][value='4']");
  await page.click("main form button[type=submit]");
  await page.waitForURL(/requests\/\d+/);
  const id = Number(page.url().match(/requests\/(\d+)/)[1]);
  await page.check("input[name=result][value=reached]");
  await page.fill("#note", text);
  await page.click("main form button[type=submit]");
  await page.waitForURL(/done=call/);
  return id;
}

const count = (page) => page.evaluate(() => {
  const n = {};
  for (const e of document.querySelectorAll("*")) {
    // The periods of each list are made one after the other: there only what the string would add is counted.
    if (e.closest("#newcomers") && !/^(IMG|SCRIPT|B)$/.test(e.tagName)) continue;
    n[e.tagName] = (n[e.tagName] ?? 0) + 1;
  }
  return JSON.stringify(n);
});

// A register with that text everywhere; what comes back walks the pages of these names and counts their elements.
async function walker(name, text) {
  const file = makeRegister(name, true);
  fill(file, text);
  const page = await open(await serve(file));
  const alarms = [];
  page.on("dialog", (d) => d.type() !== "beforeunload" && alarms.push(d.message()) && d.dismiss());
  await expected(page);
  const id = await register(page, text);
  const all = pages({ waiting: id, started: id, name: text.slice(0, 110), birth: "3-3-1951" }).filter((x) => x.login === undefined);
  return async (names) => {
    const result = {};
    for (const p of all.filter((x) => names === undefined || names.includes(x.name))) {
      await p.way(page);
      await measured(page);
      result[p.name] = await count(page);
    }
    check(alarms.length === 0, `a script ran: ${alarms}`);
    return result;
  };
}

// What is made behind the readers may stand on one of the two and not yet on the other: then both are looked at again.
export function hostileTests() {
  test("a hostile string in every text column adds no element", async () => {
    const good_walk = await walker("harmless", good), bad_walk = await walker("hostile", bad);
    let names, harmless, hostile;
    for (let i = 0; i < 5 && (names === undefined || names.length > 0); i++) {
      if (i > 0) await new Promise((done) => setTimeout(done, 15000));
      harmless = await good_walk(names);
      hostile = await bad_walk(names);
      names = Object.keys(harmless).filter((k) => harmless[k] !== hostile[k]);
    }
    check(names.length === 0, names.map((k) => `${k}\n  ${harmless[k]}\n  ${hostile[k]}`).join("\n"));
  }, 900000);
}
