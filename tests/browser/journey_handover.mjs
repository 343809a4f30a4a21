// SPDX-License-Identifier: EUPL-1.2
// A worker leaves: all cases go to colleagues at once, nobody is left without a worker, the residents are told.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

const today = new Date().toLocaleDateString("nl-NL");
// Each run takes another worker, because the first one has left.
const taken = new Set();

async function worker(v) {
  await v.go("/caseload");
  const links = await v.page.locator("main table a[href^='/caseload/']").evaluateAll((all) => all.map((a) => ({
    id: a.getAttribute("href").match(/\d+$/)[0],
    cases: Number(a.closest("tr").querySelectorAll("td")[1].innerText),
  })));
  const one = links.find((l) => l.cases >= 3 && l.cases <= 9 && !taken.has(l.id)) ?? links.find((l) => l.cases >= 3 && !taken.has(l.id));
  check(one, "no worker with a few cases");
  taken.add(one.id);
  return one;
}

export function handoverJourney(base) {
  journey("handover of a caseload", base, async (v) => {
    await v.login("teamleider-oost");
    const { id, cases } = await worker(v);
    await v.go(`/staff/${id}/edit`); // leaving is refused while there are cases
    await v.fill("ended", today);
    await v.press("Opslaan");
    await v.see("Draag ze eerst over");
    await v.go(`/caseload/${id}`);
    await v.press("Alle inwoners overdragen");
    check(await v.page.locator("main select[name^='to-']").count() > 0, "nobody is proposed");
    check(await v.page.locator("main input[name=id]:checked").count() === cases, "not all cases are chosen");
    await v.press("Overdragen");
    await v.see("Er klopt nog iets niet"); // why?
    await v.choose("reason", "left");
    await v.fill("last_day", today);
    await v.press("Overdragen");
    await v.see("De inwoners zijn overgedragen", "Vertel over de nieuwe medewerker");
    await v.go(`/caseload/${id}`);
    await v.see("Er zijn geen inwoners");
    await v.go(`/staff/${id}`);
    await v.see("Laatste dag");

    await v.go("/caseload/inform");
    const waiting = await v.page.locator("main input[name=id]").count();
    check(waiting >= cases, `only ${waiting} residents to tell`);
    await v.tick("id", await v.page.locator("main input[name=id]").first().inputValue());
    await v.press("Dezen weten het");
    check(await v.page.locator("main input[name=id]").count() === waiting - 1, "the list did not get shorter");
    await v.press("Ongedaan maken");
    await v.go("/caseload/inform");
    check(await v.page.locator("main input[name=id]").count() === waiting, "it was not taken back");

    await v.login("teamleider-west"); // another team
    check(await v.status(`/caseload/${id}/handover`) === 404, "a lead of another team opened the hand-over");
    await v.login("accountmanager");
    check(await v.status(`/caseload/${id}`) === 403, "an account manager opened a caseload");
  });
}
