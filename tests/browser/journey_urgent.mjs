// SPDX-License-Identifier: EUPL-1.2
// An emergency comes in at 16:55: the clock runs at once, the same day; not acted on, every page says so; the
// first action ends the alarm, and the team lead gives it to somebody the same day. Two servers on one register,
// whose clocks the test sets.
import { check, isoDay, open, makeRegister, password, serve, sql } from "./lib.mjs";
import { journey } from "./journey.mjs";

// The next day on which the office is open, at that time, in Dutch local time.
function workingDay(clock) {
  const day = new Date(Date.now() + 86400e3);
  while ([0, 6].includes(day.getDay())) day.setDate(day.getDate() + 1);
  return `${isoDay(day)}T${clock}:00`;
}

export async function urgentJourney() {
  const file = makeRegister("urgent", true);
  sql(file, "DELETE FROM closing_day;");
  // the register of the demo ends with an emergency of its own
  sql(file, "UPDATE standing SET protected_at = urgent_at WHERE urgent_at IS NOT NULL AND protected_at IS NULL;");
  const office = await serve(file, workingDay("16:55"));
  const night = await serve(file, workingDay("23:59").replace("23:59:00", "23:59:58"));

  journey("emergency at 16:55", () => office, async (v) => {
    const name = `Spoed ${v.mode === "keyboard" ? "Toetsenbord" : "Zonderscript"}`;
    await v.login("aanmeldteam");
    await v.go("/requests/new");
    await v.fill("name", name);
    await v.fill("question", "Mijn man slaat mij. De kinderen zijn hier ook.");
    await v.choose("safe_call", "yes").catch(() => v.choose("safe", "call"));
    await v.choose("danger", "yes");
    await v.choose("urgency", "2");
    await v.press("Zet op de wachtlijst");
    await v.see("Iemand is in gevaar: kies spoed.");
    await v.choose("danger", "no");
    await v.press("Zet op de wachtlijst");
    await v.go("/waiting");
    await v.see("Wachtlijst");

    // judged again: danger is an emergency, and the five steps are read first
    await v.go("/requests/new");
    await v.fill("name", `${name} Twee`);
    await v.fill("question", "Hij is weer aan de deur.");
    await v.choose("safe_call", "yes").catch(() => v.choose("safe", "call"));
    await v.choose("danger", "no");
    await v.choose("urgency", "2");
    await v.press("Zet op de wachtlijst");
    await v.see(`${name} Twee`);
    const request = v.path();
    await v.press("Hoe dringend is het?");
    await v.choose("danger", "yes");
    await v.choose("children", "yes");
    await v.choose("urgency", "3");
    await v.fill("why", "Hij staat nu voor de deur.");
    await v.press("Opslaan");
    await v.see("Lees de vijf stappen van de meldcode");
    check(await v.page.inputValue("main [name=why]") === "Hij staat nu voor de deur.", "the reason is gone");
    await v.tick("steps");
    await v.press("Opslaan");
    await v.see("Iemand is in gevaar: kies spoed.");
    await v.choose("urgency", "4");
    await v.choose("change", "worse");
    await v.press("Opslaan");
    await v.see("Eerste stap voor de veiligheid gezet", "De urgentie is opgeslagen.", "23:59");

    await v.go("/urgent");
    await v.see(`${name} Twee`, "Eerste actie noteren");
    await v.go("/today");
    await v.see("Spoed: vandaag", "nog geen actie");
    await v.go(request);
    await v.see("Spoed: vandaag een eerste actie.", "was: Gewoon", "Hij staat nu voor de deur.");

    // at night nobody has acted: every page of intake and team lead says so, nobody else's
    const late = await open(night, { login: null, javaScriptEnabled: v.keyboard });
    const enter = async (login) => {
      await late.context().clearCookies();
      await late.goto("/login");
      await late.fill("#login", login);
      await late.fill("#password", password);
      await late.click("main button[type=submit]");
      await late.waitForURL((u) => u.pathname !== "/login");
    };
    await new Promise((done) => setTimeout(done, 3000)); // past midnight there
    for (const login of ["aanmeldteam", "team_lead"]) {
      await enter(login);
      for (const path of ["/today", "/waiting", "/calls", "/figures", "/help", request]) {
        await late.goto(path);
        check(await late.locator("#alarm").count() === 1, `no alarm on ${path} for ${login}`);
      }
    }
    await enter("kwaliteit");
    await late.goto("/figures");
    check(await late.locator("#alarm").count() === 0, "quality is told of emergencies");

    // the action ends it, and somebody goes on with it the same day
    await v.login("team_lead");
    await v.go(`${request}/protect`);
    await v.press("Opslaan");
    await v.see("Er klopt nog iets niet");
    await v.fill("what", "Politie gebeld. Zij slaapt vannacht bij haar zus.");
    const worker = await v.page.locator("main select[name=worker] option").nth(1).getAttribute("value");
    await v.choose("worker", worker);
    await v.press("Opslaan");
    await v.see("De eerste bescherming is opgeslagen.", "op tijd gedaan");
    await enter("aanmeldteam");
    await late.goto("/waiting");
    check(await late.locator("#alarm").count() === 0, "the alarm goes on after the action");
    await late.context().close();
    await v.go(request);
    await v.see("Eerste stap voor de veiligheid gezet", "Toegewezen"); // what was done is content: for the own worker
  });
}
