// SPDX-License-Identifier: EUPL-1.2
// Counts the indicators again from what `peil export` gives, in another language and without any code of Peil, and compares
// with `peil measure`. Usage: node recount.mjs PEIL REGISTER REFERENCE_DAY. Ends with 1 at the first kind of difference.
//
import { execFileSync } from "node:child_process";

const [peil, register, day] = process.argv.slice(2);
const run = (...words) => execFileSync(peil, words, { maxBuffer: 1 << 30, encoding: "utf8" });
const table = (name) => JSON.parse(run("export", register, "--table", name, "--format", "json"));

// ── Time in the Netherlands ──
const DAY = 86400;
const t = (iso) => (iso == null ? null : Date.parse(iso) / 1000);
const dayNumber = (iso) => (iso == null ? null : Date.parse(`${iso}T00:00:00Z`) / 1000 / DAY);
const lastSunday = (year, month) => { const d = new Date(Date.UTC(year, month, 0)); return Date.UTC(year, month - 1, d.getUTCDate() - d.getUTCDay(), 1) / 1000; };
const offset = (s) => { const y = new Date(s * 1000).getUTCFullYear(); return s >= lastSunday(y, 3) && s < lastSunday(y, 10) ? 7200 : 3600; };
const nlDay = (s) => Math.floor((s + offset(s)) / DAY);
const begin = (d) => { const s = d * DAY - 3600; return offset(s) === 7200 ? s - 3600 : s; };
const end = (d) => begin(d + 1) - 1;
const civil = (d) => { const x = new Date(d * DAY * 1000); return [x.getUTCFullYear(), x.getUTCMonth() + 1, x.getUTCDate()]; };
const number = (y, m, d) => Date.UTC(y, m - 1, d) / 1000 / DAY;
const easter = (y) => { // Gauss
  const a = y % 19, b = y % 4, c = y % 7, k = Math.floor(y / 100), p = Math.floor((13 + 8 * k) / 25), q = Math.floor(k / 4);
  const M = (15 - p + k - q) % 30, N = (4 + k - q) % 7, d = (19 * a + M) % 30, e = (2 * b + 4 * c + 6 * d + N) % 7;
  let n = 22 + d + e; if (d === 29 && e === 6) n = 50; if (d === 28 && e === 6 && (11 * M + 11) % 30 < 19) n = 49;
  return number(y, 3, 1) + n - 1;
};
const weekday = (d) => ((((d + 3) % 7) + 7) % 7) + 1; // 1 Monday
const closing = new Set(table("closing_days").map((r) => dayNumber(r.day)));
const holidays = new Map();
const isWorking = (d) => {
  const [y] = civil(d);
  if (!holidays.has(y)) {
    const e = easter(y), king = number(y, 4, 27);
    holidays.set(y, new Set([number(y, 1, 1), e - 2, e, e + 1, weekday(king) === 7 ? king - 1 : king, number(y, 5, 5), e + 39, e + 49, e + 50, number(y, 12, 25), number(y, 12, 26)]));
  }
  return weekday(d) < 6 && !holidays.get(y).has(d) && !closing.has(d);
};
const addWorking = (d, n) => { if (n === 0) { while (!isWorking(d)) d++; return d; } while (n > 0) { d++; if (isWorking(d)) n--; } return d; };
const addMonths = (d, n) => { const [y, m, dd] = civil(d); const last = new Date(Date.UTC(y, m + n, 0)).getUTCDate(); return number(y, m + n, Math.min(dd, last)); };
const within = (from, text) => { // the last moment of a length from a moment
  const [, n, unit] = /^(\d+)(\w+)$/.exec(text), k = Number(n), d = nlDay(from);
  return { s: () => from + k, d: () => end(d + k), w: () => end(d + 7 * k), wd: () => end(k === 0 ? d : addWorking(d, k)), mo: () => end(addMonths(d, k)) }[unit]();
};

// ── The register ──
const at = end(dayNumber(day)) + 1; // --at D: everything before the end of that day
const settings = Object.fromEntries(table("settings").map((r) => [r.name, r.value]));
const set = (name, other) => Number(settings[name] ?? other);
const known = (s) => s != null && s <= at;
const places = table("neighbourhoods");
const requests = table("requests").filter((r) => known(t(r.received_at))).map((r) => ({ ...r, id: Number(r.id), received: t(r.received_at), recorded: t(r.recorded_at), events: [], lines: [], plans: [] }));
const byId = new Map(requests.map((r) => [r.id, r]));
for (const e of table("events")) if (known(t(e.occurred_at))) byId.get(Number(e.request))?.events.push({ ...e, seq: Number(e.seq), at: t(e.occurred_at), until: t(e.until), object: e.object == null ? null : Number(e.object), number: e.number == null ? null : Number(e.number), urgency: e.urgency == null ? null : Number(e.urgency) });
for (const l of table("help_lines")) byId.get(Number(l.request))?.lines.push({ id: Number(l.id), seq: Number(l.seq), kind: l.kind });
for (const p of table("plans")) byId.get(Number(p.request))?.plans.push({ seq: Number(p.seq), main: p.main });
const group = (rows) => rows.reduce((m, r) => m.set(Number(r.request), [...(m.get(Number(r.request)) ?? []), r]), new Map());
const closings = group(table("closings")), goals = group(table("goals")), areas = group(table("areas"));
const carers = new Set(table("intakes").filter((r) => r.carer === "yes" || r.carer === "overloaded").map((r) => Number(r.request)));
const ENDS = ["merged", "redirected", "closed"];
const direct = (kind) => kind === "team" || kind === "group";

for (const r of requests) {
  // what was taken back, the newest first
  for (const u of [...r.events].sort((a, b) => b.seq - a.seq))
    if (u.kind === "undone" && !u.undone) for (const e of r.events) if (e.seq === u.number && e.kind !== "registered") e.undone = true;
  r.events.sort((a, b) => (b.kind === "registered") - (a.kind === "registered") || a.at - b.at || ENDS.includes(a.kind) - ENDS.includes(b.kind) || a.seq - b.seq);
  const live = (r.live = r.events.filter((e) => !e.undone));
  const first = (...kinds) => live.find((e) => kinds.includes(e.kind))?.at ?? null;
  const endEvent = live.find((e) => ENDS.includes(e.kind));
  r.ended = endEvent?.at ?? null;
  r.endReason = endEvent?.kind === "merged" ? "duplicate" : endEvent?.reason;
  r.merged = live.find((e) => e.kind === "merged")?.object ?? null;
  r.started = first("first_talk");
  r.left = r.started ?? r.ended;
  // urgency, and since when it is an emergency
  r.urgency = 0; r.urgentAt = null; r.protectedAt = null; r.worse = []; r.team = null;
  for (const e of live) {
    if (r.ended != null && e.at > r.ended && !ENDS.includes(e.kind) && e.urgency != null) continue;
    if (e.urgency != null) {
      const was = r.urgency === 4, never = r.urgency === 0;
      if (r.urgency !== 0 && e.urgency > r.urgency && (r.left == null || e.at <= r.left)) r.worse.push(e.at);
      if (e.urgency !== 4) r.urgentAt = null;
      else if (!was) { r.urgentAt = never ? r.received : e.at; if (!never) r.protectedAt = null; }
      r.urgency = e.urgency;
    }
    if (e.kind === "protected" && r.protectedAt == null) r.protectedAt = e.at;
    if (e.team != null) r.team = Number(e.team);
  }
  r.protected = r.protectedAt;
  if (r.urgentAt != null && r.started != null && r.started >= r.urgentAt) r.protected = Math.min(r.protected ?? Infinity, r.started);
  r.confirmed = live.find((e) => e.kind === "informed" && e.reason === "receipt")?.at ?? null;
  r.triaged = first("triaged");
  r.planned = first("plan_agreed");
  r.firstLine = first("help_started");
  r.bridge = live.filter((e) => ["bridged", "bridge_accepted", "bridge_ended"].includes(e.kind)).at(-1)?.kind ?? null;
  r.windowEnd = live.filter((e) => e.kind === "window_told").at(-1)?.until ?? null;
  const has = (k) => live.some((e) => e.kind === k);
  r.told = has("supporter_told"); r.supported = has("supporter_used");
  const asked = live.filter((e) => e.kind === "carer_asked" && e.reason !== "no_carer").length > 0;
  r.carer = asked || carers.has(r.id); r.carerAsked = asked;
  const choice = live.filter((e) => e.kind === "choice_explained");
  r.choice = choice.some((e) => e.reason !== "no_choice");
  r.choiceLaw = r.choice || has("applied") || live.some((e) => e.kind === "help_started" && e.reason === "specialist");
  r.wish = choice.some((e) => ["honoured", "full", "not_contracted"].includes(e.reason));
  r.honoured = choice.some((e) => e.reason === "honoured");
  // the same worker
  let worker = null, began = false, last = null; r.talks = 0; r.changes = 0;
  for (const e of live) {
    if (["first_talk", "talk", "evaluated"].includes(e.kind)) r.talks++;
    if (e.kind === "given_back") worker = null;
    if (["allocated", "worker_changed", "first_talk"].includes(e.kind) && e.worker != null) worker = e.worker;
    began ||= e.kind === "first_talk";
    if (began && worker != null && worker !== last) { if (last != null) r.changes++; last = worker; }
  }
  // help: lines, the main one, the plan
  let main = null, toldKind = null, mainPlanned = null, planned = false;
  const open = (l) => l && l.start != null && l.stop == null;
  for (const e of live) {
    if (e.kind === "help_started") {
      const l = r.lines.find((x) => x.seq === e.seq);
      if (!l) toldKind = e.reason;
      else { l.start = e.at; if (!open(main) || main == null || e.number === 1) main = l; }
    }
    const l = r.lines.find((x) => x.id === e.object);
    if (e.kind === "help_ended" && open(l)) {
      l.stop = e.at;
      if (l === main) main = r.lines.filter(open).sort((a, b) => a.start - b.start)[0] ?? main;
    }
    if (e.kind === "main_line" && open(l)) main = l;
    if (e.kind === "arrival_checked" && l) l.arrival = e;
    if (e.kind === "plan_agreed" && !planned) { planned = true; mainPlanned = open(main) ? main.kind : r.plans.find((p) => p.seq === e.object)?.main ?? null; }
  }
  const mainKind = main ? main.kind : toldKind, said = live.filter((e) => e.kind === "direct_said").at(-1)?.reason;
  let rule = "none";
  if (r.started != null && (mainKind || planned || r.endReason === "helped")) rule = mainKind ? (direct(mainKind) ? "yes" : "no") : r.endReason === "helped" ? "yes" : "none";
  const answer = said ?? rule;
  r.kind = null; r.helped = null; r.direct = r.indirect = r.planDirect = r.closedYes = r.closedNo = false;
  if (has("first_talk")) {
    const kind = mainKind ?? mainPlanned;
    r.closedYes = r.ended != null && answer === "yes"; r.closedNo = r.ended != null && answer === "no";
    r.planDirect = direct(mainPlanned);
    r.direct = r.ended != null ? r.closedYes : planned && direct(kind);
    r.indirect = r.ended != null ? r.closedNo : planned && kind != null && !direct(kind);
    r.helped = planned ? r.planned : r.closedYes || r.closedNo ? r.ended : null;
    r.kind = kind ?? (r.closedYes ? "team" : null);
  }
  const clear = Math.min(...[r.planned, r.firstLine, r.ended].map((x) => x ?? Infinity));
  r.clear = r.started != null && clear < Infinity ? Math.max(clear, r.started) : null;
  for (const c of closings.get(r.id) ?? []) if (live.some((e) => e.kind === "closed" && e.seq === Number(c.seq))) { r.aloneAsked = ["yes", "no"].includes(c.alone); r.alone = c.alone === "yes"; }
  // the six weeks: from the report, moved from weekend or holiday (Atw 1)
  r.wmo = first("wmo_reported"); r.wmoDone = first("account_sent");
  if (r.wmo != null) {
    let d = nlDay(r.wmo) + 42; const legal = (x) => { const [y] = civil(x); isWorking(x); return weekday(x) < 6 && !holidays.get(y).has(x); };
    while (!legal(d)) d++;
    r.wmoDue = end(d); r.dropped = r.wmoDone == null && r.ended != null && r.ended <= r.wmoDue;
  }
  // stretches of silence
  r.silence = []; let heard = r.received; const off = r.left ?? at;
  for (const e of [...live.filter((x) => x.kind === "call_reached" && x.at < off), null]) {
    const until = e ? e.at : off;
    for (let limit; (limit = end(nlDay(heard) + set("norm.contact", 14))) < until; heard = limit + 1) r.silence.push({ at: limit, reached: false });
    if (e) { r.silence.push({ at: until, reached: true }); heard = until; }
  }
  // life areas
  const moment = (seq) => live.find((e) => e.seq === Number(seq))?.at ?? null, score = new Map();
  for (const a of areas.get(r.id) ?? []) if (Number(a.level) >= 1 && moment(a.seq) != null) score.set(a.area, [...(score.get(a.area) ?? []), { level: Number(a.level), seq: a.seq, at: moment(a.seq) }]);
  r.areas = score.size;
  r.problems = [...score.values()].filter((s) => s[0].level <= 2).length;
  r.pairs = [...score.values()].filter((s) => s.some((x) => x.seq !== s[0].seq)).map((s) => ({ at: s.at(-1).at, change: s.at(-1).level - s[0].level }));
  r.goals = (goals.get(r.id) ?? []).filter((g) => moment(g.seq) != null).map((g) => ({ at: moment(g.seq), resident: g.by_resident, worker: g.by_worker }));
}
// joined requests: the earliest moment counts, the double does not
const top = (r) => { let x = r; for (let i = 0; i < 64 && x.merged != null && byId.has(x.merged); i++) x = byId.get(x.merged); return x; };
for (const r of requests) r.reachedAll = r.live.filter((e) => e.kind === "call_reached").map((e) => e.at);
for (const r of requests) {
  const x = r.merged != null ? top(r) : r;
  r.duplicate = r.endReason === "duplicate" || x !== r;
  if (x === r) continue;
  if (r.received < x.received) { x.received = r.received; if (r.route === "carry_over") x.carryOver = true; }
  if (x.started != null && r.started != null) x.started = Math.min(x.started, r.started);
  x.reachedAll.push(...r.reachedAll);
}
const normDays = { 0: set("norm.unknown", 10), 1: set("norm.later", 20), 2: set("norm.normal", 10), 3: set("norm.soon", 3), 4: set("norm.emergency", 0) };
for (const r of requests) { r.carryOver ||= r.route === "carry_over"; r.norm = end(normDays[r.urgency] === 0 ? nlDay(r.received) : addWorking(nlDay(r.received), normDays[r.urgency])); }
// the same person before and after
const persons = new Map();
for (const r of requests) if (r.person != null && !r.duplicate) persons.set(r.person, [...(persons.get(r.person) ?? []), r]);
for (const list of persons.values()) {
  list.sort((a, b) => a.received - b.received || a.id - b.id);
  list.forEach((r, i) => list.slice(0, i).forEach((b) => { if (b.ended != null && b.ended <= r.received) { b.again = Math.min(b.again ?? Infinity, r.received); if (r.received <= within(b.ended, "12mo")) r.repeat = true; } }));
}
const officeDue = (since) => {
  const minutes = set("urgent.minutes", 120), from = set("office.from", 510) * 60, to = set("office.to", 1020) * 60;
  let left = minutes * 60, s = since, office = since + left;
  for (let i = 0, d = nlDay(since); i < 60; i++, d++) {
    const a = begin(d) + from, b = begin(d) + to; // the clock does not change in office hours
    if (!isWorking(d) || s >= b) continue;
    const x = Math.max(s, a); if (x + left <= b) { office = x + left; break; } left -= b - x;
  }
  return Math.min(office, Math.max(end(nlDay(since)), since + minutes * 60));
};

// ── What indicators are made of ──
const results = new Map();
const put = (name, r) => results.set(name, r);
// yes is true, false, or null: not yet to be said
const share = (name, rows, clock, of, yes) => {
  let n = 0, events = 0, censored = 0;
  for (const r of rows) {
    const c = clock(r);
    if (!known(c) || !of(r)) continue;
    const y = yes(r);
    if (y == null) censored++; else { n++; events += y ? 1 : 0; }
  }
  put(name, { n, events, censored, value: n > 0 ? events / n : null });
};
const inTime = (done, limit) => (limit > at ? null : known(done) && done <= limit);
const count = (name, rows, clock, of = () => true) => { const n = rows.filter((r) => known(clock(r)) && of(r)).length; put(name, { n, value: n }); };
const median = (values, p) => { const v = [...values].sort((a, b) => a - b), h = (v.length - 1) * p, i = Math.floor(h); return v.length === 0 ? null : v[i] + (h - i) * ((v[i + 1] ?? v[i]) - v[i]); };
// Kaplan-Meier: the time by which half had it; where the curve lies exactly on a half, the middle of that stretch
const km = (name, list) => {
  const times = [...new Set(list.filter((x) => x.event).map((x) => x.days))].sort((a, b) => a - b);
  let s = 1, value = null;
  for (let i = 0; i < times.length && value == null; i++) {
    const risk = list.filter((x) => x.days >= times[i]).length, d = list.filter((x) => x.event && x.days === times[i]).length;
    s *= 1 - d / risk;
    if (Math.abs(s - 0.5) < 1e-9) value = i + 1 < times.length ? (times[i] + times[i + 1]) / 2 : times[i];
    else if (s < 0.5) value = times[i];
  }
  put(name, { n: list.length, events: list.filter((x) => x.event).length, value });
};
const time = (name, rows, from, to, gone = () => null, of = () => true) => km(name, rows.filter((r) => known(from(r)) && of(r)).map((r) => {
  const e = known(to(r)) ? to(r) : null, g = known(gone(r)) ? gone(r) : null, event = e != null && (g == null || e <= g), stop = event ? e : g ?? at;
  return { event, days: nlDay(Math.max(stop, from(r))) - nlDay(from(r)) };
}));
const stock = (rows, from, ...to) => rows.filter((r) => known(from(r)) && !to.some((f) => known(f(r))));

const counted = requests.filter((r) => !r.duplicate), all = () => true;
const of = (key) => (r) => r[key];
const events = (pick) => counted.flatMap((r) => pick(r).map((x) => ({ ...x, r })));

// reachable
const calls = table("calls").map((r) => ({ at: t(r.offered_at), abandoned: r.abandoned === "1", seconds: Number(r.seconds) }));
share("T1a", calls, of("at"), all, (r) => !r.abandoned && r.seconds <= set("norm.phone", 30));
share("T1a@1", calls, of("at"), (r) => !r.abandoned, (r) => r.seconds <= set("norm.phone", 30));
put("T1b", { n: calls.filter((r) => known(r.at) && !r.abandoned).length, value: median(calls.filter((r) => known(r.at) && !r.abandoned).map(of("seconds")), 0.5) });
share("T2a", calls, of("at"), all, (r) => r.abandoned && r.seconds > 10);
const callbacks = table("callbacks").map((r) => ({ at: t(r.promised_at), state: r.state, end: r.state === "reached" ? t(r.done_at) : null, due: end(r.by_day != null ? dayNumber(r.by_day) : addWorking(nlDay(t(r.promised_at)), set("norm.callback", 2))) }));
share("T2b", callbacks, of("at"), (r) => r.state !== "withdrawn", (r) => inTime(r.end, r.due));
const questions = table("questions").reduce((m, q) => m.set(q.contact, [...(m.get(q.contact) ?? []), q]), new Map());
const contacts = table("contacts").filter((r) => r.withdrawn === "0" && known(t(r.occurred_at))).map((r) => ({ ...r, at: t(r.occurred_at), topic: questions.get(r.id)?.find((q) => q.seq === "1")?.topic ?? null, once: (questions.get(r.id) ?? []).every((q) => q.outcome === "answered") }));
for (const r of contacts) {
  const same = r.person == null || r.topic == null ? [] : contacts.filter((x) => x.person === r.person && x.topic === r.topic && x !== r);
  const before = (a, b) => a.at < b.at || (a.at === b.at && Number(a.id) < Number(b.id));
  r.first = !same.some((x) => before(x, r) && nlDay(r.at) - nlDay(x.at) <= 14);
  r.returned = same.some((x) => before(r, x) && nlDay(x.at) - nlDay(r.at) <= 14);
}
share("T3a", contacts, of("at"), (r) => r.person != null && r.first && end(nlDay(r.at) + 14) <= at, (r) => r.once && !r.returned);
share("T4a", contacts, of("at"), all, (r) => r.failure != null);
const sessions = table("sessions").map((r) => ({ ...r, at: begin(dayNumber(r.day)) + Number(r.starts) * 60, held: r.state === "held", minutes: Number(r.held_to ?? 0) - Number(r.held_from ?? 0) })).filter((r) => r.held || begin(dayNumber(r.day)) + Number(r.ends) * 60 <= at).filter((r) => known(r.at));
const sum = (rows, key) => rows.reduce((s, r) => s + Number(r[key]), 0);
const held = sessions.filter(of("held"));
share("Z1a", sessions, of("at"), (r) => r.hour != null, of("held"));
put("Z1b", { n: held.length, value: sum(held, "minutes") / 60 });
put("Z2a", { n: sum(held, "questions"), events: sum(held, "unhandled"), value: sum(held, "unhandled") / sum(held, "questions") });
put("Z2b", { n: held.length, value: sum(held, "questions") / (sum(held, "minutes") / 60) });
put("C4a", { n: held.length, value: sum(held, "solved") / (sum(held, "minutes") / 60) });
put("C4b", { n: held.length, value: sum(held, "requests") / (sum(held, "minutes") / 60) });
const inhabitants = sum(places.filter((p) => p.inhabitants != null), "inhabitants");
put("Z3a", { n: places.length, value: places.filter((p) => contacts.filter((c) => c.neighbourhood === p.id).length * 1000 >= 5 * Number(p.inhabitants)).length / places.length });
put("Z3b", { n: contacts.length, value: (contacts.length / inhabitants) * 1000 });
// inflow
put("I1a", { n: counted.length, value: counted.length });
put("I1b", { n: counted.length, value: (counted.length / inhabitants) * 1000 });
const came = (r) => !r.carryOver;
share("I2a", counted, of("received"), came, (r) => inTime(r.confirmed, within(r.received, "2wd")));
share("I2b", counted, of("received"), came, (r) => inTime(r.triaged, within(r.received, "1wd")));
share("I3a", counted, of("urgentAt"), all, (r) => inTime(r.protected, officeDue(r.urgentAt)));
share("I4a", counted, of("received"), (r) => r.person != null && came(r), (r) => r.repeat === true);
const since = Math.min(...requests.filter((r) => r.route !== "carry_over" && !r.carryOver).map(of("received")));
const spent = (to) => counted.reduce((s, r) => s + Math.max(0, Math.min(known(to(r)) ? to(r) : at, at) - Math.max(r.received, since)), 0);
const worse = events((r) => r.worse.map((x) => ({ at: x })));
put("I5a", { n: worse.length, value: (worse.length / (spent(of("left")) / (7 * DAY))) * 1000 });
// waiting
const calm = (r) => r.urgency !== 4;
const stop = (r) => r.started ?? r.ended;
km("W1a", counted.filter(calm).map((r) => ({ event: r.started != null, days: nlDay(Math.max(stop(r) ?? at, r.received)) - nlDay(r.received) })));
put("W2a", { n: counted.filter(calm).length, events: counted.filter((r) => calm(r) && r.started != null && r.started <= r.norm).length });
share("W2b", counted, of("received"), calm, (r) => inTime(r.clear, within(r.received, "10wd")));
const waiting = requests.filter((r) => r.left == null);
put("W3a", { n: waiting.length, value: waiting.length });
share("W4a", events(of("silence")), of("at"), all, of("reached"));
put("W4b", { n: waiting.length, events: waiting.filter((r) => nlDay(at) - nlDay(Math.max(r.received, ...r.reachedAll)) <= set("norm.contact", 14)).length });
const list = stock(counted, of("received"), of("left"));
put("W5a", { n: list.length, events: list.filter((r) => r.windowEnd != null && end(nlDay(r.windowEnd)) >= at).length });
const windows = counted.flatMap((r) => { const told = r.live.filter((e) => e.kind === "window_told" && e.until != null); return told.map((e, i) => ({ at: e.at, due: end(nlDay(e.until)), width: e.number, started: r.started, first: i === 0, last: i === told.length - 1 })); });
put("W5b", { n: windows.length, value: median(windows.map(of("width")), 0.5) });
share("W6a", windows, of("due"), (w) => w.first && w.due <= at, (w) => inTime(w.started, w.due));
share("W6b", windows, of("due"), (w) => w.last && w.due <= at, (w) => inTime(w.started, w.due));
put("W7a", { n: list.length, events: list.filter((r) => r.bridge === "bridged" || r.bridge === "bridge_accepted").length });
put("W7b", { n: list.length, events: list.filter((r) => r.bridge === "bridge_accepted").length });
// left without a start, with starting as the other way to end (Aalen-Johansen), by 13 weeks
const ends = counted.filter(calm).map((r) => ({ days: nlDay(Math.max(stop(r) ?? at, r.received)) - nlDay(r.received), how: r.started != null ? "started" : r.ended != null ? "left" : "waits" }));
{
  let s = 1, f = 0;
  for (const d of [...new Set(ends.map(of("days")))].sort((a, b) => a - b).filter((d) => d <= 91)) {
    const risk = ends.filter((x) => x.days >= d).length, here = ends.filter((x) => x.days === d);
    f += (s * here.filter((x) => x.how === "left").length) / risk;
    s *= 1 - here.filter((x) => x.how !== "waits").length / risk;
  }
  put("W8a", { n: ends.length, events: ends.filter((x) => x.how === "left").length, value: f, at: 91 });
}
// neighbourhoods with the same mix of urgency: the lowest share
{
  const rows = counted.filter((r) => calm(r) && r.neighbourhood != null).map((r) => ({ r, y: inTime(r.started, r.norm) })).filter((x) => x.y != null);
  const classes = [0, 1, 2, 3, 4], weight = classes.map((u) => rows.filter((x) => x.r.urgency === u).length);
  const shares = places.flatMap((p) => {
    const mine = rows.filter((x) => x.r.neighbourhood === p.id);
    const parts = classes.map((u) => mine.filter((x) => x.r.urgency === u));
    if (mine.length < 10 || parts.some((x, u) => weight[u] > 0 && x.length === 0)) return [];
    return [classes.reduce((s, u) => s + (weight[u] > 0 ? (weight[u] * parts[u].filter((x) => x.y).length) / parts[u].length : 0), 0) / weight.reduce((a, b) => a + b)];
  });
  put("W9a", { n: rows.length, events: rows.filter((x) => x.y).length, value: Math.min(...shares) });
}
put("W10a", { n: list.filter(of("carryOver")).length });
// throughput
time("D1a", counted, of("received"), of("planned"), of("ended"));
time("D1b", counted, of("received"), of("firstLine"), of("ended"));
km("D2a", counted.filter(calm).map((r) => ({ event: r.ended != null, days: nlDay(Math.max(r.ended ?? at, r.received)) - nlDay(r.received) })));
time("D2b", counted, of("started"), of("ended"));
share("D3a", counted, of("wmoDue"), (r) => !r.dropped, (r) => inTime(r.wmoDone, r.wmoDue));
put("D3b", { n: stock(counted, of("wmo"), of("wmoDone"), of("ended")).filter((r) => !r.dropped && r.wmoDue < at).length });
put("D4rows", { n: events((r) => r.live.filter((e) => e.kind === "applied")).length });
const paid = events((r) => r.live.filter((e) => e.kind === "penalty_paid"));
put("D4c", { n: paid.length, value: paid.reduce((s, e) => s + (e.number ?? 0), 0) });
const transfers = table("transfers").map((r) => ({ ...r, at: begin(dayNumber(r.starts_on)), end: r.outcome != null && r.outcome_on != null && known(begin(dayNumber(r.outcome_on))) ? begin(dayNumber(r.outcome_on)) : null }));
for (const r of transfers) r.moved = r.end != null && r.outcome === "transferred" && r.agreed_resident != null && r.agreed_provider != null && r.agreed_team != null;
share("D5a", transfers, of("at"), all, of("moved"));
time("D5b", transfers, of("at"), of("end"));
share("H5b", transfers, of("end"), (r) => r.moved && r.kept_worker != null, (r) => r.kept_worker === "1");
// help
const helpedBy = (r) => r.direct || r.indirect;
share("H1a", counted, of("helped"), helpedBy, of("direct"));
const people = new Map();
for (const r of counted) if (known(r.helped) && helpedBy(r) && r.person != null) people.set(r.person, people.get(r.person) || r.direct);
put("H1b", { n: people.size, events: [...people.values()].filter(Boolean).length });
const helpedRows = counted.filter((r) => known(r.helped) && helpedBy(r)), onceRows = contacts.filter(of("once"));
put("H1c", { n: helpedRows.length + onceRows.length, events: helpedRows.filter(of("direct")).length + onceRows.length });
share("H1d", counted, of("planned"), all, of("planDirect"));
share("H1e", counted, of("ended"), (r) => r.closedYes || r.closedNo, of("closedYes"));
share("H2a", counted, of("planned"), calm, (r) => (!r.direct ? false : inTime(r.started, r.norm)));
const lines = events((r) => r.lines.filter((l) => l.start != null && ["general", "specialist", "elsewhere"].includes(l.kind)));
const arrivalDays = set("arrival.days", 14);
share("H4a", lines, of("start"), all, (l) => (l.arrival?.reason !== "arrived" ? false : inTime(l.arrival.at, end(nlDay(l.start) + arrivalDays))));
share("H4b", lines, of("start"), (l) => end(nlDay(l.start) + arrivalDays) <= at, (l) => l.arrival == null || l.arrival.reason === "unknown");
share("H5a", counted, of("started"), (r) => r.talks >= 2, (r) => r.changes <= 1);
const present = table("participations"), programmes = table("programmes").filter((p) => begin(dayNumber(p.starts_on)) <= at);
const gone = (p) => byId.get(Number(p.request))?.events.some((e) => e.kind === "undone" && e.number === Number(p.seq));
for (const g of programmes) {
  const mine = present.filter((p) => p.programme === g.id && !gone(p));
  g.part = mine.length;
  g.over = dayNumber(g.ends_on) < nlDay(at) && end(dayNumber(g.ends_on)) <= at;
  g.done = mine.filter((p) => Number(p.sessions) > 0 && 2 * Number(p.present) >= Number(p.sessions)).length;
}
put("H6a", { n: programmes.length, value: sum(programmes, "part") });
put("H6b", { n: sum(programmes, "capacity"), events: sum(programmes, "part") });
put("H6c", { n: sum(programmes.filter(of("over")), "part"), events: sum(programmes.filter(of("over")), "done") });
share("H7a", counted, of("started"), (r) => r.areas >= 1, (r) => r.problems >= 3);
const steps = events((r) => { let level = 0; return r.live.filter((e) => e.kind === "ave_changed" && e.number != null).flatMap((e) => { if (e.number === level) return []; const up = e.number > level; level = e.number; return [{ at: e.at, up }]; }); });
for (let i = 0; i < steps.length; i++) steps[i].end = steps[i + 1]?.r === steps[i].r ? steps[i + 1].at : steps[i].r.ended;
count("H7b", steps, of("at"), of("up"));
count("H7c", steps, of("at"), (s) => !s.up);
time("H7d", steps, of("at"), of("end"));
const appointments = events((r) => {
  const planned = r.live.filter((e) => e.kind === "appointment" && e.until != null && e.until <= at), missed = r.live.filter((e) => e.kind === "no_show"), used = new Set();
  const rows = planned.map((e) => { const no = missed.find((x) => nlDay(x.at) === nlDay(e.until)); if (no) used.add(no); return { at: e.until, no }; });
  return [...rows, ...missed.filter((x) => !used.has(x)).map((x) => ({ at: x.at, no: x }))];
});
share("H8a", appointments, of("at"), (a) => a.no?.reason !== "us", (a) => a.no != null);
share("H8b", appointments, of("at"), all, (a) => a.no?.reason === "us");
share("H9a", counted, of("planned"), of("choiceLaw"), of("choice"));
share("H9b", counted, of("planned"), of("choice"), of("wish"));
share("H9c", counted, of("planned"), (r) => r.choice && r.wish, of("honoured"));
share("H10a", counted, of("started"), all, of("told"));
share("H10b", counted, of("started"), of("told"), of("supported"));
share("H10c", counted, of("started"), of("carer"), of("carerAsked"));
// outcome
const pairs = events(of("pairs"));
put("E1a", { n: pairs.length, value: pairs.reduce((s, p) => s + p.change, 0) / pairs.length });
share("E1b", pairs, of("at"), all, (p) => p.change > 0);
share("E1c", counted, of("ended"), (r) => r.closedYes || r.closedNo, (r) => r.pairs.length > 0);
const looked = events(of("goals")), reached = (x) => x === "yes" || x === "partly";
share("E2a", looked, of("at"), (g) => g.resident !== "not_asked", (g) => reached(g.resident));
share("E2b", looked, of("at"), all, (g) => reached(g.worker));
share("E3a", counted, of("ended"), (r) => r.aloneAsked, (r) => r.alone);
for (const [name, months] of [["E3b", "6mo"], ["E3c", "12mo"]]) share(name, counted, of("ended"), (r) => r.person != null && helpedBy(r), (r) => inTime(r.again, within(r.ended, months)));
// complaints, signals, incidents
const history = table("history").filter((h) => known(t(h.occurred_at)));
const stepsOf = (object, id) => history.filter((h) => h.object === object && h.object_id === id);
const complaints = table("complaints").map((c) => { const s = stepsOf("complaint", c.id), done = s.find((h) => ["solved", "decided", "answered", "withdrawn", "refused"].includes(h.kind)); return { at: t(c.received_at), end: done ? t(done.occurred_at) : null, solved: s.some((h) => h.kind === "solved"), committee: s.some((h) => h.kind === "to_committee"), ombudsman: s.some((h) => h.kind === "ombudsman") }; }).filter((c) => known(c.at));
// Algemene termijnenwet: a term of the law does not end on a Saturday, Sunday or holiday (article 1), unless it is longer than
// twelve weeks (article 4). Closing days of the municipality are none of its days.
const legalOpen = (d) => weekday(d) < 6 && (isWorking(d), !holidays.get(civil(d)[0]).has(d));
const legalEnd = (d) => { while (!legalOpen(d)) d++; return d; };
const lastDay = (start, weeks, legal) => { const d = start + 7 * weeks; return legal && weeks <= 12 ? legalEnd(d) : d; };
const complaintDue = (c) => { // Awb 9:11; the scheme of a provider; Youth Act 4.2.1
  const steps = stepsOf("complaint", c.id), step = (kind) => { const s = steps.filter((h) => h.kind === kind).at(-1); return s ? { at: t(s.occurred_at), until: t(s.until) } : null; };
  const ruled = step("ruled"), start = nlDay(t(c.received_at)), legal = c.regime === "awb";
  if (c.regime === "youth" && ruled) return end(legalEnd(addMonths(nlDay(ruled.at), 1)));
  const weeks = c.regime === "provider" ? set("law.provider_weeks", 6) : c.regime === "youth" ? set("law.youth_weeks", 6) : step("to_committee") ? 10 : 6;
  let last = lastDay(start, weeks, legal);
  const longer = step("extended"), agreed = step("agreed");
  if (longer && nlDay(longer.at) <= last) last = lastDay(start, weeks + 4, legal);
  if (agreed?.until != null && nlDay(agreed.at) <= last) last = Math.max(last, nlDay(agreed.until));
  return end(last);
};
// Decisions: two weeks (Wmo 2.3.5) or eight (Awb 4:13), while the term does not stand still (Awb 4:15).
const STILL = new Set(["completion", "abroad", "consent", "resident_delay", "force_majeure"]);
const applications = counted.flatMap((r) => {
  const mine = [];
  for (const e of r.live) {
    if (e.kind === "applied") { mine.push({ seq: e.seq, provision: e.reason ?? "other", at: e.at, end: null, pauses: [], postponed: null }); continue; }
    const a = mine.find((x) => x.seq === e.object);
    if (!a) continue;
    const ground = e.kind === "completion_asked" ? "completion" : e.reason;
    if ((e.kind === "completion_asked" || e.kind === "suspended") && a.end == null && STILL.has(ground)) a.pauses.push({ seq: e.seq, at: e.at, until: e.until != null && ground === "consent" ? begin(nlDay(e.until) + 1) : e.until, ended: false });
    if (e.kind === "completed" || e.kind === "runs_again") { const k = a.pauses.find((x) => x.seq === e.number && !x.ended && e.at >= x.at); if (k) { k.ended = true; if (k.until == null || e.at < k.until) k.until = e.at; } }
    if (e.kind === "postponed" && a.end == null && a.postponed == null) a.postponed = { at: e.at, until: e.until };
    if (e.kind === "decided" && a.end == null) a.end = e.at;
  }
  return mine.map((a) => {
    const wmo = a.provision.startsWith("wmo_"), weeks = wmo ? 2 : set("law.other_weeks", 8), stop = nlDay(a.end ?? at) + 1;
    const still = (d) => a.pauses.some((k) => k.at <= at && d > nlDay(k.at) && d < (k.until == null ? stop : nlDay(k.until)));
    let d = nlDay(a.at);
    for (let left = 7 * weeks; left > 0;) { d++; if (!still(d)) left--; }
    let last = legalEnd(d);
    if (!wmo && a.postponed?.until != null && nlDay(a.postponed.at) <= last) last = Math.max(last, nlDay(a.postponed.until));
    return { ...a, due: end(last) };
  });
});
share("D4a", applications, of("due"), all, (a) => inTime(a.end, a.due));
put("D4b", { n: stock(applications, of("at"), of("end")).filter((a) => a.due < at).length });
const dueById = table("complaints").filter((c) => known(t(c.received_at))).map((c) => { const done = stepsOf("complaint", c.id).find((h) => ["solved", "decided", "answered", "withdrawn", "refused"].includes(h.kind)); return { due: complaintDue(c), end: done ? t(done.occurred_at) : null }; });
share("K1c", dueById, of("due"), all, (c) => inTime(c.end, c.due));
count("K1a", complaints, of("at"));
put("K1b", { n: complaints.length, value: (complaints.length / (spent(of("ended")) / (at - since))) * 1000 });
share("K1d", complaints, of("end"), all, of("solved"));
count("K1e", complaints, of("at"), of("committee"));
count("K1f", complaints, of("at"), of("ombudsman"));
const signals = table("signals").map((s) => ({ ...s, at: t(s.received_at), end: t(s.answered_at), due: within(t(s.received_at), s.severity >= 4 ? "0wd" : s.severity == 3 ? "5wd" : "15wd") }));
share("K4a", signals, of("due"), (s) => known(s.at), (s) => inTime(s.end, s.due));
const incidents = table("incidents").map((i) => ({ at: t(i.found_at), recorded: t(i.recorded_at), closed: t(i.closed_at), measured: stepsOf("incident", i.id).some((h) => h.kind === "measure") }));
count("K5a", incidents, of("at"));
share("K5b", incidents, of("at"), all, (i) => inTime(i.recorded, within(i.at, "1wd")));
share("K5c", incidents, of("at"), all, (i) => inTime(i.closed, within(i.at, "8w")));
share("K5d", incidents, of("closed"), all, of("measured"));
// partners
const agreements = table("agreements").filter((a) => begin(dayNumber(a.starts_on)) <= at && !(a.ends_on != null && end(dayNumber(a.ends_on)) <= at));
const judged = agreements.filter((a) => a.judged_on != null && dayNumber(a.judged_on) <= nlDay(at));
put("P1a", { n: judged.length, events: judged.filter((a) => a.kept === "1").length });
const referrals = table("referrals").filter((r) => r.direction === "in").map((r) => ({ ...r, at: t(r.occurred_at), end: t(r.answered_at), r: byId.get(Number(r.request)) })).filter((r) => known(r.at));
share("P2a", referrals, of("at"), (r) => r.consent === "1", (r) => inTime(r.end, within(r.at, `${set("norm.referrer", 10)}wd`)));
const stays = referrals.filter((r) => r.stays === "1" && r.r && !known(r.r.left));
put("P3a", { n: stays.filter((r) => r.r.norm < at).length });
put("P3b", { n: stays.length, events: stays.filter((r) => r.multi_problem === "1").length });
// capacity
const workers = table("workers").map((w) => ({ ...w, from: dayNumber(w.started_on), to: dayNumber(w.ended_on) }));
const hours = table("hours"), agreed = table("established"), absences = table("absences").sort((a, b) => dayNumber(a.from_day) - dayNumber(b.from_day)), today = nlDay(at);
const firstDay = Math.max(Math.min(today, ...hours.map((h) => dayNumber(h.from_day))), today - 12 * 366);
const fte = (w, d) => hours.filter((h) => h.worker === w.id && dayNumber(h.from_day) <= d).reduce((_, h) => Number(h.fte), 0);
const away = (w, d) => absences.find((a) => {
  if (a.worker !== w.id || dayNumber(a.from_day) > d) return false;
  const stop = a.ended_day != null ? dayNumber(a.ended_day) : null, until = a.until_day != null ? dayNumber(a.until_day) : null;
  if (stop != null) return d <= stop;
  return a.kind === "leave" ? until == null || d <= until : d <= Math.max(reference, until ?? reference);
});
const reference = nlDay(Date.now() / 1000);
const teams = table("teams"), teamDays = [];
for (const team of teams)
  for (let d = firstDay; d <= today; d++) {
    const there = workers.filter((w) => w.team === team.id && (w.from == null || w.from <= d) && (w.to == null || w.to >= d));
    if (there.length === 0 || begin(d) > at) continue;
    const gone = there.map((w) => away(w, d));
    const open = counted.filter((r) => r.team === Number(team.id) && nlDay(r.received) <= d && !(r.ended != null && nlDay(r.ended) <= d)).length;
    const e = agreed.filter((a) => a.team === team.id && dayNumber(a.from_day) <= d).at(-1);
    teamDays.push({ d, people: there.length, sick: gone.filter((a) => a?.kind === "sick").length, filled: there.reduce((s, w) => s + fte(w, d), 0), present: there.reduce((s, w, i) => s + (gone[i] ? 0 : fte(w, d)), 0), agreed: e ? Number(e.fte) : 0, open: open * 100 });
  }
const ratio = (name, rows, a, b) => { const days = Math.max(...rows.map(of("d"))) - Math.min(...rows.map(of("d"))) + 1; put(name, { n: Math.round(sum(rows, "people") / days), value: sum(rows, a) / sum(rows, b) }); };
ratio("C1a", teamDays.filter((r) => r.agreed > 0), "filled", "agreed");
ratio("C2a", teamDays, "sick", "people");
ratio("C3a", teamDays.filter((r) => r.present > 0), "open", "present");
const vacancies = table("vacancies").filter((v) => begin(dayNumber(v.opened_on)) <= at && !(v.closed_on != null && begin(dayNumber(v.closed_on)) <= at));
put("C1b", { n: vacancies.filter((v) => within(begin(dayNumber(v.opened_on)), "60d") < at).length });
const staff = workers.filter((w) => w.from != null && begin(w.from) <= at);
share("C5a", staff.map((w) => ({ at: begin(w.from), end: w.to != null ? end(w.to) : null })), of("at"), (w) => within(w.at, "12mo") < at, (w) => !(known(w.end) && w.end <= within(w.at, "12mo")));
share("C5b", staff, (w) => begin(w.from), (w) => w.takeover != null, (w) => w.takeover === "moved");
// quality of the data
share("S4a", counted, of("received"), all, (r) => r.channel != null && r.route != null && r.category != null && r.urgency > 0 && r.neighbourhood != null);
share("S4b", counted, of("received"), came, (r) => { const y = inTime(r.recorded, within(r.received, "2wd")); return y == null ? null : !y; });
share("S4c", counted, of("received"), came, (r) => { const y = inTime(r.recorded, within(r.received, "7d")); return y == null ? null : !y; });
share("S4d", counted, of("received"), all, (r) => r.events.some(of("undone")));
share("S4e", counted, of("received"), all, (r) => r.neighbourhood == null);

// surveys and lists kept elsewhere
const outside = table("outside").map((o) => ({ ...o, at: begin(dayNumber(o.day)) }));
const answers = (list) => outside.filter((o) => o.list === list);
share("Z4a", answers("panel"), of("at"), (o) => o.known != null, (o) => o.known === "1");
share("E7a", answers("panel"), of("at"), (o) => o.kept != null, (o) => o.kept === "1");
share("E5a", answers("statement"), of("at"), all, (o) => o.kept === "1");
share("P2b", answers("partner_answer"), of("at"), all, (o) => o.known === "1");
const marks = answers("experience").filter((o) => known(o.at));
put("E4a", { n: marks.length, value: marks.reduce((s, o) => s + Number(o.number), 0) / marks.length });
for (const [name, asked] of [["E4b", ["heard", "gehoord"]], ["E4c", ["clear", "duidelijk"]], ["E4d", ["helped", "geholpen"]]])
  share(name, answers("experience_question"), of("at"), (o) => asked.includes(o.category), (o) => o.kept === "1");
share("E4e", answers("invitation"), of("at"), all, (o) => o.known === "1");
// patterns, measures, published results, advice: what must be done by a day, and what came of it
const lastMoment = (iso) => (iso == null ? null : end(dayNumber(iso)));
const kept = (list) => answers(list).filter((o) => known(o.at)).map((o) => ({ ...o, limit: lastMoment(o.due), ready: o.done == null ? null : begin(dayNumber(o.done)), looked: o.checked == null ? null : begin(dayNumber(o.checked)) }));
for (const [name, list] of [["K2a", "pattern"], ["S2a", "improvement"], ["S3a", "advice"]]) share(name, kept(list), of("limit"), all, (o) => inTime(o.ready, o.limit));
time("K3a", kept("pattern"), of("at"), of("looked"));
share("S1a", kept("published"), of("at"), all, (o) => o.kept === "1");
share("S2b", kept("improvement"), of("looked"), (o) => o.kept != null, (o) => o.kept === "1");
put("E6a", { n: answers("mirror").filter((o) => known(o.at)).length });
const hoursOf = answers("work_sample").filter((o) => known(o.at)).flatMap((o) => Array(Number(o.number)).fill(o));

// ── Compare ──
const measured = JSON.parse(run("measure", register, "--at", day, "--format", "json")).parts;
const told = signals.filter((s) => known(s.at)).sort((a, b) => a.at - b.at || Number(a.id) - Number(b.id));
for (const s of told) {
  const n = new Set(told.filter((x) => x.topic === s.topic && x.neighbourhood === s.neighbourhood && (x.at < s.at || (x.at === s.at && Number(x.id) <= Number(s.id))) && x.at >= s.at - 91 * DAY).map(of("reporter"))).size;
  s.label = `${s.severity} x ${n <= 1 ? "1" : n === 2 ? "2" : n <= 4 ? "3-4" : "5+"}`;
}
const mixes = { K4b: [told, of("label")], T4b: [contacts.filter((c) => c.failure != null), of("failure")], I1c: [counted.filter(came), of("route")], C4c: [hoursOf, of("category")], H3a: [helpedRows.filter((r) => r.kind != null), of("kind")] };
const TERMS_OF_LAW = new Set();
let differences = 0, compared = 0, numbers = 0, empty = 0;
const left = [];
const differ = (id, what, peilSays, weSay) => { differences++; console.log(`${id} ${what}: peil ${peilSays}, here ${weSay}`); };
const near = (a, b) => a === b || (a != null && b != null && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)));
for (const p of measured) {
  const newest = Math.max(...measured.filter((x) => x.indicator === p.indicator && x.part === p.part).map(of("version")));
  const id = p.indicator + p.part + (p.version < newest ? "@" + p.version : "");
  if (mixes[id]) {
    const [rows, code] = mixes[id];
    compared++; numbers += 2;
    if (p.n !== rows.length) differ(id, `n of ${p.code}`, p.n, rows.length);
    if (p.events !== rows.filter((r) => code(r) === p.code).length) differ(id, `count of ${p.code}`, p.events, rows.filter((r) => code(r) === p.code).length);
    continue;
  }
  if (p.code != null) continue; // reasons of W8
  if (p.state === "no_data") { empty++; continue; }
  const w = results.get(id);
  if (!w) { left.push(id); continue; }
  compared++;
  for (const key of ["n", "events", "censored"]) if (w[key] !== undefined && !(key === "censored" && p.indicator + p.part in { W2a: 1 })) { numbers++; if (p[key] !== w[key]) differ(id, key, p[key], w[key]); }
  if (w.value !== undefined && p.state === "value") { const v = p.values.find((x) => (w.at != null ? x.at === w.at : x.at == null || x.at === 0.5)) ?? p.values[0]; numbers++; if (!near(v.value, w.value)) differ(id, "value", v.value, w.value); }
}
// What every result must hold, in any group: a version and, where there is a value, an n that may be shown; no value where there is none.
let shown = 0, silent = 0;
const say = (p, what) => differ(`${p.indicator}${p.part} ${JSON.stringify(p.group ?? {})}`, what, JSON.stringify(p.values), p.state);
for (const words of [[], ["--by", "team,month"], ["--by", "neighbourhood,quarter"], ["--by", "urgency,year"]])
  for (const p of words.length ? JSON.parse(run("measure", register, "--at", day, "--format", "json", ...words)).parts : measured) {
    if (!(p.version >= 1) || !p.what) say(p, "has no version or does not say what it counts");
    if (p.state === "value") {
      shown++;
      if (!Number.isInteger(p.n)) say(p, "has no n");
      if (p.unit === "share" && p.n < 10 && !["Z3", "C1"].includes(p.indicator)) say(p, "is a share of a small group");
    } else {
      silent++;
      if (p.state === "none" ? (p.values.find((v) => v.kind === "incidence" && v.at === 91) ?? p.values[0])?.value != null : p.values.some((v) => v.value != null)) say(p, "has a value where there is none");
    }
  }
console.log(`${shown} values with n and version, ${silent} results without a value`);
// At the end of the demo every one of the 62 indicators has a source.
if (day === process.argv[5] && empty > 0) { console.log(`${empty} parts have no data in the whole demo`); process.exit(1); }
console.log(`${compared} parts, ${numbers} numbers compared, ${differences} differences; ${empty} without data; not counted again: ${left.join(" ") || "none"}`);
if (left.some((id) => !TERMS_OF_LAW.has(id)) || compared < 80) { console.log("something was not counted again"); process.exit(1); }
process.exit(differences > 0 ? 1 : 0);
