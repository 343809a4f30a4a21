// SPDX-License-Identifier: EUPL-1.2
// Compares what `peil measure --format json` printed with the values that R computed: node check.mjs DATA ANSWERS
// DATA holds expected/*.csv, ANSWERS the files that tests/acceptance.sh made. Knows nothing of Peil but its JSON.
import { readFileSync } from 'node:fs';

const [data, answers] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let left = 0;

const answer = (name) => JSON.parse(readFileSync(`${answers}/${name}.json`, 'utf8'));

function* rows(name) {
    for (const line of readFileSync(`${data}/expected/${name}`, 'utf8').trim().split('\n').slice(1)) {
        const [file, group, metric, value] = [...line.matchAll(/"((?:[^"]|"")*)"/g)].map((m) => m[1]);
        yield { file, group, metric, want: value === 'NA' ? null : Number(value) };
    }
}

const figure = (set, indicator, label = {}, reason) =>
    set.results.find((r) => r.indicator === indicator && (r.reason ?? undefined) === reason &&
        Object.entries(label).every(([k, v]) => r.group[k] === v)) ?? { values: [] };
const value = (f, kind, at) =>
    f.values.find((v) => v.kind === kind && (at === undefined || Math.abs(v.at - at) < 1e-6)) ?? {};
const times = (x, unit) => (x === null || x === undefined ? x : x * unit);

// Values of a Kaplan-Meier figure; a day has `unit` units of the file.
function curve(f, unit, metric) {
    const m = metric.match(/^(km_p|share_closed_within_|km_share_within_|S_day)(\d+)(?:_(?:days|minutes))?(?:_(lo|hi)95)?/);
    if (m?.[1] === 'km_p')
        return times(value(f, 'quantile', m[2] / 100)[{ lo: 'lower', hi: 'upper' }[m[3]] ?? 'value'], unit);
    if (m?.[1] === 'S_day')
        return 1 - value(f, 'share', m[2] / unit).value;
    if (m)
        return value(f, 'share', m[2] / unit).value;
    const counts = { n: 'n', events: 'events', closed: 'events', open: 'censored', negative_set_to_0: 'negative',
        negative_waits_set_to_0: 'negative', n_delayed: 'late' };
    return f[counts[metric]];
}

function reasons(set, metric) {
    const m = metric.match(/^cif_([a-z]+)_day(\d+)(_se)?$/);
    if (m)
        return value(figure(set, 'D2-reason', {}, m[1]), 'incidence', Number(m[2]))[m[3] ? 'se' : 'value'];
    return { paid: figure(set, 'D2-reason', {}, 'paid').events,
        credit_collection: figure(set, 'D2-reason', {}, 'collection').events }[metric];
}

function log(set, metric) {
    const f = figure(set, 'L1');
    const m = metric.match(/^throughput_days_p(\d+)_type(\d)$/);
    if (m)
        return value(f, m[2] === '7' ? 'quantile' : 'quantile_type1', m[1] / 100).value;
    return metric === 'throughput_days_mean' ? value(f, 'mean').value : set[metric];
}

const groups = (set, key, metric) => (metric === 'distinct'
    ? set.results.filter((r) => r.group[key] !== null).length : figure(set, 'I1', { [key]: null }).n);

const sf = Object.fromEntries(['all', 'channel', 'three', 'category', 'team', 'neighbourhood'].map((k) => [k, answer(`sf311-${k}`)]));
function requests(group, metric) {
    const channel = group.match(/, channel (.*)$/);
    const codes = { Phone: 'phone', Web: 'web', 'Mobile/Open311': 'app', Twitter: 'social' };
    const in_ = figure(sf.all, 'I1');
    if (channel)
        return curve(figure(sf.channel, 'D2', { channel: codes[channel[1]] }), 1, metric);
    if (group === 'district')
        return groups(sf.team, 'team', metric);
    if (group === 'neighborhood')
        return groups(sf.neighbourhood, 'neighbourhood', metric);
    if (group === 'category counts')
        return metric === 'distinct' ? groups(sf.category, 'category', metric) : figure(sf.category, 'I1', { category: metric }).n;
    if (group === 'months')
        return { n: in_.n / value(in_, 'mean').value, mean_per_month: value(in_, 'mean').value, max: value(in_, 'max').value }[metric];
    if (metric === 'logrank_chisq_3_channels')
        return sf.three.logrank?.df === 2 ? sf.three.logrank.chisq : undefined;
    const naive = metric.match(/^naive_closed_only_p(\d+)$/);
    return naive ? value(figure(sf.all, 'W1-started'), 'quantile', naive[1] / 100).value : curve(figure(sf.all, 'D2'), 1, metric);
}

const sepsis = answer('sepsis-all');
function hospital(group, metric) {
    if (group === 'all')
        return log(sepsis, metric);
    return metric === 'naive_median_minutes' ? times(value(figure(sepsis, 'W1-started'), 'quantile', 0.5).value, 24 * 60)
        : curve(figure(sepsis, 'W1'), 24 * 60, metric);
}

const fine = { log: answer('fines-log'), then: answer('fines-then'), base: answer('fines-base') };
function fines(group, metric) {
    if (group === 'all')
        return log(fine.log, metric);
    if (group.startsWith('Create Fine -> Send Fine'))
        return curve(figure(fine.then, 'W1'), 1, metric);
    const set = group.startsWith('baseline') ? fine.base : fine.then;
    return reasons(set, metric) ?? curve(figure(set, 'D2'), 1, metric);
}

const files = { 'requests_sf311_a.csv.gz': requests, 'eventlog_sepsis.csv.gz': hospital, 'eventlog_fines_a.csv.gz': fines };
for (const name of ['requests_calls.csv', 'eventlogs.csv'])
    for (const { file, group, metric, want } of rows(name)) {
        if (!files[file])
            continue;
        if (/^WRONG_|^naive_median_paid/.test(metric)) { // what nobody should compute: the unit tests do
            left++;
            continue;
        }
        const got = files[file](group, metric);
        const same = want === null ? got === null
            : typeof got === 'number' && Math.abs(got - want) <= 1e-6 * Math.max(Math.abs(want), 1e-300);
        if (same)
            passed++;
        else {
            failed++;
            console.log(`${file}: ${group}: ${metric}: ${got}, not ${want}`);
        }
    }
console.log(`${left} rows are wrong figures, which peil measure does not make`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
