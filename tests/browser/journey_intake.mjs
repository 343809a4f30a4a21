// SPDX-License-Identifier: EUPL-1.2
// From a phone call to a request and a call-back: the caller is searched by number, safe contact is asked first,
// one call holds several questions, one of them becomes a request, and we call back. In two parts, so that neither
// takes long with the keyboard.
import { journey } from "./journey.mjs";

const call = async (v) => {
  const caller = `Beller ${v.mode === "keyboard" ? "Toetsenbord" : "Zonderscript"}`;
  const number = v.mode === "keyboard" ? "06-98700011" : "06-98700012";
  await v.login("aanmeldteam");
  await v.go("/contacts/new");
  await v.fill("phone", number);
  await v.fill("name", caller);
  await v.press("Zoek de beller");
  await v.see("Iemand die nieuw is, of anoniem");
  await v.choose("person", "new");
  await v.choose("question-0-topic", "money");
  await v.choose("question-0-outcome", "answered");
  await v.fill("question-0-text", "Gewezen op het spreekuur voor geldzaken.");
  await v.press("Tweede vraag");
  await v.choose("question-1-topic", "household");
  await v.choose("question-1-outcome", "request");
  await v.fill("question-1-text", "Het huishouden lukt niet meer na een val.");
  await v.choose("heard", "gp");
  await v.choose("failure", "not_called_back");
  await v.press("Opslaan");
  await v.see("Vraag eerst hoe wij deze persoon veilig kunnen bereiken.", "Er klopt nog iets niet"); // nothing is lost
  await v.choose("person", "new");
  await v.choose("safe_call", "yes");
  await v.choose("safe_text", "no");
  await v.press("Opslaan");

  // the second question is a request: what was said stands in its form
  await v.see("Nieuwe aanmelding", caller, "Bellen: ja");
  await v.choose("danger", "no");
  await v.choose("urgency", "2");
  await v.choose("home", "alone");
  await v.choose("children", "unneeded");
  await v.press("Zet op de wachtlijst");
  await v.see(caller, "Het huishouden lukt niet meer na een val.", "Woont alleen", "Niet nodig voor deze vraag");
  const request = v.path();

  // a text message is not safe
  await v.go(`${request}/messages`);
  await v.see("Niet sms'en: de inwoner is dan niet veilig.");
  await v.choose("direction", "out");
  await v.choose("way", "text");
  await v.fill("text", "Wij bellen u morgen.");
  await v.press("Opslaan");
  await v.see("Niet sms'en: de inwoner is dan niet veilig.", "Er klopt nog iets niet");
};

const callBack = async (v) => {
  const caller = `Terugbeller ${v.mode === "keyboard" ? "Toetsenbord" : "Zonderscript"}`;
  const number = v.mode === "keyboard" ? "06-98700021" : "06-98700022";
  await v.login("aanmeldteam");
  await v.go("/contacts/new");
  await v.fill("phone", number);
  await v.fill("name", caller);
  await v.choose("safe_call", "yes");
  await v.choose("question-0-topic", "own_request");
  await v.choose("question-0-outcome", "callback");
  await v.tick("promise");
  await v.fill("promise_note", "Over de afspraak");
  await v.press("Opslaan");
  await v.see(caller, "Terugbellen: uiterlijk");

  // the call-back: tried in vain, then spoken
  await v.go("/callbacks");
  await v.see(caller);
  await v.press(caller);
  await v.see("Over de afspraak", number);
  await v.choose("result", "not_reached");
  await v.press("Opslaan");
  await v.see("Niet bereikt");
  await v.choose("result", "reached");
  await v.fill("note", "Afspraak gemaakt.");
  await v.press("Opslaan");
  await v.see("Afspraak gemaakt.", "Gesproken");
  await v.go("/callbacks");
  await v.seeNot(caller);

  // next time the number alone is enough, and a question is counted without a name
  await v.go("/contacts/new");
  await v.fill("phone", number.replace("06-", "+31 6 "));
  await v.press("Zoek de beller");
  await v.see(caller, "Bellen: ja");
  await v.go("/contacts/tally");
  await v.choose("topic", "school");
  await v.press("Beantwoord");
  await v.see("Geturfd. De volgende?");
};

export function intakeJourney(base) {
  journey("phone call, several questions, request", base, call);
  journey("call-back in vain, then spoken; the number is known; a tally", base, callBack);
}
