// SPDX-License-Identifier: EUPL-1.2
import { closeAll, makeRegister, open, run, runAll, serve } from "./lib.mjs";
import { hostileTests } from "./hostile.mjs";
import { intakeJourney } from "./journey_intake.mjs";
import { callRoundJourney } from "./journey_call_round.mjs";
import { periodJourney } from "./journey_period.mjs";
import { planJourney } from "./journey_plan.mjs";
import { urgentJourney } from "./journey_urgent.mjs";
import { changeJourney } from "./journey_change.mjs";
import { caseJourney } from "./journey_case.mjs";
import { complaintJourney } from "./journey_complaint.mjs";
import { importJourney } from "./journey_import.mjs";
import { handoverJourney } from "./journey_handover.mjs";
import { transitionJourney } from "./journey_transition.mjs";
import { listJourneys } from "./journey_list_page.mjs";
import { requestJourney } from "./journey_request.mjs";
import { decisionJourney } from "./journey_decision.mjs";
import { deskTests } from "./journey_desk.mjs";
import { measureJourneys } from "./journey_measure.mjs";
import { mergeJourney } from "./journey_merge.mjs";
import { emptyTests, journeyTests } from "./journeys.mjs";
import { pageTests } from "./pages.mjs";
import { pressTests } from "./press.mjs";
import { referralJourney } from "./journey_referral.mjs";
import { schoolJourney } from "./journey_school.mjs";
import { everyPageTests } from "./walk.mjs";

// Two requests that exist, and someone who is in the register: taken from the screens themselves.
async function look(base) {
  const page = await open(base);
  await page.goto("/waiting");
  const first = page.locator(".peil-person a").first();
  const waiting = Number((await first.getAttribute("href")).match(/\d+/)[0]);
  await first.click();
  const name = await page.locator("h1").innerText();
  const months = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
  const [day, month, year] = (await page.locator(".peil-list dd").first().innerText()).split(" ");
  let started = 0;
  for (let id = 1; id < 400 && !started; id++) {
    const answer = await page.goto(`/requests/${id}`);
    if (answer.ok() && await page.locator("#call-title").count() === 0) started = id;
  }
  await page.context().close();
  const own = await caseOf(base);
  return { own, waiting, started, name, birth: `${day}-${months.indexOf(month) + 1}-${year}` };
}

// An own case of a worker with a plan and help that runs.
async function caseOf(base) {
  const page = await open(base, { login: "medewerker-noord" });
  await page.goto("/caseload");
  const links = await page.locator("main a[href^='/requests/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  for (const link of links) {
    await page.goto(link);
    if (await page.locator("#card-line ~ ul a").count() > 0 && await page.locator("#card-plan ~ dl dt").count() > 1) {
      await page.context().close();
      return Number(link.match(/\d+/)[0]);
    }
  }
  throw new Error("the worker has no case with a plan and help");
}

try {
  const file = makeRegister("made", true);
  run(["baseline", file, "seal", "--name", "Nulmeting"]);
  const made = await serve(file);
  const empty = await serve(makeRegister("empty", false));
  const ids = await look(made);
  journeyTests(() => made, ids);
  caseJourney(() => made);
  complaintJourney(() => made);
  callRoundJourney(() => made);
  periodJourney(() => made);
  planJourney(() => made);
  changeJourney(() => made);
  await urgentJourney();
  handoverJourney(() => made);
  transitionJourney(() => made);
  importJourney(() => made);
  listJourneys(() => made, ids);
  intakeJourney(() => made);
  schoolJourney(() => made);
  referralJourney(() => made);
  requestJourney(() => made);
  decisionJourney(() => made);
  mergeJourney(() => made);
  measureJourneys(() => made);
  deskTests(() => made);
  emptyTests(() => empty);
  hostileTests();
  pageTests(() => made, ids);
  await everyPageTests();
  await pressTests();
  const { passed, failed } = await runAll(process.argv[2]);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
} finally {
  await closeAll();
}
