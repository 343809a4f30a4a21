// SPDX-License-Identifier: EUPL-1.2
// Asks every page of a running server for every role that may, many times, while something is written now and then, so
// that nothing is answered from memory alone. The server's own log has the times; pages.sh counts them.
//     node tests/bench/pages.mjs BASE PASSWORD ROUNDS < routes
import { readFileSync } from "node:fs";

const [base, password, rounds] = process.argv.slice(2);
const logins = ["aanmeldteam", "medewerker-oost", "teamleider-oost", "kwaliteit", "klachten", "bestuur", "backoffice",
  "accountmanager", "adviesraad", "partner", "fg", "beheer"];
const routes = readFileSync(0, "utf8").split("\n").map((l) => l.trim().split(/\s+/)).filter((f) => f[0] === "GET").map((f) => f[1]);
const names = ["jansen", "de vries", "el khat", "yilmaz", "van den", "kowalski", "smit", "06-555", "0492", "bakker", "fat", "moha"];

let seed = 1;
const random = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n; };
const token = (html) => (/name="csrf" value="([^"]+)"/.exec(html) ?? [])[1];

async function login(name) {
  const body = new URLSearchParams({ login: name, password });
  const answer = await fetch(`${base}/login`, { method: "POST", body, redirect: "manual" });
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0];
  if (!cookie) throw new Error(`cannot log in as ${name}`);
  return { cookie, csrf: token(await (await fetch(`${base}/help`, { headers: { cookie } })).text()) };
}
const get = async (s, path) => { const a = await fetch(base + path, { headers: { cookie: s.cookie }, redirect: "manual" }); return { status: a.status, text: await a.text() }; };
const post = (s, path, form) => fetch(base + path, { method: "POST", headers: { cookie: s.cookie }, redirect: "manual",
  body: new URLSearchParams({ csrf: s.csrf, ...form }) }).then(async (a) => { await a.arrayBuffer(); return a.status; });

// Addresses with a number: taken from the links of the pages that this role sees.
const shape = (path) => path.replace(/\d+/g, "{id}");
const known = new Map();
const learn = (html) => {
  for (const [, path] of html.matchAll(/href="(\/[a-z_/]+\/\d+[a-z_/]*)"/g)) {
    const list = known.get(shape(path)) ?? known.set(shape(path), []).get(shape(path));
    if (list.length < 400 && !list.includes(path)) list.push(path);
  }
};

const sessions = [];
for (const name of logins) sessions.push([name, await login(name)]);
const writer = sessions[0][1];
let asked = 0;
for (let round = 0; round < Number(rounds); round++) {
  for (const [, s] of sessions)
    for (const route of routes) {
      if (/login|healthz|gezond|\{word\}/.test(route)) continue;
      const list = known.get(route);
      if (route.includes("{id}") && !list) continue;
      const path = list ? list[random(list.length)] : route;
      const { status, text } = await get(s, path);
      asked++;
      if (status >= 500) throw new Error(`${path}: ${status}`);
      if (status === 200) learn(text);
      if (asked % 20 === 0)
        await post(writer, "/signals", { about: "Bench", topic: "other", severity: "1", source: "worker" });
    }
  for (const name of names) await post(writer, "/search", { q: name });
}
console.log(`${asked} pages asked`);
process.exit(0);
