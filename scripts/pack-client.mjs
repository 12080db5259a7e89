// Makes the built client ready to be embedded in the server.
// Usage: node scripts/pack-client.mjs <built folder> <packed folder> [--brotli-limit <bytes>] [--quick]
//
// Every file gets its content's hash into its name, so that browsers may keep it for ever and a new
// version never mixes with an old one; references between the files are rewritten to the new names.
// Beside each compressible file stand its Brotli and gzip forms, so that the server compresses nothing.
// manifest.json says, by logical name, what the server needs to know of each file.
// With a limit it fails when JavaScript and WASM together are larger than that as Brotli.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** By extension: the type sent to the browser, whether compressing helps, and whether it may name other files. */
const KINDS = {
  ".css": { type: "text/css; charset=utf-8", compress: true, refers: true },
  ".ico": { type: "image/x-icon", compress: false, refers: false },
  ".js": { type: "text/javascript; charset=utf-8", compress: true, refers: true },
  ".png": { type: "image/png", compress: false, refers: false },
  ".svg": { type: "image/svg+xml", compress: true, refers: false },
  ".txt": { type: "text/plain; charset=utf-8", compress: true, refers: false },
  ".wasm": { type: "application/wasm", compress: true, refers: false },
  ".webmanifest": { type: "application/manifest+json", compress: true, refers: true },
  ".woff2": { type: "font/woff2", compress: false, refers: false },
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { "brotli-limit": { type: "string" }, quick: { type: "boolean", default: false } },
});
const [source, target] = positionals;
if (!source || !target) {
  fail("usage: pack-client.mjs <built folder> <packed folder> [--brotli-limit <bytes>] [--quick]");
}

const names = listFiles(source);
const packed = new Map();
for (const name of names) {
  pack(name, []);
}
const manifest = Object.fromEntries(names.map((name) => [name, packed.get(name).entry]));
printSizes(manifest);
checkLimit(manifest);
write();

/** All files below a folder as paths relative to it, sorted. */
function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.relative(folder, path.join(item.parentPath ?? item.path, item.name)))
    .sort();
}

/** Packs one file after those that it names, because its own hash covers their new names. */
function pack(name, namedBy) {
  if (packed.has(name)) {
    return packed.get(name);
  }
  if (namedBy.includes(name)) {
    fail(`files of the client name each other in a circle: ${[...namedBy, name].join(" -> ")}`);
  }
  const kind = KINDS[path.extname(name)];
  if (!kind) {
    fail(`${name}: no content type is known for this extension; add it to KINDS in scripts/pack-client.mjs`);
  }
  const original = readFileSync(path.join(source, name));
  const content = kind.refers ? rewriteReferences(name, original, [...namedBy, name]) : original;
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const { dir, name: stem, ext } = path.parse(name);
  const file = {
    content,
    brotli: kind.compress ? compressBrotli(content) : null,
    gzip: kind.compress ? gzipSync(content, { level: options.quick ? 1 : 9 }) : null,
    entry: { path: path.join(dir, `${stem}.${hash}${ext}`) },
  };
  Object.assign(file.entry, {
    size_bytes: content.length,
    brotli_bytes: file.brotli?.length ?? null,
    gzip_bytes: file.gzip?.length ?? null,
    content_type: kind.type,
  });
  packed.set(name, file);
  return file;
}

/** Replaces each quoted or url() path that leads to another file of the client by that file's new path. */
function rewriteReferences(name, content, namedBy) {
  const folder = path.dirname(name);
  const reference = /(["'`(])([\w@./-]+)(?=([?#][\w-]*)?["'`)])/g;
  return Buffer.from(
    content.toString("utf8").replace(reference, (whole, opening, written) => {
      const referred = path.join(folder, written);
      if (referred === name || !names.includes(referred)) {
        return whole;
      }
      const renamed = path.relative(folder, pack(referred, namedBy).entry.path);
      return opening + (written.startsWith(".") && !renamed.startsWith(".") ? `./${renamed}` : renamed);
    }),
  );
}

function compressBrotli(content) {
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: options.quick ? 4 : 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      [constants.BROTLI_PARAM_LGWIN]: 24,
    },
  });
}

function printSizes(entries) {
  const shown = (bytes) => (bytes === null ? "-" : bytes.toLocaleString("en"));
  const row = (cells) => console.log(cells[0].padEnd(28) + cells.slice(1).map((cell) => cell.padStart(12)).join(""));
  row(["client file", "bytes", "gzip", "brotli"]);
  for (const [name, entry] of Object.entries(entries)) {
    row([name, shown(entry.size_bytes), shown(entry.gzip_bytes), shown(entry.brotli_bytes)]);
  }
}

/** The budget of what must arrive before the page answers clicks by itself. */
function checkLimit(entries) {
  const program = Object.entries(entries).filter(([name]) => /\.(js|wasm)$/.test(name));
  const total = program.reduce((sum, [, entry]) => sum + entry.brotli_bytes, 0);
  const limit = options["brotli-limit"] === undefined ? null : Number(options["brotli-limit"]);
  const allowed = limit === null ? "no limit set" : `${limit.toLocaleString("en")} allowed`;
  console.log(`JavaScript and WASM as Brotli: ${total.toLocaleString("en")} bytes, ${allowed}`);
  if (limit !== null && total > limit) {
    fail(
      `the client is ${(total - limit).toLocaleString("en")} bytes too large: ` +
        "see what joined it with `cargo tree -p frontend --target wasm32-unknown-unknown -e normal`",
    );
  }
}

/** Writes beside the target first, then swaps, so that a stopped build leaves the old client whole. */
function write() {
  const fresh = `${target}.new`;
  rmSync(fresh, { recursive: true, force: true });
  for (const { content, brotli, gzip, entry } of packed.values()) {
    const file = path.join(fresh, entry.path);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (brotli) {
      writeFileSync(`${file}.br`, brotli);
      writeFileSync(`${file}.gz`, gzip);
    }
  }
  writeFileSync(path.join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  if (existsSync(target)) {
    renameSync(target, `${target}.old`);
  }
  renameSync(fresh, target);
  rmSync(`${target}.old`, { recursive: true, force: true });
}

function fail(message) {
  console.error(`pack-client: ${message}`);
  process.exit(1);
}
