// What the scripts about licences share: the crates of the workspace, and how a licence expression is read.
import { execFileSync } from "node:child_process";

/** The platforms that code is built for: the server's and the client's. */
export const PLATFORMS = ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"];

/** The output of `cargo metadata` for one platform. */
export function metadata(platform) {
  const args = ["metadata", "--format-version", "1", "--filter-platform", platform];
  if (process.env.CI) {
    args.push("--locked");
  }
  const output = execFileSync("cargo", args, { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
  return JSON.parse(output);
}

/**
 * Crates from outside the workspace that are reached from the named members, sorted by name and version.
 * `kinds` are cargo's kinds of dependency to follow: null is a normal one, then "build" and "dev".
 */
export function externalCrates({ packages, resolve, workspace_members }, memberNames, kinds) {
  const byId = new Map(packages.map((crate) => [crate.id, crate]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const waiting = workspace_members.filter((id) => !memberNames || memberNames.includes(byId.get(id).name));
  const reached = new Set(waiting);
  while (waiting.length > 0) {
    for (const { pkg, dep_kinds } of nodes.get(waiting.pop()).deps) {
      if (!reached.has(pkg) && dep_kinds.some(({ kind }) => kinds.includes(kind))) {
        reached.add(pkg);
        waiting.push(pkg);
      }
    }
  }
  return sortCrates([...reached].map((id) => byId.get(id)).filter((crate) => crate.source !== null));
}

export function sortCrates(crates) {
  return [...crates].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

/**
 * Says whether an SPDX expression can be met with the allowed licences alone.
 * Old crates write "/" where they mean OR. Throws on what it cannot read.
 */
export function isAllowed(expression, allowed) {
  const tokens = expression.replaceAll("/", " OR ").match(/\(|\)|[\w.+-]+/g) ?? [];
  let position = 0;

  const any = () => {
    let met = all();
    while (tokens[position] === "OR") {
      position += 1;
      met = all() || met;
    }
    return met;
  };
  const all = () => {
    let met = one();
    while (tokens[position] === "AND") {
      position += 1;
      met = one() && met;
    }
    return met;
  };
  const one = () => {
    const token = tokens[position++];
    if (token === "(") {
      const met = any();
      if (tokens[position++] !== ")") {
        throw new Error(`the licence expression "${expression}" has an open bracket`);
      }
      return met;
    }
    if (token === undefined || ["AND", "OR", "WITH", ")"].includes(token)) {
      throw new Error(`the licence expression "${expression}" cannot be read`);
    }
    if (tokens[position] === "WITH") {
      position += 2;
      return allowed.has(`${token} WITH ${tokens[position - 1]}`);
    }
    return allowed.has(token);
  };

  const met = any();
  if (position !== tokens.length) {
    throw new Error(`the licence expression "${expression}" cannot be read`);
  }
  return met;
}
