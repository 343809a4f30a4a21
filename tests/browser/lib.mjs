// SPDX-License-Identifier: EUPL-1.2
// What the browser tests share: registers, servers, a browser, and a list of tests that counts.
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

process.env.TZ = "Europe/Amsterdam"; // days and hours are Dutch ones, as those of Peil

export const password = "een-lang-wachtwoord";
const peil = resolve(process.env.PEIL);
const work = process.env.PEIL_WORK;
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const tests = [];
// ms: how long it may take, for a long way with the keyboard.
export const test = (name, run, ms) => tests.push({ name, run, ms });
// Several looks at one page: brings it there once; looks are [name, find], and find gives a list of what is wrong.
export const testLooks = (name, bring, looks) => tests.push({ name, bring, looks });
export function check(ok, what) {
  if (!ok) throw new Error(what);
}

// A browser that does not answer is a failure, not a wait without end.
const patience = 60000;
function within(promise, what, ms = patience) {
  let timer;
  const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`${what}: no answer in ${ms / 1000} s`)), ms); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export async function runAll(filter) {
  const todo = tests.filter((x) => !filter || x.name.includes(filter));
  let passed = 0, failed = 0;
  const one = async (name, run, ms) => {
    try {
      await within(run(), name, ms);
      passed++;
    } catch (error) {
      failed++;
      console.log(`FAILED ${name}\n  ${String(error.message ?? error).split("\n").slice(0, 12).join("\n  ")}`);
    }
  };
  for (const t of todo.filter((x) => x.run)) await one(t.name, t.run, t.ms);
  const groups = todo.filter((x) => x.looks);
  const worker = async () => {
    for (let t = groups.shift(); t; t = groups.shift()) {
      let page;
      await one(`${t.name}: comes up`, async () => { page = await t.bring(); });
      for (const [name, find] of page ? t.looks : [])
        await one(`${t.name}: ${name}`, async () => {
          const bad = await find(page);
          check(bad.length === 0, bad.slice(0, 8).join("\n"));
        });
      if (page) await within(page.close(), "close").catch(() => {});
    }
  };
  await Promise.all([worker(), worker()]);
  return { passed, failed };
}

export const isoDay = (date) => date.toLocaleDateString("sv-SE");

// now: the moment at which its clock stands (PEIL_NOW, "2024-01-03T16:55:00" Dutch time).
const clock = (now) => ({ ...process.env, ...(now ? { PEIL_NOW: now } : {}) });
export const run = (args, input = "", now) => execFileSync(peil, args, { input, stdio: ["pipe", "pipe", "pipe"], encoding: "utf8", env: clock(now) });

// A register with the accounts of the demo ("klachten", "teamleider-oost" ...), "team_lead" (sees all teams) and "quality".
// now: the moment until which it goes, for a register that is the same on each day on which the tests run.
export function makeRegister(name, made, now) {
  const file = `${work}/${name}.db`;
  const from = isoDay(new Date((now ? Date.parse(now) : Date.now()) - 600 * 86400e3)); // many wait
  if (made) run(["demo", file, "--seed", "1", "--from", from, "--password", password, ...(now ? ["--to", now.slice(0, 10)] : [])], "", now);
  else run(["init", file]);
  for (const role of ["team_lead", "quality"])
    run(["user", "add", file, "--login", role, "--name", role, "--role", role], `${password}\n`, now);
  return file;
}

export const sql = (file, text) => execFileSync("sqlite3", [file], { input: text, encoding: "utf8" });

const freePort = () => new Promise((done) => {
  const s = createServer().listen(0, "127.0.0.1", () => {
    const { port } = s.address();
    s.close(() => done(port));
  });
});

const servers = [];
// now: the moment at which the clock of this server starts; it runs on from there.
export async function serve(file, now) {
  const port = await freePort();
  const server = spawn(peil, ["serve", file, "--listen", `127.0.0.1:${port}`, "--quiet"],
    { stdio: "ignore", env: clock(now) });
  servers.push(server);
  const base = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; i++) {
    try {
      if ((await fetch(`${base}/healthz`)).ok) return base;
    } catch { /* not up yet */ }
    await new Promise((r) => setTimeout(r, 50));
  }
  throw new Error("the server does not answer");
}

let browser;
// A context of these options, logged in once; each test gets a page of its own in it.
const contexts = new Map();
export async function openShared(base, { login = "team_lead", width = 1280, ...options } = {}) {
  const key = JSON.stringify([base, login, width, options]);
  if (!contexts.has(key)) contexts.set(key, open(base, { login, width, ...options }));
  return follow(await (await contexts.get(key)).context().newPage());
}

// Keeps what went wrong in the page, and the source of the last document.
function follow(page) {
  page.setDefaultTimeout(60000); // long enough for a busy machine; what is there is there at once
  page.problems = [];
  page.on("pageerror", (e) => page.problems.push(String(e)));
  page.on("console", (m) => m.type() === "error" && !/status of 4\d\d/.test(m.text()) && page.problems.push(m.text()));
  page.on("dialog", (d) => d.type() === "beforeunload" && !page.ask && d.accept());
  page.on("response", (r) => {
    if (r.request().resourceType() === "document" && r.status() !== 303) page.source = r.text().catch(() => "");
  });
  return page;
}

export async function open(base, { login = "team_lead", width = 1280, ...options } = {}) {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });
  const context = await browser.newContext({ viewport: { width, height: 900 }, baseURL: base, locale: "nl-NL", ...options });
  const page = follow(await context.newPage());
  if (login) await enter(page, login);
  return page;
}

export async function enter(page, login) {
  await page.goto("/login");
  await page.fill("#login", login);
  await page.fill("#password", password);
  await page.click("main button[type=submit]");
  await page.waitForURL((u) => u.pathname !== "/login", { timeout: 240000 }); // passwords are slow on purpose
}

// Waits until the expected periods of this register are made, behind the readers.
export async function expected(page) {
  for (let i = 0; i < 200; i++) {
    await page.goto("/forecast").catch(() => {}); // the page looks again by itself meanwhile
    if (await page.locator("#drivers-title").count().catch(() => 0) > 0) return;
    await page.waitForTimeout(2000);
  }
  check(false, "the forecast is not made");
}

// What is measured for the first time is looked at again until it is there.
export async function measured(page) {
  for (let i = 0; i < 60 && await page.locator("[data-reload]").count() > 0; i++) {
    await page.waitForTimeout(500);
    await page.reload();
  }
}

export async function closeAll() {
  await browser?.close();
  for (const s of servers) s.kill();
}
