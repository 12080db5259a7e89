// Writes the licences of everything that the program contains to one file, as those licences ask.
// Usage: node scripts/third-party-licences.mjs <output file>
//
// Covered are the normal dependencies of the server and of the client: code that ends up in the binary.
// Texts are taken from each crate's own folder, and each distinct text stands there once. What else is embedded
// has its text in licences/.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { externalCrates, metadata, sortCrates } from "./dependencies.mjs";

const output = process.argv[2];
if (!output) {
  console.error("usage: third-party-licences.mjs <output file>");
  process.exit(2);
}

const crates = new Map();
for (const [platform, member] of [
  ["x86_64-unknown-linux-gnu", "server"],
  ["wasm32-unknown-unknown", "frontend"],
]) {
  for (const crate of externalCrates(metadata(platform), [member], [null])) {
    crates.set(crate.id, crate);
  }
}

/** What is embedded and no crate: its name, where it comes from, and its text in licences/. */
const OTHERS = [
  {
    name: "Outlines of the world map (public/world.svg)",
    origin: "Natural Earth, in the public domain, as the npm package world-atlas 2.0.2 prepares it",
    file: "world-atlas.txt",
  },
];

const sorted = sortCrates(crates.values());
const texts = new Map();
const without = [];
for (const crate of sorted) {
  const folder = path.dirname(crate.manifest_path);
  const files = licenceFiles(folder, crate.license_file);
  if (files.length === 0) {
    without.push(crate);
  }
  for (const file of files) {
    const text = readFileSync(path.join(folder, file), "utf8").replace(/\r\n?/g, "\n").trim();
    // Line breaks and indents differ from copy to copy of the same licence.
    const key = createHash("sha256").update(text.replace(/\s+/g, " ")).digest("hex");
    const entry = texts.get(key) ?? { text, users: [] };
    entry.users.push(`${crate.name} ${crate.version} (${file})`);
    texts.set(key, entry);
  }
}

const rule = "=".repeat(100);
const parts = [
  "Vestibule contains the following crates, each under its own licence.\n" +
    "First the list of crates with their licence expressions, then the texts that came with them.\n",
  sorted.map(({ name, version, license }) => `${name} ${version}: ${license ?? "see its text below"}`).join("\n"),
];
if (without.length > 0) {
  parts.push(
    `${rule}\nThese crates came without a licence text; they are used under the standard text of their expression,\n` +
      "and their authors are those that their manifests name:\n\n" +
      without.map(({ name, version, authors }) => [`${name} ${version}`, ...authors].join(", ")).join("\n"),
  );
}
for (const { text, users } of texts.values()) {
  parts.push(`${rule}\n${users.join("\n")}\n${rule}\n\n${text}`);
}
for (const { name, origin, file } of OTHERS) {
  const text = readFileSync(new URL(`../licences/${file}`, import.meta.url), "utf8").trim();
  parts.push(`${rule}\n${name}: ${origin}\n${rule}\n\n${text}`);
}
mkdirSync(path.dirname(output), { recursive: true });
writeFileSync(output, `${parts.join("\n\n")}\n`);
console.log(`${output}: ${sorted.length} crates, ${texts.size} texts, ${without.length} crates without a text of their own`);

/** Files of a crate that hold licences, notices or authors, sorted. */
function licenceFiles(folder, declared) {
  const usual = /^(un)?licen[cs]e|^copying|^copyright|^notice|^authors/i;
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((item) => item.isFile() && usual.test(item.name) && !/\.(rs|toml|json)$/.test(item.name))
    .map((item) => item.name);
  return [...new Set(declared && !declared.startsWith("..") ? [...found, declared] : found)].sort();
}
