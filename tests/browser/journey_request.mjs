// SPDX-License-Identifier: EUPL-1.2
// The whole life of a request: a phone call, the worker, the first talk, the plan, help, looking back, closing, and
// asking again. And what must be refused on the way.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

const day = (n) => new Date(Date.now() + n * 86400e3).toLocaleDateString("nl-NL");

async function call(v) {
  await v.login("aanmeldteam");
  await v.go("/requests/new");
  await v.fill("name", "Wilhelmina Levensloop");
  await v.fill("birth", "3-2-1948");
  await v.fill("phone", `040-55${v.keyboard ? "01" : "02"}999`);
  await v.fill("question", "Ik krijg mijn post niet meer open gemaakt.");
  await v.choose("neighbourhood", "6"); // Helmond-Noord
  await v.choose("safe_call", "yes");
  await v.choose("danger", "no");
  await v.choose("urgency", "2");
  await v.press("Zet op de wachtlijst");
  if (await v.page.locator("main input[name=person]").count() > 0) { // the other walk of this journey was first
    await v.choose("person", "new");
    await v.press("Zet op de wachtlijst");
  }
  await v.see("Wilhelmina Levensloop", "Wacht");
  const id = v.id();
  check(await v.status(`/requests/${id}/talks`) === 403, "intake can write down a talk");
  return id;
}

async function allocate(v, id) {
  await v.login("medewerker-noord");
  const name = await v.page.locator(".peil-user strong").textContent();
  await v.login("teamleider-noord");
  await v.go(`/requests/${id}`);
  await v.press("Toewijzen aan een medewerker");
  const worker = v.page.locator("main label", { hasText: name }).locator("input[name=worker]");
  await v.choose("worker", await worker.getAttribute("value"));
  await v.press("Toewijzen");
  await v.see("Wilhelmina Levensloop");
}

async function talk(v, id) {
  await v.login("medewerker-noord");
  await v.go(`/requests/${id}`);
  await v.press("Leg het eerste gesprek vast");
  await v.choose("place", "phone");
  await v.fill("note", "Aan de keukentafel, met haar zus.");
  await v.tick("present", "network");
  await v.fill("next_step", "Donderdag samen de eerste tien brieven.");
  await v.choose("supporter_told", "understood");
  await v.choose("carer", "heavy");
  await v.press("Opslaan");
  await v.see("Een telefoontje stopt het wachten niet"); // and nothing typed is lost
  check(await v.page.inputValue("main [name=note]") === "Aan de keukentafel, met haar zus.", "the note is gone");
  await v.choose("place", "home");
  await v.press("Opslaan");
  await v.see("Het gesprek is opgeslagen", "Donderdag samen de eerste tien brieven.", "Verteld en begrepen",
    "Schrijf het plan");
  await v.seeNot("Belcontact vastleggen");
}

async function plan(v) {
  await v.press("Schrijf het plan");
  await v.fill("agreed", day(0));
  await v.choose("main_help", "team");
  await v.press("Opslaan");
  await v.see("Schrijf minstens één doel op");
  await v.fill("what_1", "Ik maak mijn post weer zelf open.");
  await v.fill("score_1", "3");
  await v.fill("tasks_1", "Zus komt op donderdag.");
  await v.fill("what_2", "Geen deurwaarder meer aan de deur.");
  await v.press("Opslaan");
  await v.see("Het plan is opgeslagen", "Ik maak mijn post weer zelf open.", "cijfer 3", "Start de hulp");
  await v.press("Bekijken en afdrukken");
  await v.see("Plan van Wilhelmina Levensloop", "Zus komt op donderdag.");
  await v.press("Vandaag gegeven aan de inwoner");
  await v.seeNot("Vandaag gegeven aan de inwoner");
}

async function help(v, id) {
  await v.go(`/requests/${id}`);
  await v.press("Start de hulp");
  await v.choose("kind", "team");
  await v.fill("provider", "Elke donderdag een uur");
  await v.press("Opslaan");
  await v.see("De hulp is opgeslagen", "belangrijkste hulp");
  await v.press("Hulp starten");
  await v.choose("kind", "general");
  await v.fill("provider", "Budgetkring in het wijkhuis");
  await v.press("Opslaan");
  await v.press("Een algemene voorziening");
  await v.choose("arrival", "arrived");
  await v.press("Opslaan");
  await v.see("Opgeslagen of de inwoner is aangekomen");
}

async function evaluate(v) {
  await v.press("Samen terugkijken");
  await v.choose("resident_1", "yes");
  await v.choose("worker_1", "partly");
  await v.choose("resident_2", "partly");
  await v.press("Opslaan");
  await v.see("Er klopt nog iets niet");
  await v.choose("worker_2", "partly");
  await v.choose("experience", "good");
  await v.fill("next", "");
  await v.press("Opslaan");
  await v.see("Het terugkijken is opgeslagen", "gehaald: 1, deels: 1");
}

async function close(v) {
  await v.press("Afsluiten");
  await v.choose("reason", "helped");
  await v.choose("where_to", "alone");
  await v.choose("alone", "yes");
  await v.choose("experience", "good");
  await v.press("Afsluiten");
  await v.see("Er loopt nog hulp");
  await v.tick("end_lines");
  await v.press("Afsluiten");
  await v.see("De aanmelding is afgesloten", "Geholpen door het team zelf", "nabellen op");
}

// A mistake is taken back with a reason, and stays visible.
async function mistake(v) {
  await v.press("Schrijf een notitie");
  await v.fill("remark", "Notitie bij de verkeerde inwoner.");
  await v.press("Opslaan");
  await v.see("Notitie bij de verkeerde inwoner.");
  await v.press("Verbeteren");
  await v.press("Terugnemen");
  await v.fill("why", "Hoort bij iemand anders.");
  await v.press("Terugnemen");
  await v.see("Hoort bij iemand anders.");
  check(await v.page.locator(".peil-timeline s").count() === 1, "what was taken back is not struck through");
}

async function again(v, id) {
  await v.login("aanmeldteam");
  await v.go(`/requests/${id}`);
  await v.seeNot("Aan de keukentafel"); // content is not for intake
  await v.press("Vraagt opnieuw hulp");
  check(/post niet meer open/.test(await v.page.inputValue("main [name=question]")), "the old text must be typed again");
  await v.tick("safety");
  await v.choose("urgency", "normal");
  await v.press("Aanmelden");
  await v.see("Wilhelmina Levensloop", "Herhaling van", "dezelfde vraag terug");
  await v.login("kwaliteit");
  check(await v.status(`/requests/${id}`) === 403, "a quality officer opened a request");
  check(await v.status(`/requests/${id}/plan`) === 403, "a quality officer opened a plan");
}

export function requestJourney(base) {
  journey("request from phone call to closed", base, async (v) => {
    const id = await call(v);
    await allocate(v, id);
    await talk(v, id);
    await plan(v);
    await help(v, id);
    await evaluate(v);
    await mistake(v);
    await close(v);
    await again(v, id);
  });
}
