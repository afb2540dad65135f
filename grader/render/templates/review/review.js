// Keys press the buttons and links that are on the page anyway; without this file all of them work.
"use strict";
const ahead = new Map(); // address -> page, fetched before it is asked for
let turn = Promise.resolve(); // what is sent, one thing after another, in the order of the keys
let waiting = 0; // of these, how many have not begun
let age = 0; // changes where something is sent or saved: what was fetched before may be outdated

const keyed = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);
const fetched = (url, options) => fetch(url, { ...options, redirect: "follow" })
  .then(async (answer) => ({ url: answer.url, html: await answer.text() }));
const parsed = (page) => new DOMParser().parseFromString(page.html, "text/html");

function show(page) {
  const key = document.activeElement?.dataset.key;
  const typed = page.url === location.href ? keyed("c")?.value : "";
  const made = parsed(page);
  if (page.url !== location.href) { history.pushState(null, "", page.url); scrollTo(0, 0); }
  document.title = made.title;
  for (const part of ["header", "main"]) document.querySelector(part).replaceWith(made.querySelector(part));
  if (typed) keyed("c").value = typed;
  if (key) keyed(key)?.focus({ preventScroll: true });
  ready();
}

// What came of something on a page that is no longer shown.
function tell(page) {
  const made = parsed(page), said = made.querySelector("#dispute, #note:not(:empty)");
  if (said) document.getElementById("note").textContent = `The answer before: ${said.textContent}`;
  document.getElementById("progress")?.replaceWith(made.getElementById("progress") ?? "");
  ready();
}

function ready() {
  const keys = document.getElementById("keys"), born = age;
  keys.checked = sessionStorage.getItem("keys") !== "off";
  keys.parentElement.hidden = false;
  ahead.clear();
  for (const href of new Set([...document.querySelectorAll(".steps a")].map((link) => link.href))) {
    fetched(href, { headers: { "x-ahead": "1" } }).then((page) => { if (born === age) ahead.set(href, page); }, () => {});
  }
}

async function send(button) {
  const body = new URLSearchParams(new FormData(button.form, button)), from = location.href;
  age += 1;
  if (!["toggle", "keep"].includes(body.get("act"))) ahead.clear(); // it may change other answers
  const page = await fetched(button.form.action, { method: "POST", body });
  age += 1;
  button.form.reset();
  if (location.href === from) show(page); else tell(page);
}

function follow(one) {
  const page = waiting ? undefined : ahead.get(one.href);
  if (page) return show(page);
  waiting += 1;
  turn = turn.then(async () => {
    waiting -= 1;
    const there = one.isConnected ? one : keyed(one.dataset.key ?? "");
    if (!there || there.disabled) return;
    if (there.matches("input")) there.focus();
    else if (there.href) show(ahead.get(there.href) ?? await fetched(there.href));
    else await send(there);
  }).catch(() => { document.getElementById("note").textContent = "The server does not answer: nothing was saved."; });
}

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea");
  if (typing && event.key === "Escape") typing.blur();
  if (typing || event.ctrlKey || event.altKey || event.metaKey || !document.getElementById("keys").checked) return;
  const key = { ArrowRight: "j", ArrowLeft: "k" }[event.key] ?? event.key;
  if (!keyed(key)) return;
  event.preventDefault();
  follow(keyed(key));
});
addEventListener("submit", (event) => {
  if (!event.target.closest(".judge")) return;
  event.preventDefault();
  follow(event.submitter);
});
addEventListener("change", ({ target }) => { if (target.id === "keys") sessionStorage.setItem("keys", target.checked ? "on" : "off"); });
addEventListener("popstate", () => location.reload());
ready();
