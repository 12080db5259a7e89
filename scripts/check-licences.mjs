// Fails when a crate's licence lies outside the allow list of deny.toml.
// `cargo deny` checks more (see `make deny`), but takes minutes to compile; this takes a second, so it is
// part of `make lint`. deny.toml stays the only place where licences are listed.
import { readFileSync } from "node:fs";
import { PLATFORMS, externalCrates, isAllowed, metadata } from "./dependencies.mjs";

const [, list] = /\[licenses\][^[]*?\ballow\s*=\s*\[([^\]]*)\]/.exec(readFileSync("deny.toml", "utf8")) ?? [];
const allowed = new Set([...(list ?? "").replace(/#.*$/gm, "").matchAll(/"([^"]+)"/g)].map(([, name]) => name));
if (allowed.size === 0) {
  console.error("check-licences: deny.toml has no list `allow` under [licenses]");
  process.exit(1);
}

const seen = new Map();
for (const platform of PLATFORMS) {
  for (const crate of externalCrates(metadata(platform), null, [null, "build", "dev"])) {
    seen.set(crate.id, crate);
  }
}

const complaints = [];
for (const { name, version, license } of seen.values()) {
  if (!license) {
    complaints.push(`${name} ${version} names no licence expression`);
  } else if (!isAllowed(license, allowed)) {
    complaints.push(`${name} ${version} is under ${license}`);
  }
}
if (complaints.length > 0) {
  console.error(complaints.sort().join("\n"));
  console.error("check-licences: allow the licence in deny.toml if it suits a program under Apache-2.0, or leave the crate out");
  process.exit(1);
}
console.log(`licences: ${seen.size} crates, all allowed by deny.toml`);
