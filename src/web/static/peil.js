// SPDX-License-Identifier: EUPL-1.2
// Comfort only: every journey works without this file.
"use strict";

const typing = (el) => el.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");
const help = document.getElementById("keys");

// "/" goes to the search field, "?" shows the keys, Ctrl+Enter sends the form one is typing in.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form");
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  if (event.key === "/") {
    const field = document.querySelector("[data-search]");
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  } else if (event.key === "?" && help) {
    event.preventDefault();
    if (!help.open) help.showModal();
  }
});

// In a call round a number chooses the outcome.
const numbered = document.querySelector("form[data-number-keys]");
document.addEventListener("keydown", (event) => {
  if (!numbered || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  const choices = numbered.querySelectorAll(`input[name="${numbered.dataset.numberKeys}"]`);
  const choice = /^[1-9]$/.test(event.key) && choices[event.key - 1];
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  numbered.querySelector("textarea")?.focus();
});

// A page that stays open also hears of emergencies that wait too long.
const alarm = document.querySelector("[data-alarm]");
if (alarm) {
  setInterval(async () => {
    const answer = await fetch(alarm.dataset.alarm).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    if (found.textContent.trim() !== alarm.textContent.trim()) alarm.replaceChildren(...found.childNodes);
  }, 120000);
}

// One box that chooses all boxes of the list.
for (const all of document.querySelectorAll("[data-select-all]")) {
  const boxes = [...document.querySelectorAll(`input[name="${all.dataset.selectAll}"]`)];
  const count = document.querySelector("[data-select-count]");
  const show = () => {
    const n = boxes.filter((box) => box.checked).length;
    all.checked = n > 0 && n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
    if (count) count.textContent = n ? ` (${n})` : "";
  };
  all.closest("[hidden]")?.removeAttribute("hidden");
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  for (const box of boxes) box.addEventListener("change", show);
  show();
}

// What is being made is looked at again, behind the reader: until it is there only how far it is changes, so that the
// keyboard keeps its place meanwhile.
const tellFar = (now) => {
  const here = document.querySelector("[data-reload] #far");
  if (here && now) here.textContent = now.textContent;
  else if (now) document.querySelector("[data-reload] > :last-child").before(now);
};
const look = async () => {
  const answer = await fetch(location.href).catch(() => null);
  const text = answer && answer.ok && !answer.redirected ? await answer.text().catch(() => "") : "";
  const making = text !== "" && new DOMParser().parseFromString(text, "text/html").querySelector("[data-reload]");
  if (making) tellFar(making.querySelector("#far"));
  if (!answer || making) setTimeout(look, 2000);
  else location.reload();
};
if (document.querySelector("[data-reload]")) setTimeout(look, 2000);

// A choice in the filter is enough with the mouse or a finger. With the arrows each one on the way is a choice too: there
// the button is pressed, as without script.
for (const select of document.querySelectorAll("[data-auto-submit] select")) {
  let pointed = false;
  select.addEventListener("pointerdown", () => { pointed = true; });
  select.addEventListener("keydown", () => { pointed = false; });
  select.addEventListener("change", () => {
    if (pointed) select.form.requestSubmit();
  });
}

// When would it be their turn: of the list of the neighbourhood that was chosen; of all lists as long as none is.
const neighbourhood = document.getElementById("neighbourhood");
const lists = [...document.querySelectorAll("[data-neighbourhoods]")];
const ownList = () => {
  const chosen = neighbourhood.value;
  const own = (list) => chosen !== "" && list.dataset.neighbourhoods.split(" ").includes(chosen);
  const any = lists.some(own);
  for (const list of lists) list.hidden = any && !own(list);
};
if (neighbourhood && lists.length > 0) {
  neighbourhood.addEventListener("change", ownList);
  ownList();
}

// A slider says its value.
const number = new Intl.NumberFormat(document.documentElement.lang || "nl");
const say = (range) => {
  const out = document.getElementById(`${range.id}-value`);
  const v = Number(range.value);
  const sign = v < 0 ? "\u2212" : Number(range.min) < 0 ? "+" : "";
  const unit = Math.abs(v) === 1 ? range.dataset.unitOne : range.dataset.unit;
  const text = v === 0 ? range.dataset.none : `${sign}${number.format(Math.abs(v))} ${unit}`;
  if (out) out.value = text;
  range.setAttribute("aria-valuetext", text);
};
for (const range of document.querySelectorAll("input[type=range][data-unit]")) {
  say(range);
  range.addEventListener("input", () => say(range));
}

// A form that takes long says so beside its button, and is not sent twice.
const tell = (form, text) => {
  const out = form.querySelector("[data-busy-text]");
  if (out && text !== undefined) out.textContent = text;
};
const busy = (form, on) => {
  for (const el of [form, ...form.querySelectorAll("button")]) {
    if (on) el.setAttribute(el === form ? "aria-busy" : "aria-disabled", "true");
    else el.removeAttribute(el === form ? "aria-busy" : "aria-disabled");
  }
  tell(form, on ? form.dataset.busy : "");
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.busy === undefined || event.defaultPrevented) return;
  if (form.hasAttribute("aria-busy")) {
    event.preventDefault();
    return;
  }
  busy(form, true);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy][aria-busy]")) busy(form, false);
});

// The result follows what one changes; without script there is a button.
for (const form of document.querySelectorAll("form[data-follow]")) {
  const parts = form.dataset.follow.split(" ");
  let timer;
  let asked;
  const follow = async () => {
    asked?.abort();
    const mine = asked = new AbortController();
    const url = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
    for (const id of parts) document.getElementById(id)?.setAttribute("aria-busy", "true");
    tell(form, form.dataset.busy);
    const answer = await fetch(url, { signal: mine.signal }).catch(() => null);
    const text = answer && answer.ok && !answer.redirected ? await answer.text().catch(() => null) : null;
    if (mine !== asked) return;
    const page = text && new DOMParser().parseFromString(text, "text/html");
    for (const id of parts) {
      const old = document.getElementById(id);
      const found = page?.getElementById(id);
      if (old && found) {
        old.className = found.className;
        old.replaceChildren(...found.childNodes);
      }
      old?.removeAttribute("aria-busy");
    }
    tell(form, page ? "" : form.dataset.failed);
    if (page) history.replaceState(null, "", url);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(follow, 150);
  });
}

// Leaving a form that was changed asks first, and sending it twice does nothing.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = form.dataset.guard === "changed";
  let sent = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  window.addEventListener("pageshow", () => { sent = false; });
}

// What another did meanwhile, or else what is wrong, is read first. After what went well the keyboard goes on from there,
// unless the page has a field that waits for it or a place that was asked for.
const told = document.querySelector("[data-news]") ?? document.querySelector("[data-errors]");
if (told) told.focus();
else if (!location.hash && !document.querySelector("[autofocus]")) document.querySelector("[data-done]")?.focus();
