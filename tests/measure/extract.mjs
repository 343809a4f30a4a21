// SPDX-License-Identifier: EUPL-1.2
/* The figures of requests, from the register and from its extract: the same bytes, however they are asked. Two extracts together:
 * twice the people and the same percentiles. node extract.mjs PEIL REGISTER DAY EARLIER-DAY FOLDER */
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';

const [peil, register, day, earlier, folder] = process.argv.slice(2);
const run = (...args) => execFileSync(peil, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
const figures = ['I1', 'W1', 'W1-started', 'W1-helped', 'W2', 'W3', 'W4', 'W8', 'D2', 'D2-reason', 'L1'];
const at = { [day]: `${folder}/extract`, [earlier]: `${folder}/extract-earlier` }, file = at[day], twin = `${folder}/twin`;
for (const d of [day, earlier]) {
    rmSync(at[d], { force: true });
    run('extract', register, at[d], '--at', d);
}
copyFileSync(file, twin);

const measure = (...args) => run('measure', register, '--indicator', figures.join(','), '--format', 'json', ...args);
/* up to the parts of the catalogue, which an extract does not have */
const head = (text) => text.slice(0, text.indexOf('"parts":'));
let wrong = 0, looked = 0;
const ways = [[], ['--by', 'month'], ['--by', 'team'], ['--by', 'neighbourhood,urgency'], ['--by', 'team,month', '--all', '--net'], ['--by', 'channel,quarter'],
    ['--by', 'route'], ['--by', 'category,year', '--utc'], ['--from', '2024-01-15', '--to', '2024-02-15'], ['--since', '2024-02-01', '--rule', 'step'],
    ['--only', 'channel=phone', '--quantiles', '0.25,0.95', '--times', '7,14,28', '--conf', 'log']];
for (const way of ways)
    for (const d of [day, earlier]) {
        const a = head(measure('--at', d, ...way)), b = head(measure('--extract', at[d], ...way));
        looked += a.length;
        if (a !== b || a.length < 1000) {
            wrong++;
            console.log(`extract: ${way.join(' ')} at ${d}: not the same bytes`);
        }
    }
const one = JSON.parse(measure('--extract', file)).results, two = JSON.parse(measure('--extract', `${file},${twin}`)).results;
const pick = (list, id) => list.find((r) => r.indicator === id && r.reason === null) ?? list.find((r) => r.indicator === id);
for (const id of figures)
    if (pick(two, id).n !== 2 * pick(one, id).n || pick(one, id).n === 0) wrong++;
const quantile = (list, p) => pick(list, 'W1').values.find((v) => v.kind === 'quantile' && v.at === p).value;
for (const p of [0.5, 0.8, 0.9]) if (quantile(one, p) !== quantile(two, p)) wrong++;
/* what is made of more than requests, or of another day, is refused */
for (const args of [['--indicator', 'K1'], ['--at', earlier], ['--at', '2031-01-01'], ['--then-from', '2024-01-01', '--then-to', '2024-02-01']])
    try {
        execFileSync(peil, ['measure', register, '--extract', file, ...args], { stdio: 'pipe' });
        wrong++;
        console.log(`extract: ${args.join(' ')} was not refused`);
    } catch (e) {
        if (e.status === 0 || e.status === null) wrong++;
    }
console.log(`extract: ${ways.length * 2} questions, ${looked} bytes, ${wrong} differences`);
process.exit(wrong ? 1 : 0);
