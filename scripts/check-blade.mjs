// Whether every test that docs/BLADE.md names is there: `file: words of its title`, or a path.
import { existsSync, readFileSync } from "node:fs";

const DOCUMENT = "docs/BLADE.md";
const missing = [];
let named = 0;
for (const line of readFileSync(DOCUMENT, "utf8").split("\n")) {
  const cells = line.split("|");
  if (cells.length < 8 || /Proved by|---/.test(line)) {
    continue;
  }
  const names = [...cells[cells.length - 2].matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  if (names.length === 0) {
    missing.push(`no test for: ${cells[1].trim()}`);
  }
  for (const name of names) {
    named += 1;
    const [file, title] = name.includes(": ") ? [`end2end/tests/${name.split(": ")[0]}.spec.ts`, name.split(": ").slice(1).join(": ")] : [name, ""];
    if (!existsSync(file) || !readFileSync(file, "utf8").includes(title)) {
      missing.push(`not there: ${name}`);
    }
  }
}
for (const words of missing) {
  console.error(`${DOCUMENT}: ${words}`);
}
console.log(`blade: ${named} tests named, ${missing.length} missing`);
process.exit(missing.length === 0 ? 0 : 1);
