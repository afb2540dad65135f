// Keys press the buttons and links that are on the page anyway; without this file all of them work.
"use strict";
const ahead = new Map(); // address -> page, fetched before it is asked for
let turn = Promise.resolve(); // one thing after another, in the order of the keys

const fetched = (url, options) => fetch(url, { ...options, redirect: "follow" })
  .then(async (answer) => ({ url: answer.url, html: await answer.text() }));

const keyed = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);

function show({ url, html }) {
  const key = document.activeElement?.dataset.key;
  const typed = url === location.href ? keyed("c")?.value : "";
  const page = new DOMParser().parseFromString(html, "text/html");
  if (url !== location.href) { history.pushState(null, "", url); scrollTo(0, 0); }
  document.title = page.title;
  document.querySelector("header").replaceWith(page.querySelector("header"));
  document.querySelector("main").replaceWith(page.querySelector("main"));
  if (typed) keyed("c").value = typed;
  if (key) keyed(key)?.focus({ preventScroll: true });
  ready();
}

function ready() {
  const keys = document.getElementById("keys");
  keys.checked = sessionStorage.getItem("keys") !== "off";
  keys.parentElement.hidden = false;
  ahead.clear();
  for (const { href } of document.querySelectorAll(".steps a")) {
    if (!ahead.has(href)) ahead.set(href, fetched(href, { headers: { "x-ahead": "1" } }));
  }
}

function follow(one) {
  turn = turn.then(async () => {
    const there = one.isConnected ? one : keyed(one.dataset.key ?? "");
    if (!there || there.disabled) return;
    if (there.matches("input")) return there.focus();
    if (there.href) return show(await (ahead.get(there.href) ?? fetched(there.href)));
    const body = new URLSearchParams(new FormData(there.form, there));
    const page = await fetched(there.form.action, { method: "POST", body });
    there.form.reset();
    show(page);
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
