// SPDX-License-Identifier: EUPL-1.2
// `peil stats` from the command line against the values that R and others computed: node stats.mjs PEIL DATA
// Knows nothing of Peil but the names that docs/stats.md promises. Every row of the files below is asked for; the
// table at the end says how many rows of each file were checked, and why the others were not.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [peil, data] = process.argv.slice(2);
let passed = 0;
let failed = 0;
const left = {}; // file -> reason -> rows
const done = {}; // file -> values
const seen = {}; // file -> rows

const memory = new Map();
function stats(...args) {
    const key = args.join('\u0000');
    if (!memory.has(key))
        memory.set(key, JSON.parse(execFileSync(peil, ['stats', ...args, '--format', 'json'], { maxBuffer: 1 << 28 })));
    return memory.get(key);
}
const file = (name) => join(data, name);

function* rows(name) {
    const lines = readFileSync(join(data, 'expected', name), 'utf8').trim().split(/\r?\n/);
    const cut = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1] ?? m[2]);
    const head = cut(lines[0]);
    seen[name] = 0;
    for (const line of lines.slice(1)) {
        seen[name]++;
        yield Object.fromEntries(cut(line).map((v, i) => [head[i], v]));
    }
}

function same(got, want) {
    if (Array.isArray(got)) // flagged points
        return (got.join(' ') || '-') === want;
    if (want === 'NA')
        return got === null;
    return typeof got === 'number' && Math.abs(got - Number(want)) <= 1e-6 * Math.max(Math.abs(Number(want)), 1e-300);
}

// decimals: the file rounds to so many, so that a value cannot be closer than half of the last one.
function check(name, what, got, want, decimals = 99) {
    done[name] = (done[name] ?? 0) + 1;
    if (same(got, want) || (typeof got === 'number' && Math.abs(got - Number(want)) <= 0.501 * 10 ** -decimals))
        passed++;
    else {
        failed++;
        console.log(`${name}: ${what}: ${JSON.stringify(got)}, not ${want}`);
    }
}
function leave(name, why, n = 1) {
    left[name] ??= {};
    left[name][why] = (left[name][why] ?? 0) + n;
}

// ── Control charts ──────────────────────────────────────────────────────────────────────────────────────────────
function series(dataset, group) {
    const ae = group.match(/^(\w{3}) (attendances|breaches\/attendances)$/);
    switch (dataset) {
    case 'spc_nhs_vector.csv':
        return ['--value', group];
    case 'spc_montgomery_t6_07_cost.csv':
        return ['--value', 'value', ...(group.startsWith('freeze') ? ['--freeze', '20'] : [])];
    case 'spc_montgomery_t7_03_defective.csv':
        return ['--value', 'count', '--denominator', 'n', ...(group.startsWith('samples 1-30')
            ? ['--rows', '1-30', '--exclude', '15,23'] : ['--rows', '31-'])];
    case 'spc_montgomery_t7_08_nonconformities.csv':
        return ['--value', 'count', '--freeze', '26', '--exclude', '6,20'];
    case 'spc_montgomery_t7_10_units.csv':
        return ['--value', 'count', '--denominator', 'n'];
    case 'spc_complaints.csv':
        return ['--value', 'complaints', ...(group.endsWith('per sale') ? ['--denominator', 'sales'] : [])];
    case 'spc_infections_cdi.csv':
        return ['--value', 'n', '--denominator', 'days',
            ...(group.startsWith('period ') ? ['--only', `period=${group.split(/[ ,]/)[1]}`] : []),
            ...(group.startsWith('baseline frozen') ? ['--freeze', '24'] : [])];
    case 'spc_ae_a.csv':
        return ae && [...(ae[2] === 'attendances' ? ['--value', 'attendances'] : ['--value', 'breaches', '--denominator', 'attendances']),
            '--by', 'org_code'];
    }
    return undefined;
}
function spc() {
    const charts = { 'I (not screened)': ['xmr', 'nhs'], 'I (mR screened once at 3.267*mRbar)': ['xmr', 'nhs', '--screen'],
        'NHS rules': ['xmr', 'nhs', '--screen'], I: ['xmr', 'anhoej'], P: ['p', 'anhoej'], "P'": ['pprime', 'anhoej'],
        U: ['u', 'anhoej'], C: ['c', 'anhoej'] };
    for (const r of rows('spc.csv')) {
        const [kind, rules, ...more] = charts[r.chart];
        let k = stats('chart', file(r.dataset), ...series(r.dataset, r.group), '--kind', kind, '--rules', rules, ...more);
        k = k.groups?.find((g) => g.group === r.group.slice(0, 3)) ?? k;
        const value = { n: k.points, cl: k.centre, mRbar: k.constants.mean_range, sigma_z: k.constants.sigma_z, lcl: k.lower[0],
            ucl: k.upper[0], lcl_first: k.lower[0], ucl_first: k.upper[0], lcl_last: k.lower.at(-1), ucl_last: k.upper.at(-1),
            points_outside: k.outside, outside: k.outside, shift7: k.signals.shift, trend7: k.signals.trend,
            two_of_three: k.signals.two_of_three, useful: k.runs.useful, longest_run: k.runs.longest_run,
            longest_run_max: k.runs.longest_run_max, crossings: k.runs.crossings, crossings_min: k.runs.crossings_min,
            anhoej_signal: Number(k.runs.signal) }[r.metric];
        check('spc.csv', `${r.dataset} ${r.group} ${r.chart} ${r.metric}`, value, r.value);
    }
}

// ── Survival and competing ends ─────────────────────────────────────────────────────────────────────────────────
const sets = {
    'waitlist_transplant_a.csv': { time: ['--time', 'days'], cause: 'outcome', events: 'ltx,death,withdraw', censored: 'censored', by: 'bloodgroup' },
    'survival_lung.csv': { time: ['--time', 'time'], cause: 'status', events: '2', censored: '1', by: 'sex' },
    'competing_mgus2.csv': { time: ['--time', 'months'], cause: 'event', events: 'pcm,death', censored: 'censor,censored', by: 'sex' },
};
const lengths = ['--times', '30,60,90,120,180,240,365,730', '--quantiles', '0.25,0.5,0.75,0.8,0.9'];

// The object of a group name of the file: "all", "sex 1", "blood group A".
function ofGroup(answer, group) {
    const m = group.match(/^(?:sex|blood group) (\w+)$/);
    return m ? answer.groups.find((g) => g.group === m[1]) : answer;
}
function survivalValue(dataset, group, metric) {
    const set = sets[dataset];
    const by = /^(sex|blood group) /.test(group) ? ['--by', set.by] : [];
    const all = (conf, event, ...more) => stats('survival', file(dataset), ...set.time, '--status', set.cause, '--event', event, '--conf', conf, ...lengths, ...more);
    const ends = () => ofGroup(stats('incidence', file(dataset), ...set.time, '--cause', set.cause, '--censored', set.censored, ...lengths.slice(0, 2), ...by), group);
    const cause = group.match(/^cause-specific (\w+) by (.*)$/) ?? group.match(/^Gray test by (.*), cause (\w+)$/);
    let m;
    if (group.startsWith('cause-specific'))
        return all('log', cause[1], '--by', cause[2].replace(' ', '')).logrank[metric.slice(8)];
    if (group.startsWith('Gray')) {
        const g = stats('incidence', file(dataset), ...set.time, '--cause', set.cause, '--censored', set.censored, ...lengths.slice(0, 2), '--by', 'bloodgroup').gray?.[cause[2]];
        return metric === 'gray_p' ? g?.p : g?.chisq;
    }
    if (group.startsWith('by '))
        return all('log', set.events, '--by', set.by).logrank[metric.slice(8)];
    if ((m = metric.match(/^n_(\w+)$/))) // how many of each end, and censored
        return m[1] === 'censored' ? ends().censored : ends().ended[m[1]];
    if ((m = metric.match(/^cif_(\w+?)_(\d+)(?:_se_(aalen|survfit))?$/))) {
        const at = ends().causes[m[1]].find((v) => v.t === Number(m[2]));
        return at[{ aalen: 'se_aalen', survfit: 'se' }[m[3]] ?? 'value'];
    }
    if ((m = metric.match(/^WRONG_1-KM_(\w+?)_(\d+)$/))) // competing ends as censorings
        return 1 - ofGroup(all('log', m[1], ...by), group).at.find((v) => v.t === Number(m[2])).survival;
    if ((m = metric.match(/^naive_median_(\w+?)_days$/)))
        return all('log', m[1]).completed.quantiles.find((q) => q.p === 0.5).type7;
    if ((m = metric.match(/^rmst_(\d+)(_se)?$/)))
        return ofGroup(all('log', set.events, '--mean', m[1], ...by), group).mean[m[2] ? 'se' : 'value'];
    const conf = metric.match(/_(log-log|log)$/)?.[1] ?? 'log';
    const k = ofGroup(all(conf, set.events, ...by), group);
    const field = (v) => v[{ lo: 'lower', hi: 'upper' }[metric.match(/_(lo|hi)95/)?.[1]] ?? 'value'];
    if ((m = metric.match(/^km_p(\d+)_/)))
        return field(k.quantiles.find((q) => q.p === m[1] / 100));
    if ((m = metric.match(/^S_(\d+)(_se)?/))) {
        const at = k.at.find((v) => v.t === Number(m[1]));
        return m[2] ? at.se : field({ ...at, value: at.survival });
    }
    return { n: k.n, events: k.events }[metric];
}
function survival() {
    for (const r of rows('survival.csv'))
        check('survival.csv', `${r.dataset} ${r.group} ${r.metric}`, survivalValue(r.dataset, r.group, r.metric), r.value);
}

// ── Event logs ──────────────────────────────────────────────────────────────────────────────────────────────────
const log = ['--case', 'case_id', '--activity', 'activity', '--time', 'timestamp', '--conf', 'log', '--quantiles', '0.5,0.8,0.9,0.95'];
const fines = [file('eventlog_fines_a.csv.gz'), ...log, '--start', 'Create Fine', '--at', '2010-06-30'];
const sent = 'Send for Credit Collection';
function waitValue(w, metric) {
    let m;
    if ((m = metric.match(/^km_p(\d+)_\w+?(?:_(lo|hi)95)?$/)))
        return w.quantiles.find((q) => q.p === m[1] / 100)[{ lo: 'lower', hi: 'upper' }[m[2]] ?? 'value'];
    if ((m = metric.match(/^(?:km_share_within|share_closed_within)_(\d+)_/)))
        return 1 - w.at.find((v) => v.t === Number(m[1])).survival;
    if ((m = metric.match(/^S_day(\d+)$/)))
        return w.at.find((v) => v.t === Number(m[1])).survival;
    if (/^naive_(median|closed)/.test(metric)) {
        const p = Number(metric.match(/_p(\d+)$/)?.[1] ?? 50) / 100;
        return w.completed.quantiles.find((q) => q.p === p).type7;
    }
    return { n: w.n, events: w.events, closed: w.events, open: w.censored, negative_set_to_0: w.negative,
        negative_waits_set_to_0: w.negative, n_delayed: w.late }[metric];
}
function finesValue(group, metric) {
    const times = ['--times', '30,90,180,365,730'];
    const since = group.startsWith('baseline') ? ['--since', '2007-01-01'] : [];
    if (group.startsWith('Create Fine -> Send Fine'))
        return waitValue(stats('log', ...fines, '--stop', 'Send Fine', '--exit', `Payment,${sent}`).wait, metric);
    if (group.endsWith('(any exit)'))
        return waitValue(stats('log', ...fines, '--stop', `Payment,${sent}`).wait, metric);
    const paid = stats('log', ...fines, '--stop', 'Payment', '--exit', sent, ...times, ...since);
    const any = stats('log', ...fines, '--stop', `Payment,${sent}`, ...times, ...since);
    const m = metric.match(/^cif_(paid|collection)_day(\d+)(_se)?$/);
    if (m)
        return paid.causes[m[1] === 'paid' ? 'Payment' : sent].find((v) => v.t === Number(m[2]))[m[3] ? 'se' : 'value'];
    const wrong = metric.match(/^WRONG_1-KM_paid_day(\d+)$/);
    if (wrong)
        return 1 - paid.wait.at.find((v) => v.t === Number(wrong[1])).survival;
    if (metric.startsWith('naive_median_paid'))
        return waitValue(paid.wait, metric);
    return { paid: paid.ended.Payment, credit_collection: paid.ended[sent] }[metric] ?? waitValue(any.wait, metric);
}
function eventlogs() {
    for (const r of rows('eventlogs.csv')) {
        const whole = stats('log', file(r.dataset), ...log);
        const m = r.metric.match(/^throughput_days_(mean|p\d+)(?:_type(\d))?$/);
        let got;
        if (/ignoring_entry$/.test(r.metric)) {
            leave('eventlogs.csv', 'a wrong figure (late entries counted from the start) that peil stats does not make; the unit test does');
            continue;
        }
        if (m)
            got = whole.throughput[m[2] === '1' ? `${m[1]}_type1` : m[1]];
        else if (r.group === 'all')
            got = whole[r.metric];
        else if (r.dataset.startsWith('eventlog_sepsis'))
            got = waitValue(stats('log', file(r.dataset), ...log, '--start', 'ER Registration', '--stop', 'IV Antibiotics', '--unit', 'minute',
                '--times', '60,180,360').wait, r.metric);
        else
            got = finesValue(r.group, r.metric);
        check('eventlogs.csv', `${r.group} ${r.metric}`, got, r.value);
    }
}

// ── Requests and calls ──────────────────────────────────────────────────────────────────────────────────────────
function requestValue(group, metric) {
    const f = file('requests_sf311_a.csv.gz');
    const wait = [f, '--from', 'created', '--to', 'closed', '--at', '2014-07-01', '--conf', 'log', '--times', '7,14,30,42,56'];
    const channel = group.match(/, channel (.*)$/);
    const count = { district: 'district', neighborhood: 'neighborhood', 'category counts': 'category' }[group];
    if (channel)
        return waitValue(stats('survival', ...wait, '--by', 'channel').groups.find((g) => g.group === channel[1]), metric);
    if (count) {
        const answers = stats('interval', f, '--value', count).answers;
        return metric === 'distinct' ? answers.filter((a) => a.answer !== '').length
            : answers.find((a) => a.answer === (metric === 'missing' ? '' : metric)).successes;
    }
    if (metric === 'logrank_chisq_3_channels')
        return stats('survival', ...wait, '--by', 'channel', '--only', 'channel=Phone,Web,Mobile/Open311').logrank.chisq;
    return waitValue(stats('survival', ...wait), metric);
}
function callValue(group, metric) {
    const f = file('calls_sffd_a.csv.gz');
    const m = group.match(/^final_priority (\d): (received -> dispatch|dispatch -> on scene)/);
    if (!m) {
        const all = stats('log', f, '--case', 'call', '--activity', 'unit', '--time', 'received');
        return { rows: all.events, calls: all.cases }[metric];
    }
    const only = ['--only', `final_priority=${m[1]}`, '--conf', 'log'];
    if (m[2].startsWith('received')) {
        const w = stats('survival', f, ...only, '--from', 'received', '--to', 'dispatch', '--unit', 'second');
        const p = metric.match(/^p(\d+)_/);
        return p ? w.completed.quantiles.find((q) => q.p === p[1] / 100).type7 : { n: w.n, negative: w.negative }[metric];
    }
    return waitValue(stats('survival', f, ...only, '--from', 'dispatch', '--to', 'on_scene', '--until', 'available', '--unit', 'minute'), metric);
}
function requests() {
    for (const r of rows('requests_calls.csv')) {
        if (r.group === 'months') {
            leave('requests_calls.csv', 'a count of months: peil measure (tests/acceptance/check.mjs)');
            continue;
        }
        const got = r.dataset.startsWith('requests') ? requestValue(r.group, r.metric) : callValue(r.group, r.metric);
        check('requests_calls.csv', `${r.group} ${r.metric}`, got, r.value);
    }
}

// ── Surveys, bands, stock and flow, sizes of lists ──────────────────────────────────────────────────────────────
function survey() {
    for (const r of rows('survey.csv')) {
        const s = stats('interval', file(r.dataset), '--value', r.question);
        const a = s.answers.find((v) => v.answer === r.answer_or_group || v.answer.startsWith(`${r.answer_or_group} –`)) ?? {};
        const got = { k: a.successes, n: s.n, share: a.share, wilson_lo95: a.wilson_lower, wilson_hi95: a.wilson_upper,
            clopper_lo95: a.exact_lower, clopper_hi95: a.exact_upper };
        for (const [name, value] of Object.entries(got))
            check('survey.csv', `${r.question} ${r.answer_or_group} ${name}`, value, r[name], 8);
    }
}
function wales() {
    const all = stats('bands', file('waiting_wales_a.csv'), '--lower', 'weeks_over', '--upper', 'weeks_upto', '--count', 'waiting', '--by', 'month',
        '--within', '26', '--over', '36,53', '--quantiles', '0.5,0.8,0.9,0.92').groups;
    for (const r of rows('waiting_wales.csv')) {
        const g = all.find((v) => v.group === r.month);
        const got = { total: g.total, share_within_26w: g.within[0].share, over_36w: g.over[0].count, over_53w: g.over[1].count,
            p50_weeks: g.quantiles[0].value, p80_weeks: g.quantiles[1].value, p90_weeks: g.quantiles[2].value, p92_weeks: g.quantiles[3].value };
        for (const [name, value] of Object.entries(got))
            check('waiting_wales.csv', `${r.month} ${name}`, value, r[name], name.startsWith('p') ? 6 : 8);
    }
}
function stockflow() {
    const all = stats('stockflow', file('stockflow_nhs_a.csv'), '--new', 'new', '--completed', 'completed', '--stock', 'waiting_end', '--by', 'org').groups;
    for (const r of rows('stockflow_nhs.csv')) {
        const g = all.find((v) => v.group === r.org);
        const got = { months: g.periods, first_stock: g.first_stock, last_stock: g.last_stock, sum_new: g.new, sum_completed: g.completed,
            unexplained_outflow: g.unexplained, months_with_negative_unexplained: g.appeared, mean_wait_weeks_little: g.mean_wait_weeks };
        for (const [name, value] of Object.entries(got))
            check('stockflow_nhs.csv', `${r.org} ${name}`, value, r[name], 6);
    }
}
function lists() {
    for (const r of rows('waitinglist_metrics.csv')) {
        const words = r.inputs.split(' ').flatMap((w) => [`--${w.split('=')[0].replaceAll('_', '-')}`, w.split('=')[1]]);
        check('waitinglist_metrics.csv', `${r.metric} ${r.inputs}`, stats('list', ...words)[r.metric], r.value, 8);
    }
}
function queues() {
    for (const r of rows('erlang.csv')) {
        const e = stats('erlang', '--calls', r.calls, '--interval', `${r.interval_s}s`, '--handling', r.aht_s, '--within', r.target_s, '--agents', r.agents,
            '--target', r.target_sl, '--occupancy', r.max_occupancy);
        const got = { traffic_erlang: e.traffic, erlang_b: e.p_block, erlang_c: e.p_wait, service_level: e.service_level, asa_s: e.asa,
            occupancy: e.occupancy, required_agents: e.required };
        for (const [name, value] of Object.entries(got))
            check('erlang.csv', `${r.calls} ${r.agents} ${name}`, value, r[name], name === 'asa_s' ? 8 : 10);
    }
    for (const r of rows('mmc_priority.csv')) {
        const q = stats('queue', '--servers', r.servers, '--service', r.mu_per_server, '--arrivals', r.lambdas_high_to_low.replaceAll(' ', ','));
        const k = q.classes[r.class - 1];
        const got = { rho: q.load, p_wait: q.p_wait, wq_class: k.wait, lq_class: k.waiting, wq_fifo_all: q.wait_first_come };
        for (const [name, value] of Object.entries(got))
            check('mmc_priority.csv', `${r.scenario} ${r.class} ${name}`, value, r[name], 10);
    }
    for (const r of rows('position_start_time.csv')) {
        const load = ['--position', r.position, '--workers', r.workers, '--completions', r.completions_per_worker_day, '--urgent', r.urgent_per_day];
        const exact = stats('position', ...load), drawn = stats('position', ...load, '--runs', '40000', '--seed', '7');
        for (const [name, column] of [['mean', 'mean_days'], ['sd', 'sd_days'], ['p10', 'p10'], ['p50', 'p50'], ['p80', 'p80'], ['p90', 'p90']])
            check('position_start_time.csv', `${r.position} ${r.urgent_per_day} ${name}`, exact[name], r[column], 4);
        for (const [name, most] of [['mean', 0.01], ['p80', 0.02]])
            check('position_start_time.csv', `${r.position} ${r.urgent_per_day} drawn ${name}`, Math.abs(drawn[name] / exact[name] - 1) < most ? 1 : 0, '1');
    }
}

// Capacity by the formulas of docs/stats.md written out again: Erlang C as the sum of its terms.
function erlangC(servers, traffic) {
    if (traffic >= servers) return 1;
    let term = 1, sum = 1;
    for (let k = 1; k < servers; k++) sum += term *= traffic / k;
    const last = term * traffic / servers * servers / (servers - traffic);
    return last / (sum + last);
}
function capacities() {
    const name = 'capacity (written out)';
    for (const [demand, duration, places, queue, leave] of [[5, 12, 50, 40, 0], [5, 12, 63, 40, 0], [5, 12, 63, 40, 0.02], [2, 8, 20, 300, 0.05], [0.5, 30, 16, 3, 0]]) {
        const a = stats('capacity', ...Object.entries({ demand, duration, places, queue, leave, within: 2, weeks: 26 }).flatMap(([k, v]) => [`--${k}`, String(v)]));
        const l = -Math.log1p(-leave), s = places / duration, more = s - demand, fluid = (rate) => l > 0 ? Math.log(1 + l * queue / rate) / l : queue / rate;
        const clear = (demand + (l > 0 ? l * queue / (Math.exp(26 * l) - 1) : queue / 26)) * duration;
        let norm = 1;
        while (erlangC(norm, demand * duration) * Math.exp(-(norm - demand * duration) * 2 / duration) > 0.2 || norm <= demand * duration) norm++;
        const want = { load: demand * duration / places, starts: s, wait: fluid(s), clears_in: more > 0 ? fluid(more) : 'NA', places_to_clear: clear, places_for_norm: norm };
        for (const [key, value] of Object.entries(want))
            check(name, `${demand} ${places} ${key}`, a[key], String(value));
    }
}

// ── Wrong use: a clear word and the right exit status ───────────────────────────────────────────────────────────
function mistakes() {
    const folder = mkdtempSync(join(tmpdir(), 'peil-stats.'));
    const csv = join(folder, 'a.csv');
    writeFileSync(csv, 'maand;aantal;noemer;groep\n1;3,5;10;a\n2;4;10;b\n3;;10;a\n4;vijf;10;b\n');
    const tell = (status, text, ...args) => {
        const r = spawnSync(peil, ['--lang', 'en', 'stats', ...args], { encoding: 'utf8' });
        done.mistakes = (done.mistakes ?? 0) + 1;
        if (r.status === status && r.stderr.includes(text) && r.stdout === '')
            passed++;
        else {
            failed++;
            console.log(`peil stats ${args.join(' ')}: ended with ${r.status}, not ${status}: ${r.stderr}${r.stdout}`);
        }
    };
    tell(1, 'The columns are: maand, aantal, noemer, groep', 'chart', csv, '--value', 'getal');
    tell(1, 'Line 5, column "aantal": "vijf" is not a number', 'chart', csv, '--value', 'aantal');
    tell(2, 'needs --value', 'chart', csv);
    tell(2, 'has no option --vlaue', 'chart', csv, '--vlaue', 'aantal');
    tell(2, '--kind is one of xmr, p', 'chart', csv, '--value', 'aantal', '--kind', 'xbar');
    tell(2, '"b.csv" is one word too many', 'chart', csv, 'b.csv', '--value', 'aantal');
    tell(2, 'it takes no --by', 'standard', csv, '--group', 'groep', '--by', 'groep');
    tell(2, '--by needs a file', 'interval', '--successes', '1', '--n', '3', '--by', 'groep');
    tell(2, 'not in this version', 'disclosure', csv);
    tell(2, 'There is no statistic "gemiddelde"', 'gemiddelde', csv);
    tell(1, 'There is no file', 'chart', join(folder, 'weg.csv'), '--value', 'x');
    tell(1, 'more successes (5) than cases (3)', 'interval', '--successes', '5', '--n', '3');
    const phone = ['erlang', '--calls', '10', '--interval', '30m', '--handling', '240'];
    tell(2, '--agents is a whole number, not "1.5"', ...phone, '--agents', '1.5');
    tell(2, '--calls is a number from 0 to 1000000000, not "nan"', 'erlang', '--calls', 'nan', '--interval', '30m', '--handling', '240');
    tell(2, '--calls stands there twice', ...phone, '--calls', '11');
    tell(2, '--servers is a whole number', 'queue', '--servers', '2.5', '--arrivals', '1', '--service', '1');
    tell(2, '--position is a whole number', 'position', '--position', '5.5', '--workers', '1', '--completions', '0.1');
    const k = stats('chart', csv, '--value', 'aantal', '--rows', '1-3'); // semicolons, a decimal comma, a month without data
    check('mistakes', 'a month without data', k.value[2] === null && k.known === 2 && k.centre === 3.75 ? 1 : 0, '1');
    rmSync(folder, { recursive: true });
}

// ── Worked examples of books, for what no comparison file holds ─────────────────────────────────────────────────
// A queue that is made here: two ask and two are helped each working day, the oldest first; some were lost from sight.
function forecasts() {
    const folder = mkdtempSync(join(tmpdir(), 'peil-stats.'));
    const csv = join(folder, 'rij.csv');
    const day = (n) => n < 0 ? '' : new Date(Date.UTC(2023, 0, 2 + n)).toISOString().slice(0, 10);
    const people = [];
    let state = 7, next = 0;
    const chance = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
    for (let d = 0; d < 420; d++) {
        if (d % 7 > 4)
            continue;
        for (let k = Math.floor(chance() * 3 + .5); k > 0; k--)
            people.push({ asked: d, started: -1, lost: chance() < .03 ? d + 20 : -1 });
        for (let k = Math.floor(chance() * 3 + .5); k > 0 && next < people.length; next++)
            if (people[next].lost < 0 && people[next].asked + 20 < d) {
                people[next].started = d;
                k--;
            } else if (people[next].lost < 0) {
                break;
            }
    }
    writeFileSync(csv, 'gevraagd,begonnen,uit beeld\n' + people.map((p) => `${day(p.asked)},${day(p.started)},${day(p.lost)}\n`).join(''));
    const ask = ['forecast', csv, '--received', 'gevraagd', '--started', 'begonnen', '--at', '2024-02-25', '--waiting', '--runs', '200'];
    const lost = (option) => execFileSync(peil, ['stats', ...ask, ...option, '--format', 'json'], { encoding: 'utf8' });
    const plain = JSON.parse(lost([])), seeing = JSON.parse(lost(['--lost', 'uit beeld']));
    const waits = people.filter((p) => p.started < 0), gone = waits.filter((p) => p.lost >= 0);
    check('forecast', 'who waits', plain.waiting.length, String(waits.length));
    check('forecast', 'who waits, without the lost', seeing.waiting.length, String(waits.length - gone.length));
    check('forecast', 'nobody who was lost has a period', seeing.waiting.filter((w) => people[w.line - 2].lost >= 0).length, '0');
    check('forecast', 'periods in order', seeing.waiting.every((w) => w.from <= w.middle && w.middle <= w.to) ? 1 : 0, '1');
    check('forecast', 'same seed, same bytes', lost(['--lost', 'uit beeld']) === lost(['--lost', 'uit beeld']) ? 1 : 0, '1');
    check('forecast', 'some were lost', gone.length > 5 ? 1 : 0, '1');
    rmSync(folder, { recursive: true });
}

/* Student's t that leaves 2.5 % above it: the area of the density by Simpson's rule over the angle atan(t / sqrt(df)). */
function student(df) {
    const area = (t) => {
        const end = Math.atan(t / Math.sqrt(df)), n = 2000, f = (x) => Math.cos(x) ** (df - 1);
        let sum = f(0) + f(end), whole = f(0) + f(Math.PI / 2);
        for (let i = 1; i < n; i++) {
            sum += (i % 2 ? 4 : 2) * f((end * i) / n);
            whole += (i % 2 ? 4 : 2) * f((Math.PI / 2 * i) / n);
        }
        return (sum * end) / (whole * (Math.PI / 2));
    };
    let low = 0, high = 1000;
    for (let i = 0; i < 80; i++) {
        const t = (low + high) / 2;
        if (area(t) < 0.95) low = t;
        else high = t;
    }
    return low;
}

/* Two distances, each resting on so many events, put together as Satterthwaite 1946 does with two standard errors. */
function together(a, eventsA, b, eventsB) {
    const u = (a / student(eventsA)) ** 2, v = (b / student(eventsB)) ** 2;
    return student((u + v) ** 2 / (u * u / eventsA + v * v / eventsB)) * Math.sqrt(u + v);
}

function books() {
    const folder = mkdtempSync(join(tmpdir(), 'peil-stats.'));
    const csv = (name, ...lines) => {
        writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
        return join(folder, name);
    };
    const near = (what, got, want, decimals) => check('books', what, got, String(want), decimals);
    const one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    const pairs = stats('paired', csv('sleep.csv', 'a,b', ...one.map((v, i) => `${v},${two[i]}`)), '--before', 'a', '--after', 'b');
    near('Student 1908: change', pairs.change.value, 1.58);
    near('Student 1908: lower', pairs.change.lower, 0.7001142, 7);
    near('Student 1908: upper', pairs.change.upper, 2.4598858, 7);
    const welch = stats('compare', csv('welch.csv', 'v,p', ...one.map((v) => `${v},1`), ...two.map((v) => `${v},2`)), '--value', 'v', '--period', 'p',
        '--before', '1', '--after', '2');
    near('Welch on the same: lower', welch.difference.lower, -0.2054832, 7);
    near('Welch on the same: df', welch.df, 17.77647, 5);
    const newcombe = stats('compare', '--successes', '48,56', '--n', '80,70').difference;
    near('Newcombe 1998 (a): lower', newcombe.lower, 0.0524, 4);
    near('Newcombe 1998 (a): upper', newcombe.upper, 0.3339, 4);
    const ratio = stats('compare', '--events', '21,11', '--exposure', '3011,800').ratio;
    near('poisson.test: lower', ratio.lower, 0.8584264, 7);
    near('poisson.test: upper', ratio.upper, 4.2772659, 7);
    const rate = stats('rate', '--events', '10', '--exposure', '2000');
    near('Garwood 1936: lower', rate.exact[0], 4.795 / 2, 3);
    near('Garwood 1936: upper', rate.exact[1], 18.39 / 2, 3);
    const drift = stats('drift', csv('cusum.csv', 'x', 9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08,
        9.37, 10.62, 10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52), '--value', 'x', '--target', '10', '--sigma', '1').cusum;
    near('Montgomery table 9.2: signal', drift.up.signal, 29);
    near('Montgomery table 9.2: since', drift.up.since, 23);
    near('Montgomery table 9.2: sum', drift.sum_up[28], 5.28, 2);
    // urgent 8 of 10 and not urgent 20 of 40 in one neighbourhood, among 100 of both in the city
    const fair = stats('standard', csv('fair.csv', 'wijk,urgent,ja,n', 'a,1,8,10', 'a,0,20,40', 'b,1,45,90', 'b,0,30,60'), '--group', 'wijk', '--stratum', 'urgent',
        '--events', 'ja', '--size', 'n').groups[0];
    near('by hand: crude', fair.crude, 0.56);
    near('by hand: adjusted', fair.adjusted, 0.65);
    const flow = stats('stockflow', csv('lijst.csv', 'm,n,k,w', '1,10,8,100', '2,10,8,102', '3,10,8,120'), '--new', 'n', '--completed', 'k', '--stock', 'w', '--label', 'm');
    near('a list on which people appear', flow.flagged[0].unexplained, -16);
    near('a list on which people appear: where', flow.flagged[0].period, 3);
    // two day histograms below one another are one list
    const days = stats('survival', csv('dagen.csv', 'dag,einde,aantal', '3,start,2', '5,weg,1', '8,start,1', '3,start,1', '9,wacht,2'), '--time', 'dag',
        '--status', 'einde', '--event', 'start', '--count', 'aantal', '--times', '3,8');
    near('histograms: n', days.n, 7);
    near('histograms: day 3', days.at[0].survival, 4 / 7);
    near('histograms: day 8', days.at[1].survival, (4 / 7) * (2 / 3));
    // two groups: the difference of their medians, its limits from the distances to the limits of each
    const lines = [];
    for (let i = 0; i < 40; i++) lines.push(`oost,${10 + i},start`, `west,${20 + 2 * i},${i % 5 === 0 ? 'wacht' : 'start'}`);
    const both = stats('survival', csv('wijken.csv', 'wijk,dag,einde', ...lines), '--time', 'dag', '--status', 'einde', '--event', 'start',
        '--by', 'wijk', '--quantiles', '0.5');
    const [oost, west] = both.groups.map((g) => g.quantiles[0]);
    near('difference of medians', both.differences[0].value, west.value - oost.value);
    const started = (wijk, from, to) => lines.map((l) => l.split(',')).filter((l) => l[0] === wijk && l[2] === 'start' && l[1] > from && l[1] <= to).length;
    near('difference: lower', both.differences[0].lower, west.value - oost.value - together(west.value - west.lower, started('west', west.lower, west.value),
        oost.upper - oost.value, started('oost', oost.value, oost.upper)));
    near('difference: upper', both.differences[0].upper, west.value - oost.value + together(west.upper - west.value, started('west', west.value, west.upper),
        oost.value - oost.lower, started('oost', oost.lower, oost.value)));
    rmSync(folder, { recursive: true });
}

// The example of docs/stats.md does what the text says.
function example() {
    const text = readFileSync(new URL('../../docs/stats.md', import.meta.url), 'utf8');
    const folder = mkdtempSync(join(tmpdir(), 'peil-stats.'));
    const block = text.match(/```sh\n([\s\S]*?)```/)[1];
    const out = execFileSync('bash', ['-c', `set -e; peil() { "$PEIL" "$@"; }; ${block}`], { cwd: folder, encoding: 'utf8',
        env: { ...process.env, PEIL: resolve(peil) } });
    for (const part of [/^n +7$/m, /^events +4$/m, /^ +0\.5 +34 /m, /^share +0\.291/m, /^wilson +0\.237 0\.352|0\.237 0\.3519/m, /"group":"oost"/])
        check('example', String(part), part.test(out) ? 1 : 0, '1');
    rmSync(folder, { recursive: true });
}

mistakes();
forecasts();
books();
example();
capacities();
if (existsSync(join(data, 'expected', 'spc.csv')))
    for (const part of [spc, survival, eventlogs, requests, survey, wales, stockflow, lists, queues])
        part();
if (existsSync(join(data, 'expected', 'receipt_odd_cases.csv')))
    leave('receipt_odd_cases.csv', 'the log is not in the shared files, only its aggregates', [...rows('receipt_odd_cases.csv')].length);
for (const name of Object.keys({ ...done, ...left })) {
    const kept = Object.values(left[name] ?? {}).reduce((a, b) => a + b, 0);
    console.log(`${name}: ${seen[name] ? `${seen[name] - kept} of ${seen[name]} rows, ` : ''}${done[name] ?? 0} values checked`);
    for (const [why, n] of Object.entries(left[name] ?? {}))
        console.log(`    ${n} not: ${why}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
