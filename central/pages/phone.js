"use strict";
// The phone of one holder. It came here by the code on a counter's screen: behind the # of the address, which
// no server ever sees. It makes a key, brings the code with it, shows four digits, and waits until the person
// at the counter has said that they are the same; from then on it shows codes, on this phone alone.
const OWN = "own";
const WAIT_MS = 1000;
const TRY_AGAIN_MS = 2000;
const encoder = new TextEncoder();
let last = 0;

const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const kept = () => walletPhone.store("readonly", (phones) => phones.get(OWN));
const keep = (phone) => walletPhone.store("readwrite", (phones) => phones.put(phone, OWN));

// One message of this phone, signed by its key. Answers what the centre says; throws its fault's code.
async function ask(what, phone, binding, more = {}) {
  last = Math.max(Date.now(), last + 1);
  const text = ["onecard phone 1", what, binding, last, ""].join("\n");
  const signature = walletPhone.hex(await walletPhone.sign(phone.pair, encoder.encode(text)));
  const answer = await fetch(`/v1/phones/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ binding, at: last, signature, ...more }),
  });
  const said = await answer.json();
  if (answer.ok) return said;
  throw Object.assign(new Error("refused"), { code: answer.status >= 500 ? "" : said.code });
}

function stage(name) {
  document.querySelector("main").dataset.stage = name;
}

function refuse(code) {
  const known = document.querySelector(`[data-fault="${CSS.escape(code)}"]`);
  const said = known ?? document.querySelector("[data-fault='binding.unknown']");
  document.getElementById("refusal").innerHTML = said.innerHTML;
  document.getElementById("refusal").dataset.code = code;
  stage("refused");
}

// Asks again while nobody answers, or while the person at the counter has not.
async function patiently(work) {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error.code && error.code !== "binding.waiting") throw error;
      await rest(error.code ? WAIT_MS : TRY_AGAIN_MS);
    }
  }
}

async function load(phone, binding) {
  const said = await ask("credentials", phone, binding);
  const loaded = { ...phone, binding, credential: walletPhone.fromBase64(said.credential), pending: null };
  loaded.name = said.masked_name;
  loaded.number = said.masked_number;
  await keep(loaded);
  return loaded;
}

// With the code in hand: even a page that was closed in between goes on where it was.
async function bind(phone) {
  const { binding, code } = phone.pending;
  try {
    const public_key = await walletPhone.point(phone.pair);
    const said = await patiently(() => ask("claims", phone, binding, { code, public_key }));
    document.getElementById("digits").textContent = said.digits;
    stage("compare");
    return await patiently(() => load(phone, binding));
  } catch (error) {
    await keep({ ...phone, pending: null });
    throw error;
  }
}

function showCodes(phone) {
  document.getElementById("name").textContent = phone.name;
  document.getElementById("number").textContent = phone.number;
  stage("codes");
  const moved = async (error) => {
    if (!error.code || error.code === "binding.not_this_phone") return false;
    refuse(error.code);
    if (error.code === "e_card.other_phone") await keep({ pair: phone.pair, pending: null });
    return true;
  };
  walletPhone.show({
    token: async () => (await ask("tokens", phone, phone.binding)).token,
    loaded: async () => {
      try {
        return await load(phone, phone.binding);
      } catch (error) {
        if (error.code) throw error;
        return phone;
      }
    },
    ended: moved,
  });
}

async function begin() {
  if (!walletPhone.able) return stage("unable");
  let phone = (await kept()) ?? { pair: await walletPhone.makeKey(), pending: null };
  const [binding, code] = location.hash.slice(1).split(".");
  if (binding && code) {
    phone.pending = { binding, code };
    await keep(phone);
    history.replaceState(null, "", location.pathname);
  }
  if (!phone.pending) return phone.binding ? showCodes(phone) : stage("unbound");
  stage("working");
  try {
    showCodes(await bind(phone));
  } catch (error) {
    refuse(error.code ?? "");
  }
}

addEventListener("hashchange", () => location.reload());
begin();
