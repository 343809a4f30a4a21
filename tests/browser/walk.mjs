// SPDX-License-Identifier: EUPL-1.2
// Every page of the route table, found by walking along the links as the first role that may open it.
//
// The walk has a register and a clock of its own: it is the same on each day, and nothing that another test saves changes it. Links
// that a page has in one state only are not left to luck: the walk begins at the records of `kinds`, taken from the register.
import { writeFileSync } from "node:fs";
import { check, expected, makeRegister, measured, openShared, run, serve, sql, test, testLooks } from "./lib.mjs";
import { looks } from "./pages.mjs";

const now = "2025-09-10T10:00:00"; // a Wednesday
const roles = ["team_lead", "teamleider-oost", "aanmeldteam", "medewerker-oost", "klachten", "kwaliteit", "backoffice", "bestuur",
  "beheer", "fg", "partner", "adviesraad", "accountmanager"];

// What a page can be about that decides which links it has: [name, addresses with who opens them (NULL: each role)].
const own = "standing s JOIN account a ON a.worker = s.worker WHERE a.login LIKE 'medewerker-%' AND s.sealed = 0";
const kinds = [
  ["a request in each state", `SELECT NULL, '/requests/' || request || '?correct=1' FROM
     (SELECT request, row_number() OVER (PARTITION BY state ORDER BY request DESC) AS nth FROM standing WHERE sealed = 0) WHERE nth <= 3`],
  ["an own case in each state", `SELECT login, '/requests/' || request || '?correct=1' FROM
     (SELECT a.login, s.request, row_number() OVER (PARTITION BY s.state ORDER BY s.request DESC) AS nth FROM ${own}) WHERE nth <= 3`],
  ["an own case that was closed and judged", `SELECT a.login, '/requests/' || s.request FROM ${own}
     AND s.state = 'closed' AND s.merged IS NULL AND s.request IN (SELECT request FROM closing) ORDER BY s.request DESC LIMIT 3`],
  ["an emergency without a first action", `SELECT NULL, '/requests/' || request FROM standing
     WHERE urgent_at IS NOT NULL AND protected_at IS NULL AND ended_at IS NULL AND sealed = 0 LIMIT 3`],
  ["a resident with helpers", "SELECT DISTINCT NULL, '/persons/' || person FROM network WHERE ends_on IS NULL LIMIT 3"],
  ["a resident with a household", "SELECT DISTINCT NULL, '/persons/' || person FROM household_member WHERE ends_on IS NULL LIMIT 3"],
  ["a letter that is due", `SELECT NULL, '/requests/' || l.request || '/law' FROM law l JOIN standing s ON s.request = l.request
     WHERE l.letter = 1 AND s.sealed = 0 ORDER BY l.request DESC LIMIT 3`],
];

const shape = (path) => path.replace(/\/\d+/g, "/{id}");
const toFind = () => run(["routes"]).split("\n").map((l) => l.trim().split(/\s+/)).filter((f) => f[0] === "GET").map((f) => f[1])
  .filter((p) => !/\{word\}|healthz|gezond|^\/$|login|alarm|\.ics$|\/rejects$|^\/access\/find$|^\/filters\/\{id\}\/open$/.test(p));

// Opens `todo` and what its pages link to; of pages of one shape (the requests) a handful, because what one can do there differs.
async function walk(base, login, todo, routes, found) {
  const { request } = (await openShared(base, { login })).context(), opened = new Set(todo), times = new Map();
  for (let path = todo.shift(); path; path = todo.shift()) {
    const answer = await request.get(base + path, { maxRedirects: 0 });
    if (answer.status() !== 200 || !/text\/html/.test(answer.headers()["content-type"])) continue;
    const form = shape(path.split("?")[0]);
    if (!found.has(form)) found.set(form, { path, login });
    for (const [, raw] of (await answer.text()).matchAll(/href="(\/[^"#]*\d[^"#]*)"/g)) {
      const href = raw.replaceAll("&amp;", "&"), to = shape(href.split("?")[0]), seen = times.get(to) ?? 0;
      if (!routes.includes(to) || opened.has(href) || seen >= 8) continue;
      times.set(to, seen + 1);
      opened.add(href);
      todo.push(href);
    }
  }
}

// found: route to { path, login }; absent: the kinds of which the register has none.
export async function findPages(base, file) {
  const routes = toFind(), found = new Map(), absent = [], begin = [];
  for (const [name, text] of kinds) {
    const rows = sql(file, `${text};`).trim().split("\n").filter((l) => l).map((l) => l.split("|"));
    if (rows.length === 0) absent.push(name);
    begin.push(...rows);
  }
  const plain = routes.filter((r) => !r.includes("{"));
  for (const login of roles) await walk(base, login, [...plain, ...begin.filter(([who]) => !who).map(([, path]) => path)], routes, found);
  for (const login of new Set(begin.map(([who]) => who).filter((who) => who)))
    await walk(base, login, begin.filter(([who]) => who === login).map(([, path]) => path), routes, found);
  return { found, absent, missing: routes.filter((r) => !found.has(r)) };
}

// Outlines of its neighbourhoods, side by side: the register gets a drawn map.
function outline(file) {
  const names = sql(file, "SELECT name FROM neighbourhood;").trim().split("\n");
  const square = (i) => [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]].map(([x, y]) => [5.6 + 0.02 * (i % 4 + x), 51.4 + 0.015 * (Math.floor(i / 4) + y)]);
  const features = names.map((name, i) => (
    { type: "Feature", properties: { name }, geometry: { type: "Polygon", coordinates: [square(i)] } }));
  writeFileSync(`${file}.geojson`, JSON.stringify({ type: "FeatureCollection", features }));
  run(["map", file, `${file}.geojson`, "--name-field", "name", "--source", "Bron: verzonnen vierkanten voor een test"], "", now);
}

// What is written in a drawing can be read on the ground of the page.
async function mapProblems(page) {
  await page.setViewportSize({ width: 390, height: 900 });
  await page.emulateMedia({ colorScheme: "dark" });
  return page.evaluate(() => {
    const map = [...document.querySelectorAll("main .peil-map--drawn")].find((m) => m.checkVisibility());
    if (!map) return ["no drawn map"];
    const text = [...map.querySelectorAll(".peil-map__row, .peil-map__number, .peil-map__source")], bad = [];
    const light = (colour) => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, v) => sum + Number(v), 0) / 3;
    if (text.length < 3) bad.push("no list below it");
    for (const t of text) if (light(getComputedStyle(t).fill) < 150) bad.push(`dark on dark: ${t.textContent}`);
    if (map.getBoundingClientRect().width > 390) bad.push("wider than the phone");
    return bad;
  });
}

const every = looks.filter(([name]) => !/dark, 1280|light, 390|forced/.test(name));

export async function everyPageTests() {
  const file = makeRegister("walk", true, now);
  sql(file, `INSERT INTO saved_filter (account, page, name, query, made_at)
    SELECT id, '/waiting', 'Lang', 'urgency=4', '2024-01-01T00:00:00Z' FROM account WHERE login = 'kwaliteit';`);
  run(["baseline", file, "seal", "--name", "Nulmeting"], "", now);
  outline(file);
  const base = await serve(file, now);
  const { found, absent, missing } = await findPages(base, file);
  test("every page: the links lead to each of them", async () => {
    check(absent.length === 0, `the register of the walk has no ${absent.join(", no ")}`);
    check(missing.length === 0, `no link found to ${missing.join(" ")}`);
  });
  test("every page: what is expected has been made", async () => expected(await openShared(base)), 400000);
  for (const [route, { path, login }] of found)
    testLooks(`every page: ${route}`, async () => {
      const page = await openShared(base, { login });
      const answer = await page.goto(path);
      check(answer.status() === 200, `${path} answers ${answer.status()}`);
      await measured(page);
      return page;
    }, every);
  testLooks("every page: a drawn map", async () => {
    const page = await openShared(base, { login: "kwaliteit" });
    await page.goto("/indicators/I1?period=12");
    await measured(page);
    return page;
  }, [...every, ["drawn map on a phone", mapProblems]]);
}
