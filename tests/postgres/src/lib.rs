//! A PostgreSQL server for one test: started from the distribution's package on a free port of this machine, and gone
//! with the test.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test fails where it panics, and its thread may wait for the server"
)]

use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long a server may take to start on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);
/// Who asks; nobody else can reach the server.
const USER: &str = "vestibule";

/// A server with one empty database. It ends when it is dropped.
pub struct PostgresServer {
    server: Child,
    port: u16,
    _folder: TempDir,
}

impl PostgresServer {
    /// Starts a server.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start; the message says what to do.
    pub fn start() -> PostgresServer {
        let programs = programs();
        let account = Account::of_servers();
        let template = template(&programs, &account);
        let folder = tempfile::tempdir().expect("a folder");
        account.give(folder.path());
        let data = folder.path().join("data");
        account.run(Command::new("cp").arg("-a").arg(&template).arg(&data));
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            // Another program may take the port before the server does.
            let port = free_port();
            let mut server = serve(&programs, &account, &data, port);
            if is_ready(&programs, port, &mut server, deadline) {
                return PostgresServer {
                    server,
                    port,
                    _folder: folder,
                };
            }
            drop(server.kill());
            drop(server.wait());
        }
        panic!("PostgreSQL did not start within {} s", PATIENCE.as_secs());
    }

    /// The address of its database.
    pub fn address(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        // Without waiting for anybody: nothing is to be kept.
        let id = self.server.id().to_string();
        drop(Command::new("kill").args(["-QUIT", &id]).status());
        drop(self.server.wait());
    }
}

/// Whom the server runs as: it refuses to run as root.
struct Account {
    ids: Option<(u32, u32)>,
}

impl Account {
    fn of_servers() -> Account {
        let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
        let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        let ids = users.lines().find_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            let user = fields.nth(1)?.parse().ok()?;
            let group = fields.next()?.parse().ok()?;
            (name == "postgres").then_some((user, group))
        });
        Account {
            ids: ids.filter(|_| is_root),
        }
    }

    fn give(&self, folder: &Path) {
        if let Some((user, group)) = self.ids {
            chown(folder, Some(user), Some(group)).expect("a folder of the account");
        }
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        self.as_it(&mut command);
        command
    }

    fn as_it(&self, command: &mut Command) {
        if let Some((user, group)) = self.ids {
            command.uid(user).gid(group);
        }
        command.current_dir("/").stdin(Stdio::null());
    }

    fn run(&self, command: &mut Command) {
        self.as_it(command);
        let output = command.output().expect("a program that starts");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?}: {words}");
    }
}

/// The folder of PostgreSQL's programs, of the newest version there is.
fn programs() -> PathBuf {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            let programs = entry.path().join("bin");
            programs
                .join("postgres")
                .is_file()
                .then_some((version, programs))
        })
        .collect();
    found.sort();
    match found.pop() {
        Some((_, programs)) => programs,
        None => panic!(
            "PostgreSQL is not installed; `make test` installs it where it may, or: apt-get install postgresql"
        ),
    }
}

/// A folder as a new server has it. Making it takes longer than a test: it is made once and copied.
fn template(programs: &Path, account: &Account) -> PathBuf {
    let version = programs
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default();
    let user = account.ids.map_or_else(
        || std::env::var("USER").unwrap_or_default(),
        |(user, _)| user.to_string(),
    );
    let name = format!("vestibule-postgres-{}-{user}", version.to_string_lossy());
    let template = std::env::temp_dir().join(name);
    if template.join("PG_VERSION").is_file() {
        return template;
    }
    let making = tempfile::tempdir().expect("a folder");
    account.give(making.path());
    let made = making.path().join("data");
    account.run(
        Command::new(programs.join("initdb"))
            .args(["--username", USER, "--auth", "trust", "--encoding", "UTF8"])
            .args([
                "--locale",
                "C.UTF-8",
                "--no-sync",
                "--wal-segsize",
                "1",
                "--pgdata",
            ])
            .arg(&made),
    );
    // Another test may have made it meanwhile.
    if let Err(error) = std::fs::rename(&made, &template) {
        assert!(template.join("PG_VERSION").is_file(), "{error}");
    }
    template
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}

fn serve(programs: &Path, account: &Account, data: &Path, port: u16) -> Child {
    let port = format!("port={port}");
    let settings = [
        port.as_str(),
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=40",
        "shared_buffers=16MB",
        // Nothing has to outlive the test.
        "fsync=off",
        "full_page_writes=off",
        "synchronous_commit=off",
    ];
    let mut command = account.command(&programs.join("postgres"));
    command.arg("-D").arg(data);
    for setting in settings {
        command.args(["-c", setting]);
    }
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("PostgreSQL")
}

fn is_ready(programs: &Path, port: u16, server: &mut Child, deadline: Instant) -> bool {
    let port = port.to_string();
    while Instant::now() < deadline {
        if server.try_wait().is_ok_and(|ended| ended.is_some()) {
            return false;
        }
        let answer = Command::new(programs.join("pg_isready"))
            .args(["--host", "127.0.0.1", "--port", &port, "--quiet"])
            .status();
        if answer.is_ok_and(|status| status.success()) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}
