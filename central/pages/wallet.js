"use strict";
// A demonstration's phone, of whoever opens this page. Two codes. The online one is an opaque token, good for
// a minute. The signed one is made here every half minute, by a key that this browser keeps and cannot give
// out; it needs the network once, for the credential that goes with the key.
const wallet = document.querySelector("main").dataset.wallet;

// The key of this phone and its credential; a fresher credential where there is a network.
async function loaded() {
  const kept = await walletPhone.store("readonly", (phones) => phones.get(wallet));
  const pair = kept?.pair ?? (await walletPhone.makeKey());
  try {
    const answer = await fetch(`/v1/wallets/${wallet}/credentials`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ public_key: await walletPhone.point(pair) }),
    });
    if (!answer.ok) throw new Error("no credential");
    const fresh = { pair, credential: walletPhone.fromBase64((await answer.json()).credential) };
    await walletPhone.store("readwrite", (phones) => phones.put(fresh, wallet));
    return fresh;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function token() {
  const answer = await fetch(`/v1/wallets/${wallet}/tokens`, { method: "POST" });
  if (!answer.ok) throw new Error("no token");
  return (await answer.json()).token;
}

walletPhone.show({ token, loaded });
