// SPDX-License-Identifier: EUPL-1.2
/* All indicators, from the register and from its extract: the same bytes, however they are asked; also from an extract that grew, from the one
 * that a baseline sealed, and from several organisations together. node extract.mjs PEIL REGISTER DAY EARLIER-DAY FOLDER OTHER-REGISTER */
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';

const [peil, register, day, earlier, folder, other] = process.argv.slice(2);
const run = (...args) => execFileSync(peil, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
const at = { [day]: `${folder}/extract`, [earlier]: `${folder}/extract-earlier` }, file = at[day], twin = `${folder}/twin`;
let wrong = 0, looked = 0;
const fault = (text) => { wrong++; console.log(`extract: ${text}`); };
const extract = (path, ...args) => { rmSync(path, { force: true }); run('extract', register, path, ...args); };
for (const d of [day, earlier]) extract(at[d], '--at', d);
copyFileSync(file, twin);
copyFileSync(at[earlier], `${folder}/grown`); /* what came since stands behind it */
run('extract', register, `${folder}/grown`, '--at', day);

const measure = (...args) => run('measure', register, ...args);
const ways = [[], ['--by', 'month'], ['--by', 'team'], ['--by', 'neighbourhood'], ['--by', 'team,month', '--all', '--net'], ['--by', 'channel,quarter'],
    ['--by', 'route'], ['--by', 'kind'], ['--by', 'category,year', '--utc'], ['--from', '2024-01-15', '--to', '2024-02-15'], ['--since', '2024-02-01', '--rule', 'step'],
    ['--only', 'channel=phone', '--quantiles', '0.25,0.95', '--times', '7,14,28', '--conf', 'log'], ['--only', 'team=Oost', '--by', 'month'],
    ['--then-from', '2024-01-01', '--then-to', '2024-02-29', '--from', '2024-03-01', '--to', '2024-04-10']];
for (const way of ways)
    for (const d of [day, earlier])
        for (const format of ['json', 'csv', 'table']) {
            const a = measure('--at', d, '--format', format, ...way);
            looked += a.length;
            for (const path of d === day ? [at[d], `${folder}/grown`] : [at[d]])
                if (a !== measure('--extract', path, '--format', format, ...way) || a.length < 1000) fault(`${path} ${way.join(' ')} at ${d} as ${format}: not the same bytes`);
        }

/* Everybody twice: twice the people and the same percentiles. Shares of places and people in service are counted otherwise. */
const json = (...args) => JSON.parse(measure('--format', 'json', ...args));
const one = json('--extract', file), two = json('--extract', `${file},${twin}`);
const pick = (list, id) => list.find((r) => r.indicator === id && r.reason === null) ?? list.find((r) => r.indicator === id);
for (const id of ['I1', 'W1', 'W2', 'W3', 'W4', 'W8', 'D2', 'L1'])
    if (pick(two.results, id).n !== 2 * pick(one.results, id).n || pick(one.results, id).n === 0) fault(`${id} of two`);
const quantile = (list, p) => pick(list, 'W1').values.find((v) => v.kind === 'quantile' && v.at === p).value;
for (const p of [0.5, 0.8, 0.9]) if (quantile(one.results, p) !== quantile(two.results, p)) fault(`W1 ${p} of two`);
const key = (r) => `${r.indicator} ${r.part} ${r.version} ${r.code ?? ''}`, byKey = (list) => new Map(list.map((r) => [key(r), r]));
const twice = byKey(two.parts);
let parts = 0;
for (const r of one.parts) {
    const t = twice.get(key(r));
    parts += r.n > 0;
    if (t === undefined) fault(`${key(r)} is not there for two`);
    else if (!/^(C2|C3|Z3 a)/.test(key(r)) && (t.n !== 2 * r.n || t.events !== 2 * r.events || t.censored !== 2 * r.censored)) fault(`${key(r)}: ${r.n} and ${t.n}`);
}
if (parts < 100) fault(`only ${parts} parts have data`);

/* With an organisation that keeps waiting requests alone: their sum of requests, and nothing about calls. */
rmSync(`${folder}/other`, { force: true });
run('extract', other, `${folder}/other`, '--at', day);
const small = json('--extract', `${folder}/other`), both = json('--extract', `${folder}/other,${file}`);
const n = (list, id) => pick(list.results, id).n;
for (const id of ['I1', 'W1']) if (n(both, id) !== n(small, id) + n(one, id) || n(small, id) === 0) fault(`${id} of both`);
const state = (list, id) => list.parts.find((r) => r.indicator === id).state;
if (state(one, 'T1') !== 'value' || state(both, 'T1') !== 'no_data' || state(both, 'K1') !== 'no_data') fault('T1 of both says something');

/* What a baseline sealed is measured again from its own extract. */
run('baseline', register, 'seal', '--name', 'Nulmeting', '--at', earlier, '--from', '2024-01-15', '--to', '2024-03-31');
const sealed = (block) => execFileSync(peil, ['baseline', register, 'show', '1', '--block', block], { maxBuffer: 1 << 28 });
writeFileSync(`${folder}/sealed`, sealed('extract'));
const period = ['--extract', `${folder}/sealed`, '--from', '2024-01-15', '--to', '2024-03-31'];
const again = byKey(json(...period).parts), teams = json(...period, '--by', 'team').parts;
let values = 0, teams_begin = false; /* everybody comes first, then each team; the one that is not known has no name */
for (const line of sealed('values').toString().trimEnd().split('\n').slice(1)) {
    const [id, part, version, team, code, many, , kind, level, value, lower, upper] = line.split('\t');
    teams_begin ||= team !== '';
    const which = `${id} ${part} ${version} ${code}`;
    const r = teams_begin ? teams.find((t) => (t.group.team ?? '') === team && key(t) === which) : again.get(which);
    if (value === '') continue;
    values++; /* an open limit is an empty cell and null; two counts without a level are all, and those beyond the last one */
    const number = (text) => (text === '' ? null : Number(text));
    if (r?.n !== Number(many) || !r.values.some((w) => w.kind === kind && w.at === number(level) && w.value === Number(value) && w.lower === number(lower) && w.upper === number(upper)))
        fault(`sealed: ${line}, now ${JSON.stringify(r)}`);
}
if (values < 150) fault(`only ${values} sealed values`);
if (!measure('--extract', at[earlier], '--baseline', '1').includes('T1')) fault('no comparison with a baseline');

/* Requests alone: eleven figures, and what they cannot say is refused. An extract says how it was at its own moment. */
extract(`${folder}/alone`, '--at', day, '--requests');
const figures = 'I1,W1,W1-started,W1-helped,W2,W3,W4,W8,D2,D2-reason,L1';
if (JSON.stringify(json('--extract', `${folder}/alone`, '--indicator', figures).results) !== JSON.stringify(json('--at', day, '--indicator', figures).results)) fault('requests alone');
for (const args of [[`${folder}/alone`, '--indicator', 'K1'], [`${folder}/alone`, '--baseline', '1'], [file, '--at', earlier], [file, '--at', '2031-01-01'], [`${file},${register}`]])
    try {
        execFileSync(peil, ['measure', register, '--extract', ...args], { stdio: 'pipe' });
        fault(`${args.join(' ')} was not refused`);
    } catch (e) {
        if (e.status === 0 || e.status === null) fault(`${args.join(' ')} ended with ${e.status}`);
    }
console.log(`extract: ${ways.length * 6} questions, ${looked} bytes, ${parts} parts of two, ${values} sealed values, ${wrong} differences`);
process.exit(wrong ? 1 : 0);
