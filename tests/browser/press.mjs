// SPDX-License-Identifier: EUPL-1.2
// Every form of every page, sent as it stands with something in each field: whatever is answered, it is not that the
// server failed, and the server goes on. One test a role, on a register of its own.
import { check, makeRegister, password, serve, test } from "./lib.mjs";

const roles = ["aanmeldteam", "teamleider-oost", "medewerker-oost", "kwaliteit", "klachten", "backoffice", "fg", "beheer", "bestuur", "partner"];
const PAGES = 200, ALIKE = 4; // pages of a role; pages and forms of one kind

const plain = (text) => text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const kind = (path) => path.split("?")[0].replace(/\/\d[\d-]*/g, "/{id}");
const left = /logout|password|language|\/login|\.(csv|xlsx|ics)|format=/; // what ends the walk, or is a file
function attribute(tag, name) {
  const found = tag.match(new RegExp(`^<[^>]*\\s${name}="([^"]*)"`));
  return found && plain(found[1]);
}

// What somebody who fills in everything would type.
function typed(name, tag) {
  if (/day|date|from|until|starts|ends|birth|review|due|_on$|_at$/.test(name)) return "20-11-2026";
  if (/time/.test(name)) return "10:00";
  if (/inputmode="(numeric|decimal)"/.test(tag)) return "3";
  if (/phone/.test(name)) return "06-55501234";
  return "Een tekst";
}

function filled(form) {
  const value = new Map();
  for (const [tag] of form.matchAll(/<input\b[^>]*>|<select\b[\s\S]*?<\/select>|<textarea\b[\s\S]*?<\/textarea>|<button\b[^>]*>/g)) {
    const name = attribute(tag, "name"), now = attribute(tag, "value"), type = attribute(tag, "type");
    if (!name || /^<[^>]* disabled/.test(tag)) continue;
    if (tag.startsWith("<select")) {
      const all = [...tag.matchAll(/<option\b[^>]*value="([^"]+)"[^>]*>/g)];
      const one = all.find((o) => o[0].includes(" selected")) ?? all[0];
      if (one) value.set(name, plain(one[1]));
    } else if (tag.startsWith("<textarea")) value.set(name, plain(tag.match(/>([\s\S]*)<\/textarea>/)[1]) || "Een tekst");
    else if (type === "radio" && value.has(name) && !/ checked/.test(tag)) continue;
    else if (["radio", "checkbox", "hidden", "range"].includes(type) || tag.startsWith("<button")) value.set(name, now ?? "on");
    else value.set(name, now || typed(name, tag));
  }
  return new URLSearchParams([...value]).toString();
}

class Presser {
  constructor(base) { Object.assign(this, { base, cookie: "", failed: [] }); }
  async ask(path, body) {
    const headers = { cookie: this.cookie, origin: this.base, ...(body && { "content-type": "application/x-www-form-urlencoded" }) };
    const answer = await fetch(this.base + path, { method: body ? "POST" : "GET", redirect: "manual", headers, body });
    if (answer.headers.get("set-cookie")) this.cookie = answer.headers.get("set-cookie").split(";")[0];
    if (answer.status >= 500) this.failed.push(`${body ? "POST" : "GET"} ${path}: ${answer.status}`);
    return { status: answer.status, text: await answer.text(), to: answer.headers.get("location") };
  }
  async enter(login) {
    await this.ask("/login");
    const answer = await this.ask("/login", new URLSearchParams({ login, password }).toString());
    check(answer.status === 303, `${login} cannot log in: ${answer.status}`);
  }
  async walk() {
    const queue = ["/today"], known = new Set(queue), pages = {}, sent = {};
    const add = (path) => {
      if (known.has(path) || left.test(path)) return;
      pages[kind(path)] = (pages[kind(path)] ?? 0) + 1;
      if (pages[kind(path)] <= ALIKE) { known.add(path); queue.push(path); }
    };
    for (let n = 0; queue.length > 0 && n < PAGES; n++) {
      const path = queue.shift(), page = await this.ask(path);
      for (const [, to] of page.text.matchAll(/href="(\/[^"#]*)/g)) add(plain(to));
      for (const [form] of page.text.matchAll(/<form\b[^>]*method="post"[\s\S]*?<\/form>/g)) {
        const to = attribute(form, "action") || path;
        sent[kind(to)] = (sent[kind(to)] ?? 0) + 1;
        if (left.test(to) || /^<[^>]*multipart/.test(form) || sent[kind(to)] > ALIKE) continue;
        const answer = await this.ask(to, filled(form));
        if (answer.status === 303) add(answer.to);
      }
    }
    return Object.keys(sent).length;
  }
}

export async function pressTests() {
  const base = await serve(makeRegister("pressed", true));
  for (const role of roles)
    test(`every form is sent: ${role}`, async () => {
      const p = new Presser(base);
      await p.enter(role);
      const kinds = await p.walk();
      check(kinds > 0, "no form was found");
      check(p.failed.length === 0, p.failed.slice(0, 8).join("\n"));
    }, 240000);
}
