// Trunk's post_build hook: finishes the app in the staging folder, before it becomes dist.
//
// 1. The app is cut into pieces (pieces.mjs).
// 2. Trunk's inline start script becomes a file, because our CSP allows no inline script.
// 3. The stylesheets become one file: fewer requests, and together they compress better.
// 4. The page for residents, which is no part of the app, gets the same stylesheet.
// 5. sw.js learns the name of this build and its files; the page learns it, too.
// 6. update.js and cover.js get a hash in their names; no script of ours keeps its comments.
// 7. Every text file gets a .br and a .gz beside it, which the server sends as they are (about 5 s).
//
// On a finished folder in which something was changed it makes another build of it: the tests of updates do so.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants, gzipSync } from "node:zlib";

import { cut, minify } from "./pieces.mjs";

const site = process.env.TRUNK_STAGING_DIR;
const release = process.env.TRUNK_PROFILE === "release";
// `make journey`: whole, as an update and a start without a network need it, but neither cut nor compressed.
const quick = process.env.WAAKVLAM_QUICK === "1";
// Icons that only the system fetches, when the app is put on the home screen, are no part of a start.
const NOT_IN_FIRST_LOAD = /^\/(words.*\.txt|sw\.js|index\.html|robots\.txt)$|icon-512|maskable|apple-touch/;
const COMPRESSED = /\.(br|gz)$/;
const BUILD_OF_PAGE = /<meta name="build" content="[^"]*">/;
const BUILD_OF_WORKER = /const BUILD = ".*";/;
const FILES_OF_WORKER = /const FILES = \[.*\];/;
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
  if (!found && /src="\/start-/.test(html)) return html;
  if (!found) throw new Error("Trunk wrote no inline start script: has its output changed?");
  const file = writeHashed("start", "js", found[1].trim() + "\n");
  return html.replace(inline, `<script type="module" src="${file.url}" ${file.integrity}></script>`);
}

/** Lines that are a comment are for us. */
const withoutComments = (script) => script.replace(/^\s*(\/\/.*|\/\*\*.*\*\/)\n/gm, "");

function ourScript(stem, html) {
  const plain = `<script type="module" src="/${stem}.js"></script>`;
  if (!html.includes(plain)) return html;
  const file = writeHashed(stem, "js", withoutComments(read(`${stem}.js`).toString()));
  rmSync(join(site, `${stem}.js`));
  return html.replace(plain, `<script type="module" src="${file.url}" ${file.integrity}></script>`);
}

/** Browsers ignore integrity on a preloaded fetch, and complain of it. */
const plainPreload = (html) => html.replace(/(<link rel="preload"[^>]*?) integrity="[^"]*"/g, "$1");

function oneStylesheet(html) {
  const links = [...html.matchAll(/<link rel="stylesheet"[^>]*href="\/([^"]+\.css)"[^>]*>\s*/g)];
  if (links.length === 0) return html;
  const css = links.map(([, name]) => read(name).toString()).join("\n");
  const ours = links.every(([, name]) => name.startsWith("style-"));
  const text = ours ? css : minify("css", css);
  for (const [, name] of links) for (const kind of ["", ".br", ".gz"]) rmSync(join(site, name + kind), { force: true });
  const file = writeHashed("style", "css", text);
  const [first, ...others] = links.map(([link]) => link);
  for (const link of others) html = html.replace(link, "");
  return html.replace(first, `<link rel="stylesheet" href="${file.url}" ${file.integrity}>\n`);
}

/** A page that needs no JavaScript gets the stylesheets of the app. */
function styled(name, html) {
  const links = html.match(/<link rel="stylesheet"[^>]*>/g) ?? [];
  const page = read(name).toString();
  const place = /<!-- STYLE -->|<link rel="stylesheet"[^>]*>/;
  if (links.length === 0 || !place.test(page)) throw new Error(`no stylesheet for ${name}`);
  writeFileSync(join(site, name), page.replace(place, links.join("\n  ")));
}

const files = () =>
  readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(site.length).replace(/^\/?/, "/"))
    .filter((url) => !COMPRESSED.test(url))
    .sort();

/** Writes the name of this build into the page and the service worker: each can tell that the other is of the same one. */
function nameBuild() {
  const write = (text, pattern, line) => {
    if (!pattern.test(text)) throw new Error(`nothing like ${pattern} in the app's files`);
    return text.replace(pattern, () => line);
  };
  const html = read("index.html").toString();
  const script = withoutComments(read("sw.js").toString());
  const unnamed = write(html, BUILD_OF_PAGE, '<meta name="build" content="">');
  const nameless = write(write(script, BUILD_OF_WORKER, 'const BUILD = "";'), FILES_OF_WORKER, "const FILES = [];");
  const urls = ["/", ...files().filter((url) => !NOT_IN_FIRST_LOAD.test(url))];
  const contents = urls.map((url) => `${url} ${hash("sha256", url === "/" ? unnamed : read(url), "hex")}`);
  const build = hash("sha256", [...contents, nameless].join("\n"), "hex").slice(0, 16);
  writeFileSync(join(site, "index.html"), write(html, BUILD_OF_PAGE, `<meta name="build" content="${build}">`));
  const named = write(script, BUILD_OF_WORKER, `const BUILD = ${JSON.stringify(build)};`);
  writeFileSync(join(site, "sw.js"), write(named, FILES_OF_WORKER, `const FILES = ${JSON.stringify(urls)};`));
  return build;
}

function compress() {
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } };
  for (const url of files().filter((url) => COMPRESSES.test(basename(url)))) {
    const bytes = read(url);
    if (existsSync(join(site, `${url}.br`)) && brotliDecompressSync(read(`${url}.br`)).equals(bytes)) continue;
    writeFileSync(join(site, `${url}.br`), brotliCompressSync(bytes, brotli));
    writeFileSync(join(site, `${url}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

// `make dev` (not release) has no service worker: a page that caches itself is no help while building it.
// It keeps Trunk's own page too, as the server that reloads it expects.
if (release || quick) {
  const page = read("index.html").toString();
  // A finished folder was cut already.
  const staged = !quick && /<script type="module"[^>]*>[^<]/.test(page) ? cut(site, page) : page;
  const html = oneStylesheet(plainPreload(startScript(["update", "cover"].reduce((html, stem) => ourScript(stem, html), staged))));
  writeFileSync(join(site, "index.html"), html);
  writeFileSync(join(site, "passkey.js"), withoutComments(read("passkey.js").toString()));
  styled("uitleg.html", html);
  const build = nameBuild();
  if (!quick) compress();
  console.log(`→ finished build ${build}`);
} else {
  rmSync(join(site, "sw.js"), { force: true });
  styled("uitleg.html", read("index.html").toString());
}
