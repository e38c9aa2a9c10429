"use strict";
// What every wallet in a browser does alike: a key of its own that it cannot give out, kept beside what was
// issued to it; and the code on the screen, made anew before it ends.

const walletPhone = (() => {
  const ONLINE_MS = 60000;
  const SIGNED_MS = 30000;
  const RENEW_BEFORE_MS = { online: 5000, signed: 0 };

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

  const makeKey = () => crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  const sign = async (pair, bytes) =>
    new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, new Uint8Array(bytes)));

  async function point(pair) {
    const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    return hex([2 + (raw[64] & 1), ...raw.slice(1, 33)]);
  }

  async function signedCode(loaded, audience) {
    const nonce = crypto.getRandomValues(new Uint8Array(4));
    const header = walletCode.protectedHeader(Math.floor(Date.now() / 1000), nonce, audience);
    const signature = await sign(loaded.pair, walletCode.signedBytes(header, loaded.credential));
    return "OC2:" + walletCode.base45(walletCode.message(header, loaded.credential, signature));
  }

  // ``source``: token() asks for an online code, loaded() for key and credential; ended(error) says whether
  // there is no use in trying again, and has shown why.
  function show(source) {
    const code = document.getElementById("code");
    const left = document.getElementById("left");
    const audience = document.getElementById("audience");
    const kinds = Array.from(document.querySelectorAll("[data-kind]")).filter((one) => one.tagName === "BUTTON");
    let kind = "online";
    let expiresAt = 0;
    let asking = false;
    let over = false;
    let credential = null;

    const online = async () => [await source.token(), ONLINE_MS];
    async function signed() {
      credential ??= await source.loaded();
      return [await signedCode(credential, audience.value), SIGNED_MS];
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
        code.classList.remove("stale");
      } catch (error) {
        over = Boolean(source.ended && (await source.ended(error)));
        if (!over) left.textContent = "没有网络，正在重试… No network, trying again…";
      } finally {
        asking = false;
      }
    }

    function tick() {
      if (over) return;
      const rest = expiresAt - Date.now();
      code.classList.toggle("stale", rest <= 0);
      if (rest > 0) left.textContent = `${Math.ceil(rest / 1000)} 秒`;
      if (rest <= RENEW_BEFORE_MS[kind] && !asking) renew();
    }

    function choose(wanted) {
      kind = wanted;
      expiresAt = 0;
      kinds.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.kind === kind)));
      document.body.dataset.kind = kind;
      tick();
    }

    kinds.forEach((button) => {
      if (button.dataset.kind === "signed" && !able) button.disabled = true;
      button.addEventListener("click", () => choose(button.dataset.kind));
    });
    audience.addEventListener("change", () => choose("signed"));
    setInterval(tick, 1000);
    choose("online");
  }

  const able = globalThis.isSecureContext && globalThis.crypto?.subtle && globalThis.indexedDB;
  return { able, fromBase64, hex, makeKey, point, show, sign, store };
})();
