"use strict";
// Two codes. The online one is an opaque token, good for a minute, asked for when the old one has five
// seconds left. The signed one is made here every half minute, by a key that this browser keeps and cannot
// give out; it needs the network once, for the credential that goes with the key.
const wallet = document.querySelector("main").dataset.wallet;
const code = document.getElementById("code");
const left = document.getElementById("left");
const audience = document.getElementById("audience");
const kinds = Array.from(document.querySelectorAll("[data-kind]"));
const ONLINE_MS = 60000;
const SIGNED_MS = 30000;
const RENEW_BEFORE_MS = { online: 5000, signed: 0 };
let kind = "online";
let expiresAt = 0;
let asking = false;
let credential = null;

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

function store(mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("wallet", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("phones");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asked = work(opening.result.transaction("phones", mode).objectStore("phones"));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    };
  });
}

// The key of this phone and its credential; a fresher credential where there is a network.
async function loaded() {
  const kept = await store("readonly", (phones) => phones.get(wallet));
  const pair = kept?.pair ?? (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]));
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const compressed = [2 + (point[64] & 1), ...point.slice(1, 33)];
  try {
    const answer = await fetch(`/v1/wallets/${wallet}/credentials`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ public_key: hex(compressed) }),
    });
    if (!answer.ok) throw new Error("no credential");
    const fresh = { pair, credential: fromBase64((await answer.json()).credential) };
    await store("readwrite", (phones) => phones.put(fresh, wallet));
    return fresh;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function online() {
  const issued = await (await fetch(`/v1/wallets/${wallet}/tokens`, { method: "POST" })).json();
  return [issued.token, ONLINE_MS];
}

async function signed() {
  credential ??= await loaded();
  const nonce = crypto.getRandomValues(new Uint8Array(4));
  const header = walletCode.protectedHeader(Math.floor(Date.now() / 1000), nonce, audience.value);
  const content = new Uint8Array(walletCode.signedBytes(header, credential.credential));
  const how = { name: "ECDSA", hash: "SHA-256" };
  const signature = new Uint8Array(await crypto.subtle.sign(how, credential.pair.privateKey, content));
  return ["OC2:" + walletCode.base45(walletCode.message(header, credential.credential, signature)), SIGNED_MS];
}

async function renew() {
  asking = true;
  const wanted = kind;
  try {
    const [text, life] = await (wanted === "online" ? online() : signed());
    if (wanted !== kind) return;
    code.innerHTML = walletCode.svg(walletCode.qr(text));
    code.dataset.text = text;
    expiresAt = Date.now() + life;
  } catch {
    left.textContent = "没有网络，正在重试… No network, trying again…";
  } finally {
    asking = false;
  }
}

function tick() {
  const rest = expiresAt - Date.now();
  code.classList.toggle("stale", rest <= 0);
  if (rest > 0) left.textContent = `${Math.ceil(rest / 1000)} 秒`;
  if (rest <= RENEW_BEFORE_MS[kind] && !asking) renew();
}

function show(wanted) {
  kind = wanted;
  expiresAt = 0;
  kinds.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.kind === kind)));
  document.body.dataset.kind = kind;
  tick();
}

const able = globalThis.isSecureContext && crypto.subtle && globalThis.indexedDB;
kinds.forEach((button) => {
  if (button.dataset.kind === "signed" && !able) button.disabled = true;
  button.addEventListener("click", () => show(button.dataset.kind));
});
audience.addEventListener("change", () => show("signed"));
setInterval(tick, 1000);
show("online");
