// Rebuilds and restarts while somebody works: `make dev`.
// Usage: node scripts/dev.mjs <arguments for `vestibule serve`>
//
// A change below a folder of the client rebuilds client and server (the server renders the same views and
// embeds the client); a change below another Rust folder rebuilds the server. When a build fails, the last
// program goes on running. The page reloads by itself when its server comes back.
import { spawn } from "node:child_process";
import { readdirSync, watch } from "node:fs";
import os from "node:os";
import path from "node:path";

const root = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
process.chdir(root);
const cache =
  process.env.VESTIBULE_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "vestibule");
const target = process.env.CARGO_TARGET_DIR ?? path.join(cache, "target");
const environment = { ...process.env, CARGO_TARGET_DIR: target, VESTIBULE_CLIENT_DIR: path.join(cache, "client-dev") };
const program = path.join(target, "debug", "vestibule");
const serveArguments = ["serve", "--accounts", "off", ...process.argv.slice(2), "--demo-when-empty", "200000"];

const CLIENT_FOLDERS = ["app", "frontend", "style", "public"];
const SERVER_FOLDERS = ["server"];
// Editors write a file in several steps.
const QUIET_MS = 150;

let server = null;
let building = false;
let timer = null;
const changed = new Set();

for (const folder of [...CLIENT_FOLDERS, ...SERVER_FOLDERS]) {
  watchFolder(folder);
}
process.on("SIGINT", end);
process.on("SIGTERM", end);
changed.add("client");
build();

/** Watches a folder and those below it: watching recursively is not to be had on Linux in older Node versions. */
function watchFolder(folder) {
  const watcher = watch(folder, (event, name) => {
    if (name && !name.endsWith("~") && !name.startsWith(".")) {
      if (event === "rename") {
        watchIfFolder(path.join(folder, name));
      }
      note(folder);
    }
  });
  watcher.on("error", () => watcher.close());
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    if (item.isDirectory()) {
      watchFolder(path.join(folder, item.name));
    }
  }
}

function watchIfFolder(file) {
  try {
    watchFolder(file);
  } catch (error) {
    // A file, or gone already: nothing to watch.
    if (!["ENOTDIR", "ENOENT"].includes(error.code)) {
      throw error;
    }
  }
}

function note(folder) {
  changed.add(CLIENT_FOLDERS.includes(folder.split(path.sep)[0]) ? "client" : "server");
  clearTimeout(timer);
  timer = setTimeout(build, QUIET_MS);
}

async function build() {
  if (building || changed.size === 0) {
    return;
  }
  building = true;
  const client = changed.has("client");
  changed.clear();
  const built =
    (!client || (await succeeds("scripts/build-client.sh", ["dev"]))) &&
    (await succeeds("cargo", ["build", "-p", "server"]));
  if (built) {
    await stopServer();
    startServer();
  } else {
    console.error("dev: the build failed; waiting for the next change");
  }
  building = false;
  // What changed meanwhile.
  build();
}

function succeeds(command, commandArguments) {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, { env: environment, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", (error) => {
      console.error(`dev: ${command}: ${error.message}`);
      resolve(false);
    });
    child.on("exit", (code) => resolve(code === 0));
  });
}

function startServer() {
  const started = spawn(program, serveArguments, { env: environment, stdio: ["ignore", "inherit", "inherit"] });
  server = started;
  started.on("error", (error) => console.error(`dev: ${program}: ${error.message}`));
  started.on("exit", (code) => {
    if (server === started) {
      server = null;
      console.error(`dev: the server ended with ${code}; waiting for the next change`);
    }
  });
}

function stopServer() {
  return new Promise((resolve) => {
    const stopping = server;
    server = null;
    if (!stopping || stopping.exitCode !== null) {
      resolve();
      return;
    }
    stopping.on("exit", resolve);
    stopping.kill("SIGTERM");
  });
}

async function end() {
  await stopServer();
  process.exit(0);
}
