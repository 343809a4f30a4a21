// SPDX-License-Identifier: EUPL-1.2
// `peil forecast` on the demo register: node tests/measure/forecast.mjs PEIL REGISTER DAY. Everyone who waits has a period or
// a reason why not, a withdrawn list has no date at all, and the same seed gives the same bytes. Knows nothing of Peil but
// docs/expectation.md. Ends with 1 when something is wrong.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [peil, register, day] = process.argv.slice(2);
const run = (...args) => execFileSync(peil, args, { encoding: "utf8", maxBuffer: 1 << 28 });
const ask = ["forecast", register, "--at", day, "--format", "json", "--replications", "200", "--seed", "3"];
let wrong = 0;
function check(ok, what) {
    if (!ok) {
        console.log(`forecast: ${what}`);
        wrong++;
    }
}

const text = run(...ask);
const answer = JSON.parse(text);
check(run(...ask, "--threads", "2") === text, "two threads give other bytes");
check(run(...ask.slice(0, -1), "4") !== text, "another seed gives the same bytes");
const w3 = run("measure", register, "--indicator", "W3", "--at", day, "--format", "csv").split("\n").find((l) => l.startsWith("W3,1,"));
const windows = answer.lists.flatMap((l) => l.windows);
check(new Set(windows.map((w) => w.request)).size === windows.length, "somebody stands there twice");
check(windows.length === Number(w3.split(",")[3]), `${windows.length} periods or reasons, but W3 is ${w3}`);
const states = ["told", "missed", "few", "far", "emergency"];
const followed = (l) => check(["rule", "waited", "class"].includes(l.order) && (l.order === "waited" ? l.order_days > 0 : l.order_days === null),
    `${l.name}: followed as ${l.order}, ${l.order_days}`);
answer.lists.forEach(followed);
for (const l of answer.lists)
    for (const w of [...l.windows, ...l.newcomers]) {
        check(states.includes(w.state), `an unknown state ${w.state}`);
        check(w.state === "told" ? w.from <= w.middle && w.middle <= w.to && w.to >= day && w.hit_rate > 0 && w.scored >= 30
            : !("from" in w || "middle" in w || "to" in w), `${l.name}: ${JSON.stringify(w)}`);
        check(l.calibration.told || w.state !== "told", `${l.name} is withdrawn and tells ${JSON.stringify(w)}`);
    }
check(windows.some((w) => w.state === "told"), "nobody has a period");
const back = JSON.parse(run("forecast", register, "--backtest", "--at", day, "--format", "json", "--replications", "100"));
back.lists.forEach(followed);
for (const l of back.lists)
    for (const part of [l.all, ...l.classes]) {
        const s = part.every;
        check(s.n === 0 || Math.abs(s.coverage + s.early + s.late - 1) < 1e-5, `${l.name}: ${JSON.stringify(s)} does not add up`);
    }

// What somebody writes down of a change today is not known to a forecast of an earlier day, and can be taken back.
const id = run("change", register, "add", "--what", "starts", "--note", "two are ill").trim();
const listed = () => JSON.parse(run("change", register, "--format", "json"))[0];
check(String(listed().id) === id && listed().what === "starts" && listed().team === null && !listed().undone, "a change is not listed");
check(run(...ask) === text, "a change is known before it was written down");
run("change", register, "undo", id);
check(listed().undone, "a change that was taken back still stands");

// Wrong use: a clear word, the right exit status, and nothing on the standard output.
const folder = mkdtempSync(join(tmpdir(), "peil-forecast."));
const file = (text) => { writeFileSync(join(folder, "plans.json"), text); return join(folder, "plans.json"); };
const tell = (status, words, ...args) => {
    const r = spawnSync(peil, ["--lang", "en", "forecast", register, ...args], { encoding: "utf8" });
    check(r.status === status && r.stderr.includes(words) && r.stdout === "", `${args.join(" ")}: ended with ${r.status}: ${r.stderr}${r.stdout.slice(0, 200)}`);
};
tell(2, "--backtest and --needed do not go together", "--backtest", "--needed");
tell(2, "--what-if and --keep do not go together", "--what-if", file("[]"), "--keep");
tell(2, "--demand belongs to --needed", "--demand", "5");
tell(2, "--demand is a number from 0 to 1000000, not \"-5\"", "--needed", "--demand", "-5");
tell(2, "--at needs a date such as 2024-01-31", "--at", "morgen");
tell(2, "cannot lie in the future", "--at", "2999-01-01");
tell(2, "--seed needs a number from 0", "--seed", "een");
tell(2, "--replications needs a number from 10", "--replications", "9");
tell(2, "--format is table, csv or json", "--format", "xml");
tell(2, "--format is table or json here", "--format", "csv");
tell(2, "Only the expectation of today is kept", "--keep", "--at", day);
tell(2, "is not the number of a request", "--request", "x");
tell(1, "There is no team", "--team", "Nergens");
tell(1, "There is no file", "--what-if", join(folder, "no.json"));
tell(1, "line 2: this is not JSON", "--what-if", file("[\n{"));
tell(1, "line 1: a name stands twice", "--what-if", file('[{ "workers": 1, "workers": 2 }]'));
tell(1, "a list of 1 to 100 plans", "--what-if", file("[]"));
tell(1, 'Plan 2: "workers" needs a whole number', "--what-if", file('[{ "workers": 1 }, { "workers": "2" }]'));
tell(1, 'Plan 1: there is no "wrkers". A plan has: name, workers', "--what-if", file('[{ "wrkers": 1 }]'));
tell(1, "for how many weeks", "--what-if", file('[{ "ill": 20 }]'));
// Of a list with too few requests no plan is computed, and how many there were is said.
const early = JSON.parse(run("forecast", register, "--what-if", file('[{ "workers": 1 }]'), "--at", "2023-12-20", "--format", "json"));
check(early.lists.length > 1 && early.lists.every((l) => l.plans.length === 0 && l.requests < 10), `too few: ${JSON.stringify(early).slice(0, 200)}`);
const plans = JSON.parse(run("forecast", register, "--what-if", file('[{ "workers": 1 }]'), "--at", day, "--replications", "100", "--format", "json"));
check(plans.lists.every((l) => l.plans.length === 2 && !("requests" in l)), `plans: ${JSON.stringify(plans).slice(0, 200)}`);
rmSync(folder, { recursive: true });
// What cannot be written is said, also when it is more than fits in a buffer.
const full = openSync("/dev/full", "w");
const lost = spawnSync(peil, ["--lang", "en", "forecast", register, "--at", day, "--replications", "50"], { stdio: ["ignore", full, "pipe"], encoding: "utf8" });
check(lost.status === 1 && lost.stderr.includes("could not be written"), `a full disk ends with ${lost.status}: ${lost.stderr}`);

process.exit(wrong > 0 ? 1 : 0);
