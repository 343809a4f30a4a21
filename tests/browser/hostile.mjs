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

async function counts(name, text) {
  const file = makeRegister(name, true);
  fill(file, text);
  const page = await open(await serve(file));
  const alarms = [];
  page.on("dialog", (d) => d.type() !== "beforeunload" && alarms.push(d.message()) && d.dismiss());
  await expected(page); // both with their periods
  const id = await register(page, text);
  const ids = { waiting: id, started: id, name: text.slice(0, 110), birth: "3-3-1951" };
  const result = {};
  for (const p of pages(ids).filter((x) => x.login === undefined)) {
    await p.way(page);
    await measured(page);
    result[p.name] = await count(page);
  }
  check(alarms.length === 0, `a script ran: ${alarms}`);
  await page.context().close();
  return result;
}

export function hostileTests() {
  test("a hostile string in every text column adds no element", async () => {
    const harmless = await counts("harmless", good);
    const hostile = await counts("hostile", bad);
    const differ = Object.keys(harmless).filter((k) => harmless[k] !== hostile[k]);
    check(differ.length === 0, differ.map((k) => `${k}\n  ${harmless[k]}\n  ${hostile[k]}`).join("\n"));
  }, 600000);
}
