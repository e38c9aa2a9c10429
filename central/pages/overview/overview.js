// Shows the figures anew every few seconds, without the page; what changed is marked for a moment.
"use strict";
(() => {
  const figures = document.getElementById("figures");
  const sign = document.getElementById("sign");
  const state = document.getElementById("state");
  const at = document.getElementById("at");
  const every = Number(figures.dataset.every);
  let tag = "";
  let failed = 0;

  const read = () => {
    const found = new Map();
    for (const each of figures.querySelectorAll("[data-figure]")) {
      const shown = each.querySelector(".big") || each;
      found.set(each.dataset.figure, shown.textContent);
    }
    return found;
  };

  const put = (html) => {
    const before = read();
    const open = [...figures.querySelectorAll("details")].map((each) => each.open);
    const focused = [...figures.querySelectorAll("summary")].indexOf(document.activeElement);
    figures.innerHTML = html;
    if (focused >= 0) figures.querySelectorAll("summary")[focused].focus({ preventScroll: true });
    figures.querySelectorAll("details").forEach((each, number) => { each.open = open[number] || false; });
    for (const each of figures.querySelectorAll("[data-figure]")) {
      const shown = each.querySelector(".big") || each;
      if (before.get(each.dataset.figure) !== shown.textContent) shown.classList.add("changed");
    }
  };

  const say = (kind, words) => {
    sign.dataset.kind = kind;
    if (state.textContent !== words) state.textContent = words; // said aloud only when it changes
  };

  const refresh = async () => {
    if (document.hidden) return;
    try {
      const headers = tag ? { "If-None-Match": tag } : {};
      const answer = await fetch("/overview/figures", { headers, cache: "no-store", credentials: "same-origin" });
      if (answer.status === 401) {
        say("lost", figures.dataset.out);
        window.location.assign("/overview/sign-in");
        return;
      }
      if (answer.status !== 200 && answer.status !== 304) throw new Error(String(answer.status));
      if (answer.status === 200) {
        tag = answer.headers.get("ETag") || "";
        put(await answer.text());
      }
      at.textContent = answer.headers.get("X-Figures-At") || at.textContent;
      failed = 0;
      say("live", figures.dataset.live);
    } catch {
      failed += 1;
      if (failed > 1) say("lost", figures.dataset.lost);
    }
  };

  say("live", figures.dataset.live);
  setInterval(refresh, every);
  document.addEventListener("visibilitychange", refresh);
})();
