//! `vestibule demo`.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use demo::{DemoTenant, Settings, Shape};
use identity::{PasswordError, Passwords, new_password};
use ingest::{ImportOptions, Source};
use lake::Lake;
use model::access::{Role, Roles};
use model::present::count;
use state::{AccountToAdd, Store};

use super::CliError;
use super::import::run_with_bar;
use super::terminal::say;
use crate::config::Config;
use crate::groups::Groups;
use crate::keeping;
use crate::registrations::Registrations;

/// Shape of the records that are written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RecordShape {
    /// Records of diagnostic settings, one a line.
    Diagnostic,
    /// Graph sign-ins, one a line.
    Graph,
}

/// Make a demo tenant: people with habits, offices, devices, applications, policies, workloads, and
/// a few attacks to find.
///
/// The same numbers give the same sign-ins. They take the way of every import, so this also shows
/// how fast the machine imports.
#[derive(Debug, Args)]
pub struct Demo {
    /// How many sign-ins
    #[arg(long, default_value_t = 200_000)]
    rows: u64,

    /// Which tenant: another number gives other people
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// How many days the sign-ins cover
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    days: u32,

    /// Moment of the newest sign-in (RFC 3339) [default: now]
    #[arg(long, value_parser = parse_moment)]
    until: Option<DateTime<Utc>>,

    /// Write the records to a file (- for standard output) instead of importing them
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Shape of the records in that file
    #[arg(long, default_value = "diagnostic")]
    shape: RecordShape,
}

fn parse_moment(text: &str) -> Result<DateTime<Utc>, String> {
    model::time::read(text).ok_or_else(|| "write it as 2026-11-24T10:42:00Z".to_owned())
}

impl Demo {
    /// Runs the command.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        let until = self.until.unwrap_or_else(Utc::now);
        let settings = Settings {
            rows: self.rows,
            seed: self.seed,
            until,
            days: self.days,
        };
        if let Some(path) = &self.output {
            let shape = match self.shape {
                RecordShape::Diagnostic => Shape::Diagnostic,
                RecordShape::Graph => Shape::Graph,
            };
            if path.as_os_str() == "-" {
                write(settings, shape, &mut io::stdout().lock())?;
            } else {
                write(settings, shape, &mut File::create(path)?)?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        let lake = Lake::open(&config.lake_folder()).await?;
        import(&lake, settings).await?;
        name_tenant(config, &settings)?;
        bring_groups_in(config, &settings).await?;
        bring_registrations_in(config, &settings).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Imports a demo tenant and says what came of it.
pub async fn import(lake: &Lake, settings: Settings) -> Result<(), CliError> {
    let started = Instant::now();
    let reader = DemoReader {
        tenant: DemoTenant::new(settings),
        buffer: Vec::new(),
        at: 0,
    };
    let sources = vec![Source::stream("demo tenant", reader)];
    let summary = run_with_bar(lake, sources, &ImportOptions::default()).await?;
    let seconds = started.elapsed().as_secs_f64();
    eprintln!(
        "demo tenant: {} sign-ins, {} new, in {seconds:.1} s",
        count(summary.records),
        count(summary.new)
    );
    Ok(())
}

/// Gives the tenant the demo company's name, unless it has one.
pub fn name_tenant(config: &Config, settings: &Settings) -> Result<(), CliError> {
    let path = crate::tenant_name::tenant_name_file(config);
    if !path.exists() {
        let small = Settings {
            rows: 1,
            ..*settings
        };
        std::fs::write(
            path,
            format!("{} (demo)\n", DemoTenant::new(small).tenant_name()),
        )?;
    }
    Ok(())
}

/// Brings in the groups of the demo company.
pub async fn bring_groups_in(config: &Config, settings: &Settings) -> Result<(), CliError> {
    let groups = Groups::new(keeping::open(config).await?);
    let written = DemoTenant::new(*settings).groups().into_bytes();
    let outcome = groups
        .import_file("demo tenant".to_owned(), written, "", settings.until)
        .await;
    match outcome.problem {
        Some(problem) => Err(CliError::Other(problem)),
        None => Ok(()),
    }
}

/// Brings in what the people of the demo company registered.
pub async fn bring_registrations_in(config: &Config, settings: &Settings) -> Result<(), CliError> {
    let registrations = Registrations::new(keeping::open(config).await?);
    for (list, written) in DemoTenant::new(*settings).registrations() {
        let file = format!("demo tenant, {list}");
        let outcome = registrations
            .import_file(file, written.into_bytes(), settings.until)
            .await;
        if let Some(problem) = outcome.problem {
            return Err(CliError::Other(problem));
        }
    }
    Ok(())
}

/// Makes accounts to look around with, unless there are some, and prints their passwords, once: somebody who
/// administers, somebody who reads reports, and somebody who works there.
pub async fn make_accounts(store: &Store, settings: &Settings) -> Result<(), CliError> {
    if store.has_accounts().await? {
        return Ok(());
    }
    let failed = |error: PasswordError| CliError::Other(error.to_string());
    let passwords = Passwords::new().await.map_err(failed)?;
    let now_ms = Utc::now().timestamp_millis();
    let of = |username: &str, display_name: &str, role| AccountToAdd {
        username: username.to_owned(),
        display_name: display_name.to_owned(),
        roles: Roles::of([role]),
        ..AccountToAdd::default()
    };
    let mut accounts = vec![
        of("admin", "Demo administrator", Role::GlobalAdministrator),
        of("reports", "Demo reports reader", Role::ReportsReader),
    ];
    let small = Settings {
        rows: 1,
        ..*settings
    };
    let employee = DemoTenant::new(small).employee();
    accounts.push(AccountToAdd {
        object_id: Some(employee.object_id),
        user_principal_name: Some(employee.user_principal_name),
        ..of("employee", &employee.display_name, Role::User)
    });
    say(format_args!(
        "accounts of the demo, printed this once (vestibule user password <name> makes another password):"
    ))?;
    for mut account in accounts {
        let password = new_password();
        let hash = passwords.hash_of_new(&password, &account.username).await;
        account.password_hash = Some(hash.map_err(failed)?);
        let (username, roles) = (account.username.clone(), account.roles.clone());
        store.add_account(account, now_ms).await?;
        let roles: Vec<&str> = roles.each().map(Role::label).collect();
        say(format_args!(
            "  {username:<9} {password}  {}",
            roles.join(", ")
        ))?;
    }
    Ok(())
}

fn write(settings: Settings, shape: Shape, out: &mut dyn Write) -> io::Result<()> {
    let mut tenant = DemoTenant::new(settings);
    let mut out = BufWriter::with_capacity(1 << 20, out);
    let mut line = Vec::with_capacity(8_192);
    loop {
        line.clear();
        if !tenant.write_next(shape, &mut line) {
            return out.flush();
        }
        line.push(b'\n');
        out.write_all(&line)?;
    }
}

/// The demo tenant as a stream of diagnostic records, one a line.
struct DemoReader {
    tenant: DemoTenant,
    buffer: Vec<u8>,
    at: usize,
}

impl Read for DemoReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.buffer.len() {
            self.buffer.clear();
            self.at = 0;
            while self.buffer.len() < 256 << 10
                && self.tenant.write_next(Shape::Diagnostic, &mut self.buffer)
            {
                self.buffer.push(b'\n');
            }
        }
        let size = out.len().min(self.buffer.len() - self.at);
        out[..size].copy_from_slice(&self.buffer[self.at..self.at + size]);
        self.at += size;
        Ok(size)
    }
}
