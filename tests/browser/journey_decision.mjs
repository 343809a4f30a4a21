// SPDX-License-Identifier: EUPL-1.2
// From a report to a decision: the team says what it is, the municipality asks to complete the application, the
// term stands still, runs again, and the decision is sent.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

const day = (n) => new Date(Date.now() + n * 86400e3).toLocaleDateString("nl-NL");

export function decisionJourney(base) {
  journey("decision with suspension", base, async (v) => {
    await v.login("aanmeldteam");
    await v.go("/requests/new");
    const name = v.mode === "keyboard" ? "Bartholomea Toetsel" : "Quirinus Zonderhand";
    await v.choose("safe_call", "yes");
    await v.fill("name", name);
    await v.fill("birth", v.mode === "keyboard" ? "5-6-1947" : "7-8-1952");
    await v.fill("question", "Het huishouden lukt niet meer alleen.");
    await v.choose("danger", "no");
    await v.choose("urgency", "2");
    await v.press("Zet op de wachtlijst");
    await v.see("Wettelijke termijnen");
    const id = v.id();

    await v.press("Alle termijnen en stappen");
    await v.press("Dit is een melding voor de Wet maatschappelijke ondersteuning");
    await v.press("Opslaan");
    await v.see("Onderzoek afronden en verslag sturen", "Wmo 2.3.2(1)", "wij");
    await v.press("Aanvraag ontvangen"); // too early: the research is not finished
    await v.choose("pick", "1");
    await v.press("Opslaan");
    await v.see("Een aanvraag kan na het onderzoek, of als zes weken voorbij zijn.");
    check(await v.page.inputValue("main [name=day]") === day(0), "the day is gone");
    await v.go(`/requests/${id}/law`);
    await v.press("Verslag van het onderzoek verstuurd");
    await v.press("Opslaan");
    await v.press("Aanvraag ontvangen");
    await v.choose("pick", "1");
    await v.press("Opslaan");
    await v.see("Besluiten op de aanvraag", "de gemeente");

    await v.login("backoffice");
    await v.go("/decisions");
    await v.see(name);
    await v.press(name);
    await v.press("Gevraagd om de aanvraag aan te vullen");
    await v.press("Opslaan");
    await v.see("Vul de laatste dag in die in de brief staat.");
    await v.fill("until", day(14));
    await v.fill("note", "Kopie van het identiteitsbewijs ontbreekt.");
    await v.press("Opslaan");
    await v.see("De inwoner moet de aanvraag aanvullen", "Awb 4:15(1)(a)", "aan zet: de inwoner");
    await v.press("Aanvraag aangevuld");
    await v.press("Opslaan");
    await v.press("Besluit verstuurd");
    await v.choose("code", "partly");
    await v.press("Opslaan");
    await v.see("Deels toegekend", "De inwoner mag bezwaar maken");
    await v.press("Bezwaar ontvangen");
    await v.tick("committee");
    await v.press("Opslaan");
    await v.see("Besluiten op het bezwaar, met een commissie");

    await v.login("accountmanager");
    check(await v.status("/decisions") === 403, "an account manager opened the decisions");
    check(await v.status(`/requests/${id}/law`) === 403, "an account manager opened a request");
  });
}
