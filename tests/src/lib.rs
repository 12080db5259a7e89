//! What whole-program tests share: the program with a data folder of its own, and the folder of
//! shared test data.
//!
//! The program is the one that `VESTIBULE_PROGRAM` names, which `make test` builds and sets.

pub mod asking;
pub mod browser;
pub mod people;
pub mod provider;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// A data folder of its own, and the program to use it.
pub struct Vestibule {
    folder: TempDir,
    file_limit_kb: Option<u64>,
}

/// What a command left behind.
#[derive(Debug)]
pub struct Outcome {
    /// Exit code; `None` when it was killed.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Outcome {
        Outcome {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Outcome {
    /// Standard output as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {self:?}"))
    }

    /// Fails the test unless the command ended with this code.
    ///
    /// # Panics
    /// When it did not.
    pub fn expect_code(self, code: i32) -> Outcome {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(!self.stderr.contains("panicked"), "{self:?}");
        self
    }
}

impl Default for Vestibule {
    fn default() -> Vestibule {
        Vestibule::new()
    }
}

impl Vestibule {
    /// An empty data folder.
    ///
    /// # Panics
    /// When no temporary folder can be made.
    pub fn new() -> Vestibule {
        Vestibule {
            folder: tempfile::tempdir()
                .unwrap_or_else(|error| panic!("no temporary folder: {error}")),
            file_limit_kb: None,
        }
    }

    /// From now on no file that the program writes may become larger, or with `None` as large as it wants.
    pub fn limit_files(&mut self, kb: Option<u64>) {
        self.file_limit_kb = kb;
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Writes a file beside the data folder and returns its path.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)
                .unwrap_or_else(|error| panic!("{}: {error}", parent.display()));
        }
        std::fs::write(&path, content)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path
    }

    /// The program, ready to be started with this data folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = match self.file_limit_kb {
            None => Command::new(program()),
            Some(kb) => {
                let mut shell = Command::new("sh");
                // Blocks of 512 bytes. Without the trap the first byte too many would end the program.
                let limited = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", kb * 2);
                shell.args(["-c", &limited]).arg(program());
                shell
            }
        };
        command
            .args(arguments)
            .env("VESTIBULE_DATA", self.data())
            .env("VESTIBULE_LOG", "warn")
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        self.command(arguments)
            .output()
            .unwrap_or_else(|error| panic!("cannot start the program: {error}"))
            .into()
    }

    /// Runs a command with this standard input.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Outcome {
        let mut command = self.command(arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start the program: {error}"));
        if let Some(mut stdin) = child.stdin.take() {
            stdin
                .write_all(input)
                .unwrap_or_else(|error| panic!("cannot write its input: {error}"));
        }
        child
            .wait_with_output()
            .unwrap_or_else(|error| panic!("cannot wait for it: {error}"))
            .into()
    }

    /// Imports a file and returns the summary.
    pub fn import(&self, path: &Path) -> Value {
        self.run(&["import", &path.display().to_string(), "--format", "json"])
            .json()
    }

    /// All sign-ins of all tabs, with these columns.
    pub fn sign_ins(&self, columns: &str) -> Vec<Value> {
        let mut rows = Vec::new();
        for tab in [
            "interactive",
            "noninteractive",
            "serviceprincipal",
            "managedidentity",
        ] {
            let query = format!("from=&tab={tab}&cols={columns}");
            let outcome = self
                .run(&["query", &query, "--format", "json", "--limit", "1000000"])
                .expect_code(0);
            rows.extend(outcome.json().as_array().cloned().unwrap_or_default());
        }
        rows
    }

    /// Starts the server on a free port and waits until it says where it is.
    ///
    /// # Panics
    /// When it does not start within a minute.
    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// Starts the server with these arguments beside the address.
    ///
    /// # Panics
    /// When it does not start within a minute.
    pub fn serve_with(&self, arguments: &[&str]) -> Server {
        self.serve_and_log(arguments, Stdio::inherit())
    }

    /// The same, and its log goes elsewhere.
    ///
    /// # Panics
    /// When it does not start within a minute.
    pub fn serve_and_log(&self, arguments: &[&str], log: impl Into<Stdio>) -> Server {
        let listen = ["serve", "--listen", "127.0.0.1:0"];
        let is_told = arguments.contains(&"--listen");
        let listen = if is_told { &listen[..1] } else { &listen[..] };
        let mut child = self
            .command(&[listen, arguments].concat())
            // Most tests are not about who may come in; those that are say so with a flag, which wins.
            .env("VESTIBULE_ACCOUNTS", "off")
            .stderr(log)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start the server: {error}"));
        let output = child
            .stdout
            .take()
            .unwrap_or_else(|| panic!("the server has no output"));
        let deadline = Instant::now() + Duration::from_secs(60);
        let mut lines = BufReader::new(output).lines();
        let address = loop {
            assert!(
                Instant::now() < deadline,
                "the server did not say where it is"
            );
            match lines.next() {
                Some(Ok(line)) => {
                    if let Some((_, address)) = line.split_once(" is at ") {
                        break address.trim().to_owned();
                    }
                }
                other => panic!("the server ended before it was ready: {other:?}"),
            }
        };
        // Its later words must not fill the pipe.
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                heard
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(line);
            }
        });
        Server {
            child,
            address,
            said,
        }
    }
}

/// A running server; it is ended when this is dropped.
pub struct Server {
    child: Child,
    address: String,
    /// What it printed after it said where it is.
    said: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// What it printed after some words, up to the end of the line.
    ///
    /// # Panics
    /// When it does not print them within ten seconds.
    pub async fn said(&self, words: &str) -> String {
        for _ in 0..200 {
            if let Some(rest) = self.heard(words) {
                return rest;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server did not print {words:?}");
    }

    fn heard(&self, words: &str) -> Option<String> {
        let lines = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let found = lines.iter().find_map(|line| line.split_once(words));
        found.map(|(_, rest)| rest.trim().to_owned())
    }

    /// Asks the server to end, as a service manager does, and says how long that took; `None` when it has
    /// not ended within a minute.
    ///
    /// # Panics
    /// When it cannot be asked.
    pub async fn end(mut self) -> Option<Duration> {
        let asked = Instant::now();
        let id = self.child.id().to_string();
        let outcome = Command::new("kill").args(["-TERM", &id]).status();
        outcome.unwrap_or_else(|error| panic!("cannot ask the server to end: {error}"));
        while asked.elapsed() < Duration::from_secs(60) {
            if let Ok(Some(_)) = self.child.try_wait() {
                return Some(asked.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        None
    }

    /// Stops the server where it is, or lets it go on.
    ///
    /// # Panics
    /// When it cannot be told.
    pub fn stop(&self, is_stopped: bool) {
        let signal = if is_stopped { "-STOP" } else { "-CONT" };
        let id = self.child.id().to_string();
        let outcome = Command::new("kill").args([signal, &id]).status();
        assert!(
            outcome.is_ok_and(|status| status.success()),
            "cannot stop the server"
        );
    }

    /// Tells the server to read its certificate again.
    ///
    /// # Panics
    /// When it cannot be told.
    pub fn hang_up(&self) {
        let id = self.child.id().to_string();
        let outcome = Command::new("kill").args(["-HUP", &id]).status();
        assert!(
            outcome.is_ok_and(|status| status.success()),
            "cannot tell the server"
        );
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        self.address.trim_start_matches("http://")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A port that nobody listens on.
///
/// # Panics
/// When there is none.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0");
    let address = listener.and_then(|listener| listener.local_addr());
    address
        .unwrap_or_else(|error| panic!("no port: {error}"))
        .port()
}

/// The program under test.
///
/// # Panics
/// When it is not there.
pub fn program() -> PathBuf {
    let path = std::env::var_os("VESTIBULE_PROGRAM").map_or_else(
        || {
            let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
                || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
                PathBuf::from,
            );
            target.join("debug/vestibule")
        },
        PathBuf::from,
    );
    assert!(
        path.exists(),
        "the program is not at {}: `make test` builds it, or set VESTIBULE_PROGRAM",
        path.display()
    );
    path
}

/// The folder of shared test data, which is not part of the project; where it is missing the test
/// that asks says so and passes.
pub fn shared_data(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("VESTIBULE_SHARED_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    let path = root.join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!(
        "skipped: {} is not here; VESTIBULE_SHARED_DATA names the folder of test data",
        path.display()
    );
    None
}

/// A client that follows no redirects.
///
/// # Panics
/// When none can be made.
pub fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap_or_else(|error| panic!("no client: {error}"))
}

/// Status and text of what is at a path.
///
/// # Panics
/// When there is no answer.
pub async fn text(server: &Server, path: &str) -> (u16, String) {
    let answer = client().get(server.at(path)).send().await;
    let answer = answer.unwrap_or_else(|error| panic!("no answer: {error}"));
    let status = answer.status().as_u16();
    let body = answer.text().await;
    (
        status,
        body.unwrap_or_else(|error| panic!("no text: {error}")),
    )
}

/// The body of an answer as JSON.
///
/// # Panics
/// When there is none.
pub async fn json(answer: reqwest::Response) -> Value {
    let body = answer
        .bytes()
        .await
        .unwrap_or_else(|error| panic!("no body: {error}"));
    serde_json::from_slice(&body)
        .unwrap_or_else(|error| panic!("no JSON ({error}): {}", String::from_utf8_lossy(&body)))
}
