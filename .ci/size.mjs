// What the browser fetches on a first load, and behind it what it fetches while the first screen is being read (src/app/pieces.rs, the
// service worker's list included), raw and brotli-11; and which crates take most room in the wasm, from a copy that kept its function names.
//
//   node .ci/size.mjs dist target/size/named.wasm
import { existsSync, readFileSync, statSync } from "node:fs";

const [site, named] = process.argv.slice(2);
const row = (a, b, c) => console.log(`${a.padEnd(44)}${String(b).padStart(10)}${String(c).padStart(10)}`);

const worker = readFileSync(`${site}/sw.js`, "utf8");
const urls = [...JSON.parse(worker.match(/const FILES = (\[.*\]);/)[1]), "/sw.js"];
// The explanation for residents is a page by itself; a passkey is made once one is inside.
const LATER = /^\/(piece-.*\.wasm|uitleg\.html|passkey\.js)$/;

/** Prints the files of one part, and gives what they weigh in brotli. */
function part(words, urls) {
  let [rawTotal, brotliTotal] = [0, 0];
  row(words, "raw", "brotli");
  for (const url of urls) {
    const path = site + (url === "/" ? "/index.html" : url);
    const raw = statSync(path).size;
    const brotli = existsSync(`${path}.br`) ? statSync(`${path}.br`).size : raw;
    rawTotal += raw;
    brotliTotal += brotli;
    row(url, raw, brotli);
  }
  row("together", rawTotal, brotliTotal);
  console.log();
  return brotliTotal;
}

const first = part("first load: signing in, opening, Vandaag", urls.filter((url) => !LATER.test(url)));
const later = part("behind it: the other screens, sending", urls.filter((url) => LATER.test(url)));

/** Sums the bytes of code a crate, from a wasm binary that still has its function names. */
function crates(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return wasm.toString("utf8", at - length, at);
  };
  const limits = () => (wasm[at++] & 1 ? (number(), number()) : number());
  let imported = 0;
  const sizes = [];
  const names = new Map();
  while (at < wasm.length) {
    const id = wasm[at++];
    const end = number() + at;
    if (id === 2) {
      for (let count = number(); count > 0; count--) {
        text();
        text();
        const kind = wasm[at++];
        if (kind === 0) imported++, number();
        else if (kind === 1) at++, limits();
        else if (kind === 2) limits();
        else at += 2;
      }
    } else if (id === 10) {
      for (let count = number(); count > 0; count--) {
        const size = number();
        sizes.push(size);
        at += size;
      }
    } else if (id === 0 && text() === "name") {
      while (at < end) {
        const kind = wasm[at++];
        const stop = number() + at;
        if (kind === 1) for (let count = number(); count > 0; count--) names.set(number(), text());
        at = stop;
      }
    }
    at = end;
  }
  const sums = new Map();
  sizes.forEach((size, index) => {
    const crate = crateOf(names.get(imported + index) ?? "");
    sums.set(crate, (sums.get(crate) ?? 0) + size);
  });
  return [...sums].sort((a, b) => b[1] - a[1]);
}

/** The crate that a function comes from; for `<T as Trait>::f` and for `drop_in_place<T>` that is T's. */
function crateOf(name) {
  const std = ["core", "alloc", "std"];
  // The standard library's own names carry a disambiguator: `core[c5930c85a12de822]::fmt`.
  const found = [...name.replace(/\[[0-9a-f]+\]/g, "").matchAll(/(?<![\w:>}])([a-z_]\w*)::/g)].map(([, crate]) => crate);
  return found.find((crate) => !std.includes(crate)) ?? (found.length ? "core, alloc, std" : "not known");
}

if (existsSync(named)) {
  const wasm = readFileSync(named);
  const list = crates(wasm);
  const code = list.reduce((sum, [, size]) => sum + size, 0);
  row("the five largest crates in the wasm", "bytes", "share");
  for (const [crate, size] of list.slice(0, 5)) row(crate, size, `${((100 * size) / code).toFixed(1)} %`);
}
console.log(`size: brotli_first_load=${first} brotli_behind=${later} brotli_total=${first + later}`);
