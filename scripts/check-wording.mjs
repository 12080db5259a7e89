// Fast checks of habits that no linter knows. Part of `make lint`; prints every finding with its place.
// Each rule says what it forbids and why; an exception is a change of the rule, not a comment beside the code.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const SKIPPED_FOLDERS = new Set([".git", "node_modules", "target", "dist", "data", "test-results", "playwright-report"]);
const LINE_LIMIT = 500;

/** Rules by regular expression: which files, what is forbidden, and what to do instead. */
const PATTERNS = [
  {
    files: /\.rs$/,
    forbidden: /\b(?:todo|unimplemented|dbg)!\s*[([{]/g,
    instead: "finish it: nothing unfinished is committed",
  },
  {
    files: /\.rs$/,
    forbidden: /#!?\[allow\(/g,
    instead: 'use #[expect(lint, reason = "…")], which tells when it is no longer needed',
  },
  {
    files: /\.(rs|css|ts|mjs|js|sh)$/,
    forbidden: /\b(?:FIXME|TO-?DO|XXX)\b/g,
    instead: "do it now, or open an issue",
  },
  {
    files: /^app\/src\/.*\.rs$/,
    forbidden: /\sstyle(?:=|:[\w-]+=)\S/g,
    instead: "use a class: the content security policy forbids style attributes",
  },
  {
    files: /^end2end\/.*\.ts$/,
    forbidden: /\b(?:test|describe)\.(?:only|skip|fixme)\s*\(/g,
    instead: "every test runs",
  },
  {
    files: /^style\/(?!tokens\.css$).*\.css$/,
    forbidden:
      /(?<=(?:^|[;{\s])[\w-]+\s*:\s*[^;{}]*)(?:#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\((?!\s*from\s+var\())(?=[^{}]*[;}])/gi,
    instead: "colours are declared in style/tokens.css, once for light and dark",
  },
];

/** Macros whose last text is a log message, and attributes whose text is an error message. */
const MESSAGE_STARTS = /\b(?:trace|debug|info|warn|error)!\s*\(|#\[error\(/g;

const findings = [];
for (const file of sourceFiles(".")) {
  const text = readFileSync(file, "utf8");
  const report = (offset, problem) => {
    findings.push(`${file}:${text.slice(0, offset).split("\n").length}: ${problem}`);
  };
  // This file spells out what it forbids.
  if (file !== "scripts/check-wording.mjs") {
    checkPatterns(file, text, report);
  }
  if (file.endsWith(".rs")) {
    checkMessages(text, report);
  }
  const lines = text.split("\n").length - 1;
  if (/\.(rs|css|ts)$/.test(file) && lines > LINE_LIMIT) {
    report(0, `${lines} lines, ${LINE_LIMIT} at most: is there a second room in it?`);
  }
}
if (findings.length > 0) {
  console.error(findings.join("\n"));
  console.error(`check-wording: ${findings.length} findings`);
  process.exit(1);
}
console.log("wording: nothing found");

/** Every file of the project that the rules speak of, as a sorted list of paths from the root. */
function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((item) => {
      const file = path.join(folder, item.name);
      if (item.isDirectory()) {
        return SKIPPED_FOLDERS.has(item.name) ? [] : sourceFiles(file);
      }
      return /\.(rs|css|ts|mjs|js|sh)$/.test(item.name) ? [file] : [];
    })
    .sort();
}

function checkPatterns(file, text, report) {
  const searched = file.endsWith(".css") ? blankOut(text) : text;
  for (const { files, forbidden, instead } of PATTERNS) {
    if (files.test(file)) {
      for (const match of searched.matchAll(forbidden)) {
        report(match.index, `"${match[0].trim()}": ${instead}`);
      }
    }
  }
}

/** Replaces comments and url() of a style sheet by blanks, so that places stay where they are. */
function blankOut(css) {
  return css.replace(/\/\*[\s\S]*?\*\/|url\([^)]*\)/g, (hidden) => hidden.replace(/[^\n]/g, " "));
}

/** Messages are lower case and end without a full stop, so that they read well inside a line of others. */
function checkMessages(text, report) {
  for (const match of text.matchAll(MESSAGE_STARTS)) {
    const message = messageAfter(text, match.index + match[0].length);
    if (message && /^[A-Z][a-z]/.test(message)) {
      report(match.index, `the message "${message}" starts with a capital letter`);
    }
    if (message && /[.!]$/.test(message)) {
      report(match.index, `the message "${message}" ends in a full stop`);
    }
  }
}

/** The first text that is an argument of its own, not a field's value, up to the macro's closing bracket. */
function messageAfter(text, start) {
  const token = /"((?:[^"\\]|\\[\s\S])*)"|\/\/[^\n]*|[()[\]{}]|[^\s"()[\]{}/]+|\s+|\//g;
  token.lastIndex = start;
  let depth = 1;
  let before = ",";
  for (let found = token.exec(text); found && depth > 0; found = token.exec(text)) {
    const [whole, literal] = found;
    if (literal !== undefined && depth === 1 && before.endsWith(",")) {
      return literal;
    }
    if (/^[([{]$/.test(whole)) {
      depth += 1;
    } else if (/^[)\]}]$/.test(whole)) {
      depth -= 1;
    }
    if (whole.trim() && !whole.startsWith("//")) {
      before = whole;
    }
  }
  return undefined;
}
