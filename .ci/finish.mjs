// Trunk's post_build hook: finishes the app in the staging folder, before it becomes dist.
//
// 1. Trunk's inline start script becomes a file, because our CSP allows no inline script.
// 2. The stylesheets become one file: fewer requests, and together they compress better.
// 3. The page for residents, which is no part of the app, gets the same stylesheet.
// 4. sw.js learns the name of this build and its files.
// 5. Every text file gets a .br and a .gz beside it, which the server sends as they are (about 5 s).
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const site = process.env.TRUNK_STAGING_DIR;
const release = process.env.TRUNK_PROFILE === "release";
// Icons that only the system fetches, when the app is put on the home screen, are no part of a start.
const NOT_IN_FIRST_LOAD = /^\/(words.*\.txt|sw\.js|index\.html|robots\.txt)$|icon-512|maskable|apple-touch/;
const COMPRESSES = /\.(html|js|css|wasm|json|webmanifest|svg|txt|ico)$/;

const read = (name) => readFileSync(join(site, name));
const hash = (algorithm, bytes, encoding) => createHash(algorithm).update(bytes).digest(encoding);
const integrity = (bytes) => `integrity="sha384-${hash("sha384", bytes, "base64")}" crossorigin="anonymous"`;

/** Writes text under a name that changes with it; gives the attributes that load it. */
function writeHashed(stem, extension, text) {
  const name = `${stem}-${hash("sha256", text, "hex").slice(0, 16)}.${extension}`;
  writeFileSync(join(site, name), text);
  return { url: `/${name}`, integrity: integrity(text) };
}

function startScript(html) {
  const inline = /<script type="module"[^>]*>([^<]+)<\/script>/;
  const found = html.match(inline);
  if (!found) throw new Error("Trunk wrote no inline start script: has its output changed?");
  const file = writeHashed("start", "js", found[1].trim() + "\n");
  return html.replace(inline, `<script type="module" src="${file.url}" ${file.integrity}></script>`);
}

/** Browsers ignore integrity on a preloaded fetch, and complain of it. */
const plainPreload = (html) => html.replace(/(<link rel="preload"[^>]*?) integrity="[^"]*"/g, "$1");

function oneStylesheet(html) {
  const links = [...html.matchAll(/<link rel="stylesheet"[^>]*href="\/([^"]+\.css)"[^>]*>\s*/g)];
  if (links.length === 0) return html;
  const css = links.map(([, name]) => read(name).toString()).join("\n");
  for (const [, name] of links) rmSync(join(site, name));
  const file = writeHashed("style", "css", css);
  const [first, ...others] = links.map(([link]) => link);
  for (const link of others) html = html.replace(link, "");
  return html.replace(first, `<link rel="stylesheet" href="${file.url}" ${file.integrity}>\n`);
}

/** A page that needs no JavaScript gets the stylesheets of the app. */
function styled(name, html) {
  const links = html.match(/<link rel="stylesheet"[^>]*>/g) ?? [];
  const page = read(name).toString();
  if (links.length === 0 || !page.includes("<!-- STYLE -->")) throw new Error(`no stylesheet for ${name}`);
  writeFileSync(join(site, name), page.replace("<!-- STYLE -->", links.join("\n  ")));
}

const files = () =>
  readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(site.length).replace(/^\/?/, "/"))
    .sort();

function serviceWorker() {
  const urls = ["/", ...files().filter((url) => !NOT_IN_FIRST_LOAD.test(url))];
  const contents = urls.map((url) => `${url} ${hash("sha256", read(url === "/" ? "index.html" : url), "hex")}`);
  const build = hash("sha256", contents.join("\n"), "hex").slice(0, 16);
  const script = read("sw.js").toString();
  const filled = script
    .replace('/*BUILD*/""', () => JSON.stringify(build))
    .replace("/*FILES*/[]", () => JSON.stringify(urls));
  if (filled.includes("/*BUILD*/") || filled.includes("/*FILES*/")) throw new Error("sw.js lost a placeholder");
  writeFileSync(join(site, "sw.js"), filled);
  return build;
}

function compress() {
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } };
  for (const url of files().filter((url) => COMPRESSES.test(basename(url)))) {
    const bytes = read(url);
    writeFileSync(join(site, `${url}.br`), brotliCompressSync(bytes, brotli));
    writeFileSync(join(site, `${url}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

// `make dev` (not release) has no service worker: a page that caches itself is no help while building it.
// It keeps Trunk's own page too, as the server that reloads it expects.
if (release) {
  const html = oneStylesheet(plainPreload(startScript(read("index.html").toString())));
  writeFileSync(join(site, "index.html"), html);
  styled("uitleg.html", html);
  const build = serviceWorker();
  compress();
  console.log(`→ finished build ${build}`);
} else {
  rmSync(join(site, "sw.js"), { force: true });
  styled("uitleg.html", read("index.html").toString());
}
