// Bundles style/main.css with everything that it imports, and minifies it.
// Usage: node scripts/bundle-styles.mjs style/main.css <output file> [--readable]
//
// Lightning CSS is called as a library, not as its command: the command's npm package needs an install
// script, which newer npm versions do not run. A mistake in a style ends the build with its place.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundle } from "lightningcss";

const [input, output, mode] = process.argv.slice(2);
if (!input || !output) {
  console.error("usage: bundle-styles.mjs <main.css> <output file> [--readable]");
  process.exit(2);
}

/** Versions are packed as major << 16 | minor << 8. These are the first with light-dark(), nesting and popover. */
const version = (major, minor) => (major << 16) | (minor << 8);
const targets = { chrome: version(123, 0), firefox: version(125, 0), safari: version(17, 5) };

try {
  const { code, warnings } = bundle({ filename: input, minify: mode !== "--readable", targets });
  for (const warning of warnings) {
    console.error(`${place(warning)}: ${warning.message}`);
  }
  if (warnings.length > 0) {
    process.exit(1);
  }
  mkdirSync(path.dirname(output), { recursive: true });
  writeFileSync(output, code);
} catch (error) {
  console.error(`${place(error)}: ${error.message}`);
  process.exit(1);
}

/** Names file, line and column of a message of Lightning CSS, as far as it says them. */
function place(message) {
  const { line, column } = message.loc ?? {};
  const file = message.fileName ?? message.loc?.filename ?? input;
  return line ? `${path.relative(".", file)}:${line}:${column}` : file;
}
