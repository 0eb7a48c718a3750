// Cuts the app into pieces: what the first screen needs, and what comes after it (src/app/pieces.rs says which is which).
//
// Trunk knows one wasm, so what it staged is replaced: the linked wasm is cut where the code says (wasm-split-cli), each piece and the
// scripts are made as small as they get, and every file gets the hash of all of them in its name, so that pieces of two builds never meet.
// An app that was not built for it (`make dev`) has no cuts; then this only runs wasm-opt on the one wasm there is.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LINKED = join(process.env.CARGO_TARGET_DIR ?? "target", "wasm32-unknown-unknown/app/waakvlam.wasm");
const WORK = "target/pieces";
const CUT_HERE = "__wasm_split_placeholder__";
const LOADER = "__wasm_split.js";

const run = (command, ...args) => execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
const integrity = (text) => `sha384-${createHash("sha384").update(text).digest("base64")}`;
/** Shortest text of a script ("js") or a stylesheet ("css"). */
export const minify = (kind, text) =>
  execFileSync("esbuild", ["--minify", `--loader=${kind}`, "--target=es2022", "--log-level=error"], { input: text, encoding: "utf8" });
// What Rust's wasm uses: named here because a piece does not say so of itself, and no browser is asked for more.
const FEATURES = ["bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"]
  .map((feature) => `--enable-${feature}`);
const optimise = (from, to) => run("wasm-opt", "-Oz", "--mvp-features", ...FEATURES, "--strip-debug", "--strip-producers", from, "-o", to);

/** Cuts the staged app, and gives its page with the new names in it. */
export function cut(site, html) {
  const script = readdirSync(site).find((name) => /^waakvlam-[0-9a-f]+\.js$/.test(name));
  const stem = script.replace(/\.js$/, "");
  const whole = join(site, `${stem}_bg.wasm`);
  if (!readFileSync(join(site, script), "utf8").includes(CUT_HERE)) {
    optimise(whole, whole);
    return html;
  }

  rmSync(WORK, { recursive: true, force: true });
  run("wasm-split-cli", LINKED, WORK, "--out-name", "waakvlam");
  run("wasm-bindgen", "--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir", WORK, "--out-name", "waakvlam", `${WORK}/waakvlam.wasm`);
  const pieces = readdirSync(WORK).filter((name) => /^(chunk|split)_.*\.wasm$/.test(name)).sort();
  for (const name of ["waakvlam_bg.wasm", ...pieces]) optimise(join(WORK, name), join(WORK, name));
  for (const name of ["waakvlam.js", LOADER]) writeFileSync(join(WORK, name), minify("js", readFileSync(join(WORK, name))));

  const read = (name) => readFileSync(join(WORK, name));
  const names = ["waakvlam.js", "waakvlam_bg.wasm", LOADER, ...pieces];
  const hash = createHash("sha256");
  for (const name of names) hash.update(read(name));
  const build = hash.digest("hex").slice(0, 16);
  const called = (name) => ({ "waakvlam.js": `waakvlam-${build}.js`, "waakvlam_bg.wasm": `waakvlam-${build}_bg.wasm`, [LOADER]: `pieces-${build}.js` })[name]
    ?? name.replace(/^(?:split|chunk)_(.*)\.wasm$/, `piece-$1-${build}.wasm`);
  // Where a file is loaded from; not the names that the wasm knows its imports by.
  const renamed = (text) => text.replace(/(?<=\bfrom|new URL\()"\.\/([^"]+)"/g, (_, name) => `"./${called(name)}"`);

  rmSync(join(site, script));
  rmSync(whole);
  for (const name of names) {
    writeFileSync(join(site, called(name)), name.endsWith(".js") ? renamed(read(name).toString()) : read(name));
  }
  const main = readFileSync(join(site, called("waakvlam.js")));
  const loader = readFileSync(join(site, called(LOADER)));
  // The loader is needed before the wasm can start: asked for with the rest, not after it.
  const preload = `<link rel="modulepreload" href="/${called(LOADER)}" crossorigin="anonymous" integrity="${integrity(loader)}">`;
  return html
    .replaceAll(stem, `waakvlam-${build}`)
    .replace(/<link rel="modulepreload" href="\/waakvlam-[^>]*>/, (link) => link.replace(/integrity="[^"]*"/, `integrity="${integrity(main)}"`) + preload);
}
