// SPDX-License-Identifier: EUPL-1.2
// What the command line promises in words: node fields.mjs PEIL
// Every field of JSON that peil stats, forecast, change, measure and import print stands in its document, every field that the
// document has in its JSON is printed, and wrong use ends with the status and the hint that docs/install.md gives.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const peil = resolve(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'peil-fields.'));
let passed = 0;
let failed = 0;

function check(ok, what) {
    if (ok) passed++;
    else failed++;
    if (!ok) console.log(`FAILED: ${what}`);
}
const document = (name) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const ask = (...args) => JSON.parse(execFileSync(peil, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 }));
function csv(name, ...lines) {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    return name;
}

// Names of all members but those that come from the data: below `free` each name stands for the same.
function members(value, free, found = new Set()) {
    if (Array.isArray(value))
        value.forEach((v) => members(v, free, found));
    else if (value !== null && typeof value === 'object')
        for (const [name, v] of Object.entries(value)) {
            found.add(name);
            if (free.includes(name)) Object.values(v ?? {}).forEach((w) => members(w, free, found));
            else members(v, free, found);
        }
    return found;
}

// A part of a document, from its heading to the next of the same depth.
function section(text, heading) {
    const from = text.indexOf(`\n${heading}`);
    const depth = heading.match(/^#+/)[0];
    const to = text.indexOf(`\n${depth} `, from + 1);
    check(from >= 0, `there is no part "${heading}"`);
    return text.slice(from, to < 0 ? undefined : to);
}

function compare(what, text, answers, free = [], also = []) {
    const printed = new Set(answers.flatMap((a) => [...members(a, free)]));
    const named = new Set([...text.matchAll(/["`]([a-z][a-z0-9_]*)["`]/g)].map((m) => m[1]));
    const promised = new Set([...text.matchAll(/`?\{[^`]*`/g)].flatMap((m) => [...m[0].matchAll(/"([a-z][a-z0-9_]*)"/g)].map((n) => n[1])));
    const missing = [...printed].filter((n) => !named.has(n) && !also.includes(n));
    const idle = [...promised].filter((n) => !printed.has(n));
    check(missing.length === 0, `${what} prints what its document does not name: ${missing.join(', ')}`);
    check(idle.length === 0, `the document of ${what} names what is not printed: ${idle.join(', ')}`);
}

// --- peil stats
const text = document('stats.md');
const stats = (...args) => ask('stats', ...args, '--format', 'json');
const waits = csv('waits.csv', 'days,end,hood', '3,start,east', '8,start,west', '8,left,east', '15,start,west', '21,waits,east', '34,start,east', '40,waits,west');
const log = csv('log.csv', 'case,act,time', '1,ask,2024-01-01', '1,talk,2024-01-10', '2,ask,2024-01-02', '2,left,2024-01-20', '3,ask,2024-01-05');
const months = csv('months.csv', 'm,v,d', ...Array.from({ length: 24 }, (_, i) => `${i},${10 + (i * 7) % 5},${40 + i}`));
const pairs = csv('pairs.csv', 'b,a,p,y', ...Array.from({ length: 20 }, (_, i) => `${i % 7},${(i * 3) % 7},${i < 10 ? 'old' : 'new'},${i % 3 ? 'yes' : 'no'}`));
const hoods = csv('hoods.csv', 'g,s,e,n', ...['a', 'b', 'c'].flatMap((g, i) => ['x', 'y'].map((s, j) => `${g},${s},${3 + i + j},${30 + 5 * i}`)));
const flow = csv('flow.csv', 'p,new,done,stock', '1,10,8,100', '2,10,8,102', '3,10,8,120');
const bands = csv('bands.csv', 'low,high,n', '0,6,10', '6,26,20', '26,52,5', '52,,2');
const day = (n) => new Date(Date.UTC(2023, 0, 2 + n)).toISOString().slice(0, 10);
const turns = csv('turns.csv', 'r,s,c', ...Array.from({ length: 400 }, (_, i) => `${day(i)},${i < 370 ? day(i + 20 + (i * 7) % 20) : ''},${i % 2 ? 'a' : 'b'}`));
const until = ['--times', '14', '--by', 'hood'];

compare('stats survival', section(text, '### survival'), [
    stats('survival', waits, '--time', 'days', '--status', 'end', '--event', 'start', '--mean', '30', ...until)], [], ['groups', 'group']);
compare('stats incidence', section(text, '### incidence'), [
    stats('incidence', waits, '--time', 'days', '--cause', 'end', '--censored', 'waits', ...until)], ['ended', 'causes', 'gray'], ['groups', 'group', 'start', 'left']);
const cases = stats('log', log, '--case', 'case', '--activity', 'act', '--time', 'time', '--start', 'ask', '--stop', 'talk', '--exit', 'left', '--times', '30');
const { wait, ended, causes, ...whole } = cases;
check(wait && ended && causes, 'stats log prints wait, ended and causes');
compare('stats log', section(text, '### log'), [whole, { wait: 0, ended: 0, causes: 0 }], [], ['p80', 'p90', 'p80_type1', 'p90_type1']);
compare('stats chart', section(text, '### chart'), [
    stats('chart', months, '--value', 'v', '--label', 'm'), stats('chart', months, '--value', 'v', '--denominator', 'd', '--kind', 'p', '--rules', 'anhoej')],
    ['constants']);
compare('stats drift', section(text, '### drift'), [stats('drift', months, '--value', 'v', '--label', 'm')]);
compare('stats interval, rate, paired, compare', section(text, '### interval'), [
    stats('interval', '--successes', '3', '--n', '9'), stats('interval', pairs, '--value', 'y'), stats('rate', '--events', '3', '--exposure', '900'),
    stats('paired', pairs, '--before', 'b', '--after', 'a'), stats('compare', pairs, '--value', 'b', '--period', 'p', '--before', 'old', '--after', 'new'),
    stats('compare', pairs, '--value', 'y', '--period', 'p', '--before', 'old', '--after', 'new', '--yes', 'yes'),
    stats('compare', '--successes', '48,56', '--n', '80,70'), stats('compare', '--events', '21,11', '--exposure', '3011,800')]);
compare('stats standard', section(text, '### standard'), [stats('standard', hoods, '--group', 'g', '--stratum', 's', '--events', 'e', '--size', 'n')]);
compare('stats stockflow, bands', section(text, '### stockflow'), [
    stats('stockflow', flow, '--new', 'new', '--completed', 'done', '--stock', 'stock', '--label', 'p'),
    stats('bands', bands, '--lower', 'low', '--upper', 'high', '--count', 'n', '--within', '26', '--over', '36')], ['constants'], ['jump', 'lower', 'upper', 'weeks']);
const phone = ['erlang', '--calls', '20', '--interval', '30m', '--handling', '180s'];
const constants = ['within', 'target', 'max_occupancy', 'patience', 'share', 'weeks', 'factor', 'cvd', 'cvc'];
compare('stats erlang, queue, capacity, position, list', section(text, '### erlang'), [
    stats(...phone), stats(...phone, '--patience', '120s'), stats('queue', '--servers', '3', '--service', '1', '--arrivals', '1,1'),
    stats('capacity', '--demand', '10', '--duration', '10', '--places', '90', '--queue', '30', '--within', '6', '--weeks', '20'),
    stats('position', '--position', '5', '--workers', '10', '--completions', '0.05'), stats('position', '--position', '5', '--workers', '10', '--completions', '0.05', '--runs', '1000'),
    stats('list', '--demand', '10', '--capacity', '12', '--queue', '40', '--target', '30')], [], constants);
compare('stats forecast', section(text, '### forecast'), [stats('forecast', turns, '--received', 'r', '--started', 's', '--class', 'c', '--waiting')]);

// --- peil forecast, measure and import, on a small demo
execFileSync(peil, ['demo', 'demo.db', '--scale', '0.2', '--from', '2024-01-01', '--to', '2025-06-30', '--password', 'not-a-secret-12'], { cwd: folder });
const plans = document('expectation.md').match(/```json\n([\s\S]*?)```/)[1];
writeFileSync(join(folder, 'plans.json'), plans);
const forecast = (...args) => ask('forecast', 'demo.db', '--at', '2025-06-30', '--replications', '20', '--format', 'json', ...args);
const one = ['--team', 'Oost'];
compare('forecast', section(document('expectation.md'), '### JSON').replace(/```json[\s\S]*?```/, ''), [forecast(...one), forecast('--backtest', ...one), forecast('--what-if', 'plans.json', ...one),
    forecast('--needed')], [], ['demand', 'duration', 'hours', 'caseload', 'queue', 'leave', 'share', 'within', 'weeks', 'calls', 'handling', 'patience', 'agents']);

execFileSync(peil, ['change', 'demo.db', 'add', '--what', 'starts', '--from', '2025-06-01', '--note', 'two colleagues are ill', ...one], { cwd: folder });
compare('change', section(document('expectation.md'), '### Changes'), [ask('change', 'demo.db', '--format', 'json')]);
compare('measure', section(document('measure.md'), '## JSON'), [ask('measure', 'demo.db', '--format', 'json', '--times', '30', '--by', 'urgency')], ['group'], ['urgency']);
csv('list.csv', 'nummer;ontvangen;wijk;team', '1;14-12-2023;Binnenstadd;Team 9', '2;niet;;');
compare('import', section(document('import.md'), '## The summary as JSON'), [ask('import', 'demo.db', 'list.csv', '--dry-run', '--format', 'json')]);

// --- wrong use: the status, and what the message must say
const wrong = (status, says, ...args) => {
    const r = spawnSync(peil, ['--lang', 'en', ...args], { cwd: folder, encoding: 'utf8', input: '' });
    check(r.status === status && says.test(r.stderr), `peil ${args.join(' ')}: status ${r.status}, ${r.stderr}`);
};
wrong(2, /no command "nope"/, 'nope');
wrong(2, /Usage: peil init/, 'init', 'new.db', 'more');
wrong(2, /Usage: peil check/, 'check', 'demo.db', 'more');
wrong(2, /no option --sead/, 'forecast', 'demo.db', '--sead', '3');
wrong(2, /from 0 to/, 'forecast', 'demo.db', '--seed', 'x');
wrong(2, /date such as/, 'measure', 'demo.db', '--at', '2024-13-01');
wrong(2, /must lie before/, 'measure', 'demo.db', '--from', '2024-02-01', '--to', '2024-01-01');
wrong(2, /There are: team/, 'measure', 'demo.db', '--by', 'colour');
wrong(2, /from 0.01 to 100/, 'demo', 'new.db', '--scale', '0');
wrong(2, /Write an address/, 'serve', 'demo.db', '--listen', 'here');
check(!existsSync(join(folder, 'new.db')), 'a demo that cannot be made leaves a file behind');
wrong(2, /--every belongs to --follow/, 'extract', 'demo.db', 'x.ext', '--every', '3');
wrong(2, /There are: intake/, 'user', 'add', 'demo.db', '--login', 'x', '--role', 'king');
wrong(2, /moment that has been/, 'baseline', 'demo.db', 'seal', '--at', '2999-01-01');
wrong(2, /must lie before the moment/, 'baseline', 'demo.db', 'seal', '--from', '2024-02-01', '--to', '2024-01-01');
wrong(2, /no indicator "W99"/, 'measure', 'demo.db', '--indicator', 'W99');
wrong(2, /not in the future/, 'change', 'demo.db', 'add', '--what', 'starts', '--note', 'x', '--from', '2999-01-01');
wrong(1, /does not wait/, 'forecast', 'demo.db', '--request', '1');
wrong(1, /cannot find/, 'forecast', 'demo.db', '--request', '999999');
const today = { cwd: folder, encoding: 'utf8', env: { ...process.env, PEIL_NOW: '2025-06-30T12:00' } };
const lists = (...args) => JSON.parse(execFileSync(peil, ['forecast', 'demo.db', '--replications', '20', '--format', 'json', ...args], today)).lists;
const of = lists().find((list) => list.windows.length > 1), row = of.windows[1];
const alone = lists('--request', String(row.request)); // only its list is made, and it is the same
check(alone.length === 1 && alone[0].windows.length === 1 && JSON.stringify(alone[0].windows[0]) === JSON.stringify(row),
  `forecast --request ${row.request}: ${JSON.stringify(alone).slice(0, 200)}`);
wrong(1, /no file nowhere.csv/, 'baseline', 'demo.db', 'seal', '--files', 'nowhere.csv');
wrong(1, /no register at nowhere.db/, 'check', 'nowhere.db');
wrong(1, /no folder for/, 'extract', 'demo.db', 'nowhere/x.ext');
wrong(1, /These are ready: .*sf311/, 'import', 'demo.db', 'waits.csv', '--mapping', 'nope');
writeFileSync(join(folder, 'bad.json'), '[{"workers": 1}, {"arrivals": 900}]');
wrong(1, /Plan 2: /, 'forecast', 'demo.db', '--what-if', 'bad.json');
const language = spawnSync(peil, ['--lang', 'fr', 'help'], { encoding: 'utf8' });
check(language.status === 2 && /"?fr/.test(language.stderr), `peil --lang fr: ${language.status}, ${language.stderr}`);

rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
