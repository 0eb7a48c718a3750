// A passkey as a second way into an account: the browser's side of it. Works without a network; nothing of it goes to the server.
//
// The passkey's PRF gives 32 bytes that nobody else can work out. They become a key here and are wiped; the app gets the key, which can't
// be exported, and opens the vault with it (src/store/vault). The name of the account's database is what the PRF is asked about, and
// who the passkey is for: one that is made anew takes the old one's place in the phone's list.
const bytes = (text) => new TextEncoder().encode(text);
const prf = (database) => ({ prf: { eval: { first: bytes(`waakvlam passkey 1:${database}`) } } });
const unsupported = () => new DOMException("this passkey gives no key", "NotSupportedError");
/** What is asked for is asked for here and now: nobody checks the challenge, there is no server on the other side. */
const question = () => ({ challenge: crypto.getRandomValues(new Uint8Array(32)), timeout: 60_000 });

/** Whether this phone has what it takes, as far as it can be known beforehand. */
export async function can() {
  if (!globalThis.PublicKeyCredential) return false;
  const known = (await PublicKeyCredential.getClientCapabilities?.()) ?? {};
  return known["extension:prf"] !== false && (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable());
}

/** Makes one, and gives its id and the key. */
export async function make(database, name) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...question(),
      rp: { name: "Waakvlam" },
      user: { id: bytes(database), name, displayName: name },
      pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { authenticatorAttachment: "platform", residentKey: "required", userVerification: "required" },
      extensions: prf(database),
    },
  });
  const { enabled, results } = made.getClientExtensionResults().prf ?? {};
  if (!enabled && !results) {
    forget(database, made.id);
    throw unsupported();
  }
  // Some phones give it at once, others when they are asked.
  return [made.id, await (results?.first ? key(results.first) : ask(database, made.id))];
}

/** Asks for the key of the passkey with this id. */
export async function ask(database, id) {
  const raw = Uint8Array.from(atob(id.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const found = await navigator.credentials.get({
    publicKey: {
      ...question(),
      allowCredentials: [{ type: "public-key", id: raw, transports: ["internal"] }],
      userVerification: "required",
      extensions: prf(database),
    },
  });
  const secret = found.getClientExtensionResults().prf?.results?.first;
  if (!secret) throw unsupported();
  return key(secret);
}

/** Lets the phone take one off its list, where it can. */
export async function forget(database, id) {
  await PublicKeyCredential.signalUnknownCredential?.({ rpId: location.hostname, credentialId: id }).catch(() => {});
}

async function key(secret) {
  const raw = new Uint8Array(secret);
  const made = await crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
  raw.fill(0);
  return made;
}
