// SPDX-License-Identifier: EUPL-1.2
// A complaint from the first letter to the committee and its end, and who can see it meanwhile.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

const today = new Date().toLocaleDateString("nl-NL");
const later = new Date(Date.now() + 21 * 86400e3).toLocaleDateString("nl-NL");

async function step(v, code, more = async () => {}) {
  await v.choose("step", code);
  await more();
  await v.press("Opslaan");
  await v.see("De stap is opgeslagen");
}

export function complaintJourney(base) {
  journey("complaint to committee", base, async (v) => {
    await v.login("klachten");
    await v.go("/complaints");
    await v.press("Nieuwe klacht");
    await v.fill("name", "Trees van den Heuvel-Aarts");
    await v.press("Klacht opslaan");
    await v.see("Er klopt nog iets niet"); // nothing typed is lost
    check(await v.page.inputValue("main [name=name]") === "Trees van den Heuvel-Aarts", "the name is gone");
    await v.fill("about", "Ik belde vier keer en niemand belde terug.");
    await v.choose("category", "unreachable");
    await v.press("Klacht opslaan");
    await v.see("De klacht is opgeslagen", "Trees van den Heuvel-Aarts", "Klacht beantwoorden");
    const id = v.id();

    await step(v, "acknowledged");
    await step(v, "to_committee", () => v.fill("until", later));
    await v.see("Bij de commissie");
    await v.go("/complaints/committee");
    await v.see("Trees van den Heuvel-Aarts");

    await v.login("kwaliteit"); // the record, without who complained
    await v.go(`/complaints/${id}`);
    await v.see("Ik belde vier keer");
    await v.seeNot("Trees", "Leg de volgende stap vast");
    await v.login("accountmanager");
    check(await v.status(`/complaints/${id}`) === 403, "an account manager opened a complaint");
    await v.login("aanmeldteam");
    check(await v.status(`/complaints/${id}`) === 403, "intake opened a complaint");

    await v.login("klachten");
    await v.go(`/complaints/${id}`);
    await step(v, "ruled", () => v.choose("outcome", "upheld"));
    await v.choose("step", "decided");
    await v.press("Opslaan");
    await v.see("Kies het oordeel");
    await v.choose("outcome", "upheld");
    await v.fill("date", today);
    await v.press("Opslaan");
    await step(v, "closed");
    await step(v, "changed", () => v.fill("note", "Wij bellen nu binnen twee werkdagen terug."));
    await v.see("Afgesloten", "Gegrond", "Wij bellen nu binnen twee werkdagen terug.");
  });
}
