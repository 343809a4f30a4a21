// SPDX-License-Identifier: EUPL-1.2
// One resident registered twice: found, compared, joined with the request, seen as one, split again, and a pair that
// is judged to be two.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

// A request of a new person, also when somebody looks like it.
async function register(v, name, birth, question) {
  await v.go("/requests/new");
  await v.fill("name", name);
  await v.fill("birth", birth);
  await v.fill("question", question);
  await v.choose("safe_call", "yes");
  await v.choose("danger", "no");
  await v.choose("urgency", "2");
  await v.press("wachtlijst", "main form");
  if (await v.page.locator("#same-title").count() > 0) await v.press("wachtlijst", "main form"); // someone else: go on
  await v.see(name);
  return v.id();
}

const rows = (v) => v.page.locator("main table tbody tr, main .peil-rows > li").allInnerTexts();

export function mergeJourney(base) {
  journey("duplicate merged and split again", base, async (v) => {
    const stamp = v.keyboard ? "Toetsenbord" : "Zonderscript";
    const one = `Dubbelina ${stamp}`, two = `Dubbelinna ${stamp}`;
    await v.login("aanmeldteam");
    const a = await register(v, one, "3-3-1951", "Ik red het huishouden niet meer.");
    const b = await register(v, two, "3-3-1951", "Het huishouden lukt niet.");
    check(a !== b, "the second registration is the first");

    await v.go("/duplicates");
    check((await rows(v)).some((x) => x.includes(one) && x.includes(two)), "nobody proposes these two");
    await v.press(one);
    await v.see("Naast elkaar", "Ik red het huishouden niet meer.", "Het huishouden lukt niet.");
    await v.press("Samenvoegen"); // whose data?
    await v.see("Er klopt nog iets niet");
    await v.choose("kept", await v.page.locator(`label:has-text("${one}") input[name=kept]`).first().getAttribute("value"));
    await v.choose("same", await v.page.locator("main input[name=same]").nth(1).getAttribute("value"));
    await v.press("Samenvoegen");
    await v.see(one, "Meer dan één keer ingeschreven", two, "Samengevoegd met aanmelding");

    await v.go(`/requests/${b}`); // the one that is counted no more says where to go
    await v.see("Dit is dezelfde vraag als aanmelding");
    await v.go("/duplicates");
    await v.see("Samengevoegd", two);

    await v.go(`/requests/${b}`);
    await v.press("Splitsen");
    await v.see("De twee zijn gesplitst");
    await v.seeNot("Dit is dezelfde vraag als aanmelding");
    await v.press("Alles over deze inwoner");
    await v.press("Splitsen"); // the people too
    await v.see("De twee zijn gesplitst");
    await v.seeNot("Meer dan één keer ingeschreven");

    await v.go("/duplicates"); // split: proposed again; judged to be two: never again
    await v.press(one);
    await v.press("Nooit dezelfde");
    await v.see("Onthouden");
    const proposals = await v.page.locator("main table tbody tr").allInnerTexts();
    check(!proposals.some((x) => x.includes(one)), "what was judged comes back");
    await v.login("accountmanager");
    check(await v.status(`/requests/${a}`) === 403, "an account manager opened a request");
    check(await v.status("/duplicates") === 403, "an account manager saw the doubles");
    check(await v.status("/persons/1") === 403, "an account manager opened a resident");
  });
}
