// SPDX-License-Identifier: EUPL-1.2
// The waiting list page by Node, fastify and better-sqlite3: the same query, rows, bytes and headers as bare.c, and it
// leaves out the same (no session, no rights, no log of looks, no counts; names in memory, the rest of the page as it stands).
//     node server.js REGISTER PAGE PORT
'use strict';
const fs = require('fs');
const Database = require('better-sqlite3');
const app = require('fastify')({ logger: false });
const [register, pagePath, port] = process.argv.slice(2);

const page = fs.readFileSync(pagePath, 'utf8');
const head = Buffer.from(page.slice(0, page.indexOf('<tbody>\n') + 8)), tail = Buffer.from(page.slice(page.indexOf('</tbody>')));
const headers = Object.fromEntries(fs.readFileSync(`${pagePath}.headers`, 'utf8').split('\r\n')
  .map((line) => line.split(': ')).filter((h) => h.length === 2 && !/^(Date|Content-Length)$/i.test(h[0])));
const names = new Map(fs.readFileSync(`${register}.names`, 'utf8').split('\n').filter(Boolean)
  .map((line) => { const [id, name] = line.split('\t'); return [Number(id), name]; }));

const db = new Database(register, { readonly: true });
db.pragma('cache_size = -8000');
const hoods = new Map(db.prepare('SELECT id, name FROM neighbourhood').all().map((r) => [r.id, r.name]));
const list = db.prepare(`
  SELECT s.request, s.person, s.state, s.urgency, s.team, s.neighbourhood, s.worker, s.received_at, s.heard_at, s.attempts,
         s.listed, s.paused_at
    FROM standing s
   WHERE s.waiting = 1 AND (@team IS NULL OR s.team = @team) AND (@all = 1 OR s.team = @ownTeam OR s.worker = @ownWorker)
     AND (@hood IS NULL OR s.neighbourhood = @hood) AND (@urgency IS NULL OR s.urgency = @urgency)
     AND (@heard IS NULL OR s.heard_at < @heard) AND (@listed = 0 OR s.listed = 1)
     AND (@o4 IS NULL OR s.received_at < CASE s.urgency WHEN 4 THEN @o4 WHEN 3 THEN @o3 WHEN 2 THEN @o2 ELSE @o1 END)
   ORDER BY s.urgency DESC, s.received_at, s.request LIMIT @max OFFSET @skip`);
const everyone = { team: null, all: 1, ownTeam: null, ownWorker: null, hood: null, urgency: null, heard: null, listed: 0,
  o4: null, o3: null, o2: null, o1: null, max: 50, skip: 0 };

// Days are numbers since 1970. Working days: how many came before, and the nth.
const DAY = 86400;
const dayOf = (y, m, d) => Date.UTC(y, m - 1, d) / 86400000;
const openDay = fs.readFileSync(`${register}.days`, 'utf8').split('\n').filter(Boolean)
  .map((iso) => dayOf(+iso.slice(0, 4), +iso.slice(5, 7), +iso.slice(8, 10)));
const before = new Map();
for (let day = openDay[0], n = 0; day <= openDay[openDay.length - 1]; day++) {
  if (openDay[n] === day) n++;
  before.set(day, n);
}
const norm = [10, 20, 10, 3, 0];
const normDay = (asked, urgency) => (norm[urgency] === 0 ? asked : openDay[before.get(asked) + norm[urgency] - 1]);
const summer = new Map(); // by year: from and to, in seconds
const lastSunday = (y, m) => { const day = dayOf(y, m, 31); return day - (day + 4) % 7; };
const summerOf = (y) => {
  let s = summer.get(y);
  if (s === undefined) summer.set(y, s = [lastSunday(y, 3) * DAY + 3600, lastSunday(y, 10) * DAY + 3600]);
  return s;
};
const nlDay = (t) => {
  const [from, to] = summerOf(new Date(t * 1000).getUTCFullYear());
  return Math.floor((t + (t >= from && t < to ? 7200 : 3600)) / DAY);
};
const secondsOf = (iso) => Date.parse(iso) / 1000;

const months = ['jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];
const shown = new Map(); // by day
const showDay = (day) => {
  let text = shown.get(day);
  if (text === undefined) {
    const d = new Date(day * 86400000);
    shown.set(day, text = `${d.getUTCDate()} ${months[d.getUTCMonth()]} ${d.getUTCFullYear()}`);
  }
  return text;
};
const days = (n) => (n === 1 ? '1 dag' : `${n} dagen`);
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const html = (text) => (/[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (c) => entities[c]) : text);
const looks = [['inactive', 'Nog niet bekend'], ['inactive', 'Kan wachten'], ['neutral', 'Gewoon'], ['warning', 'Dringend'],
  ['danger', 'Spoed']];

function row(r, now, today) {
  const received = secondsOf(r.received_at), heard = secondsOf(r.heard_at), asked = nlDay(received);
  const number = `${new Date(asked * 86400000).getUTCFullYear()}-${r.request}`;
  const last = normDay(asked, r.urgency), call = nlDay(heard) + 14, silent = Math.floor((now - heard) / DAY);
  const [kind, name] = looks[r.urgency];
  return `<tr>
<td class="peil-check"><label><span class="peil-hidden">Kies ${number}</span><input class="utrecht-checkbox" type="checkbox" name="id" value="${r.request}"></label></td>
<td class="peil-card-wide"><div class="peil-person"><a class="nl-link" href="/requests/${r.request}">${html(names.get(r.person))}</a><span class="peil-subtle">${number} &middot; ${html(hoods.get(r.neighbourhood))}</span></div></td>
<td class="peil-fit" data-label="Urgentie"><span class="utrecht-status-badge utrecht-status-badge--${kind}">${name}</span></td>
<td class="peil-fit" data-label="Wacht sinds">${showDay(asked)}<br><span class="peil-subtle">${days(Math.floor((now - received) / DAY))}${r.paused_at !== null ? ', gepauzeerd' : ''}</span></td>
<td class="peil-fit" data-label="Afspraak: uiterlijk">${showDay(last)}<br>${today > last ? `<span class="peil-verdict peil-verdict--worse">&#9670; ${days(today - last)} over</span>` : `<span class="peil-subtle">nog ${days(last - today)}</span>`}</td>
<td class="peil-fit" data-label="Laatst gesproken">${silent <= 0 ? 'vandaag' : `${days(silent)} geleden`}</td>
<td class="peil-fit" data-label="Bellen vóór">${today > call ? `<span class="utrecht-status-badge utrecht-status-badge--warning">${showDay(call)}, te laat</span>` : showDay(call)}${r.listed ? ' <span class="nl-data-badge">bellijst</span>' : ''}</td>
</tr>
`;
}

app.get('/waiting', (request, reply) => {
  const now = Math.floor(Date.now() / 1000), today = nlDay(now);
  let rows = '';
  for (const r of list.all(everyone)) rows += row(r, now, today);
  reply.headers(headers).send(Buffer.concat([head, Buffer.from(rows), tail]));
});
app.listen({ port: Number(port), host: '127.0.0.1' });
