"use strict";
// Asks for a fresh code when the old one has five seconds left, and hides one that ran out.
const wallet = document.querySelector("main").dataset.wallet;
const code = document.getElementById("code");
const left = document.getElementById("left");
const renewBefore = 5;
let expiresAt = 0;
let asking = false;

async function renew() {
  asking = true;
  try {
    const issued = await (await fetch(`/v1/wallets/${wallet}/tokens`, { method: "POST" })).json();
    const drawing = await fetch("/wallet/drawings", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: issued.token }),
    });
    code.innerHTML = await drawing.text();
    expiresAt = Date.now() + 60000;
  } catch {
    left.textContent = "没有网络，正在重试… No network, trying again…";
  } finally {
    asking = false;
  }
}

function tick() {
  const seconds = Math.round((expiresAt - Date.now()) / 1000);
  code.classList.toggle("stale", seconds <= 0);
  if (seconds > 0) left.textContent = `${seconds} 秒`;
  if (seconds <= renewBefore && !asking) renew();
}

setInterval(tick, 1000);
tick();
