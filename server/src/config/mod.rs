//! Configuration: flags win over the environment, the environment over the file, the file over what
//! is built in. `--print-config` shows the outcome.

mod masked_roles;
mod network;
pub mod oidc;
mod public_address;
mod state_address;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use model::interrupt_codes::InterruptCodes;
use serde::{Deserialize, Serialize};

pub use masked_roles::MaskedRoles;
pub use network::{Network, NetworkSettings, RateLimits, TlsFiles};
pub use oidc::{OidcConfig, OidcSettings};
pub use public_address::PublicAddress;
pub use state_address::StateAddress;

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

/// Whether people sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Accounts {
    /// Everybody signs in.
    On,
    /// Nobody does: whoever sits at this machine may do everything.
    Off,
}

/// Of whom a second factor is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecondFactor {
    /// Of nobody: each turns it on as they like.
    Optional,
    /// Of whoever administers accounts: nothing but their own page opens until it is on.
    Administrators,
}

/// What can be configured, each part optional: as flags and environment, and as the file.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Folder with the tenant's data; made when it is missing [default: ./data]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_DATA",
        hide_env_values = true,
        value_name = "FOLDER"
    )]
    pub data: Option<PathBuf>,

    /// Address to listen on [default: 127.0.0.1:3000]
    ///
    /// Others than this machine's own take accounts, a public address, and https or a proxy that speaks it.
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_LISTEN",
        hide_env_values = true,
        value_name = "ADDRESS:PORT"
    )]
    pub listen: Option<SocketAddr>,

    /// Where people reach the portal, when that is not the address it listens on, as behind a proxy
    ///
    /// Scheme, host and port, as `https://sign-ins.example.com`
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_PUBLIC_ADDRESS",
        hide_env_values = true,
        value_name = "ADDRESS"
    )]
    pub public_address: Option<PublicAddress>,

    /// How the server is reached.
    #[command(flatten)]
    #[serde(flatten)]
    pub network: NetworkSettings,

    /// Keep what people keep in this PostgreSQL database instead of the data folder, so that several
    /// servers share it: postgres://user:password@host:port/database
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_STATE",
        hide_env_values = true,
        value_name = "ADDRESS"
    )]
    pub state: Option<StateAddress>,

    /// Whether people sign in; off lets whoever sits at this machine do everything [default: on]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_ACCOUNTS",
        hide_env_values = true,
        value_name = "ON|OFF"
    )]
    pub accounts: Option<Accounts>,

    /// Roles for which names and addresses are masked, joined by commas [default: none]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_MASKED_ROLES",
        hide_env_values = true,
        value_name = "ROLES"
    )]
    pub masked_roles: Option<MaskedRoles>,

    /// Of whom a second factor is wanted [default: optional]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_SECOND_FACTOR",
        hide_env_values = true,
        value_name = "WHOSE"
    )]
    pub second_factor: Option<SecondFactor>,

    /// Name of the tenant, shown in the top bar
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_TENANT_NAME",
        hide_env_values = true,
        value_name = "NAME"
    )]
    pub tenant_name: Option<String>,

    /// Result codes that count as interrupted: a whole list, as 50058,50140 or none, or changes of the one that is built in,
    /// as +500121,-50158
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_INTERRUPT_CODES",
        hide_env_values = true,
        value_name = "CODES",
        allow_hyphen_values = true
    )]
    pub interrupt_codes: Option<InterruptCodes>,

    /// Forget sign-ins older than so many days; 0 keeps all [default: 0]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_RETENTION_DAYS",
        hide_env_values = true,
        value_name = "DAYS"
    )]
    pub retention_days: Option<u32>,

    /// Forget lines of who looked at what that are older than so many days; 0 keeps all [default: 400]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_ACCESS_AUDIT_DAYS",
        hide_env_values = true,
        value_name = "DAYS"
    )]
    pub access_audit_days: Option<u32>,

    /// Merge small files of the lake every so many minutes while serving; 0 never does [default: 30]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_COMPACT_EVERY_MINUTES",
        hide_env_values = true,
        value_name = "MINUTES"
    )]
    pub compact_every_minutes: Option<u32>,

    /// Memory for sign-ins that are answered at once, in megabytes; the lake answers what does not
    /// fit [default: 4096]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_MEMORY_MB",
        hide_env_values = true,
        value_name = "MB"
    )]
    pub memory_mb: Option<u64>,

    /// Largest upload, in megabytes [default: 8192]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_UPLOAD_LIMIT_MB",
        hide_env_values = true,
        value_name = "MB"
    )]
    pub upload_limit_mb: Option<u64>,

    /// How log lines are written [default: text]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_LOG_FORMAT",
        hide_env_values = true,
        value_name = "FORMAT"
    )]
    pub log_format: Option<LogFormat>,

    /// What is logged, in the syntax of `RUST_LOG` [default: info,datafusion=warn,deltalake=warn,...]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_LOG",
        hide_env_values = true,
        value_name = "FILTER"
    )]
    pub log: Option<String>,

    /// Signing in at a provider.
    #[command(flatten)]
    #[serde(default)]
    pub oidc: OidcSettings,
}

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Config {
    /// See [`Settings::data`].
    pub data: PathBuf,
    /// See [`Settings::listen`].
    pub listen: SocketAddr,
    /// See [`Settings::public_address`].
    pub public_address: Option<PublicAddress>,
    /// See [`Settings::network`].
    #[serde(flatten)]
    pub network: Network,
    /// See [`Settings::state`]. Without it, the state lies in the data folder.
    pub state: Option<StateAddress>,
    /// See [`Settings::accounts`].
    pub accounts: Accounts,
    /// See [`Settings::masked_roles`].
    pub masked_roles: MaskedRoles,
    /// See [`Settings::second_factor`].
    pub second_factor: SecondFactor,
    /// See [`Settings::tenant_name`].
    pub tenant_name: Option<String>,
    /// See [`Settings::interrupt_codes`].
    pub interrupt_codes: InterruptCodes,
    /// See [`Settings::retention_days`].
    pub retention_days: u32,
    /// See [`Settings::access_audit_days`].
    pub access_audit_days: u32,
    /// See [`Settings::compact_every_minutes`].
    pub compact_every_minutes: u32,
    /// See [`Settings::memory_mb`].
    pub memory_mb: u64,
    /// See [`Settings::upload_limit_mb`].
    pub upload_limit_mb: u64,
    /// See [`Settings::log_format`].
    pub log_format: LogFormat,
    /// See [`Settings::log`].
    pub log: String,
    /// See [`Settings::oidc`].
    pub oidc: Option<OidcConfig>,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration file {path}: {source}; check the path after --config")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not right.
    #[error("configuration file {path}: {source}")]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        source: Box<toml::de::Error>,
    },
    /// The provider is not set as it has to be.
    #[error(transparent)]
    Oidc(#[from] oidc::OidcError),
}

impl Config {
    /// Joins flags and environment with the file and with what is built in.
    ///
    /// # Errors
    /// When the file is named and cannot be read, or holds what is not known; when a provider is set by halves.
    pub fn load(settings: Settings, file: Option<&Path>) -> Result<Config, ConfigError> {
        let file = match file {
            Some(path) => read(path)?,
            None => Settings::default(),
        };
        Ok(Config {
            data: settings.data.or(file.data).unwrap_or_else(|| PathBuf::from("./data")),
            listen: settings.listen.or(file.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000))),
            public_address: settings.public_address.or(file.public_address),
            network: Network::load(settings.network, file.network),
            state: settings.state.or(file.state),
            accounts: settings.accounts.or(file.accounts).unwrap_or(Accounts::On),
            masked_roles: settings.masked_roles.or(file.masked_roles).unwrap_or_default(),
            second_factor: settings.second_factor.or(file.second_factor).unwrap_or(SecondFactor::Optional),
            tenant_name: settings.tenant_name.or(file.tenant_name),
            interrupt_codes: settings.interrupt_codes.or(file.interrupt_codes).unwrap_or_default(),
            retention_days: settings.retention_days.or(file.retention_days).unwrap_or(0),
            access_audit_days: settings.access_audit_days.or(file.access_audit_days).unwrap_or(400),
            compact_every_minutes: settings.compact_every_minutes.or(file.compact_every_minutes).unwrap_or(30),
            memory_mb: settings.memory_mb.or(file.memory_mb).unwrap_or(4_096),
            upload_limit_mb: settings.upload_limit_mb.or(file.upload_limit_mb).unwrap_or(8_192),
            log_format: settings.log_format.or(file.log_format).unwrap_or(LogFormat::Text),
            log: settings.log.or(file.log).unwrap_or_else(|| {
                "info,datafusion=warn,deltalake=warn,deltalake_core=warn,delta_kernel=warn,buoyant_kernel=warn,tower_sessions=error,tower_sessions_core=error".to_owned()
            }),
            oidc: OidcConfig::load(settings.oidc, file.oidc)?,
        })
    }

    /// The configuration as a file that would give it.
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }

    /// Folder of the lake.
    pub fn lake_folder(&self) -> PathBuf {
        self.data.join("lake")
    }

    /// Folder of what memory held, which the next start reads.
    pub fn snapshot_folder(&self) -> PathBuf {
        self.data.join("snapshot")
    }

    /// Folder of what people keep: saved views and short links.
    pub fn state_folder(&self) -> PathBuf {
        self.data.join("state")
    }

    /// Folder for uploads that wait to be imported.
    pub fn upload_folder(&self) -> PathBuf {
        self.data.join("uploads")
    }
}

fn read(path: &Path) -> Result<Settings, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|source| ConfigError::Invalid {
        path: path.to_owned(),
        source: Box::new(source),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_over_the_file_and_the_file_over_the_defaults() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vestibule.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:4000\"\nretention_days = 400\n")
            .expect("written");
        let flags = Settings {
            retention_days: Some(7),
            ..Settings::default()
        };
        let config = Config::load(flags, Some(&path)).expect("loads");
        assert_eq!(config.listen.port(), 4000);
        assert_eq!(config.retention_days, 7);
        assert_eq!(config.compact_every_minutes, 30);
    }

    #[test]
    fn what_is_printed_can_be_read_back() {
        let config = Config::load(Settings::default(), None).expect("loads");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("printed.toml");
        std::fs::write(&path, config.to_toml()).expect("written");
        assert_eq!(
            Config::load(Settings::default(), Some(&path)).expect("loads"),
            config
        );
    }

    #[test]
    fn what_is_printed_has_no_password() {
        let settings = Settings {
            state: "postgres://me:secret@host/db".parse().ok(),
            ..Settings::default()
        };
        let printed = Config::load(settings, None).expect("loads").to_toml();
        assert!(
            printed.contains("state = \"postgres://me@host/db\""),
            "{printed}"
        );
        assert!(!printed.contains("secret"), "{printed}");
    }

    #[test]
    fn an_unknown_key_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vestibule.toml");
        std::fs::write(&path, "lisen = \"x\"\n").expect("written");
        let error = Config::load(Settings::default(), Some(&path))
            .expect_err("refused")
            .to_string();
        assert!(error.contains("lisen"), "{error}");
    }
}
