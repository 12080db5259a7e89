//! `vestibule user`.

use std::io::{self, BufRead};
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use identity::{Passwords, new_password};
use model::access::{Right, Role, Roles};
use state::{AccessEvent, Account, AccountToAdd, Person, StateError, Store};

use super::CliError;
use super::terminal::{plain, say};
use crate::access::tokens;
use crate::config::Config;
use crate::keeping;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Accounts: who may sign in, and with which roles.
#[derive(Debug, Args)]
pub struct User {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add an account, and print the password that is made for it
    Add {
        /// What is typed to sign in
        username: String,

        /// Its roles; the first account is a Global Administrator whatever is said here
        #[arg(long = "role", value_name = "ROLE", value_parser = parse_role, default_value = "user")]
        roles: Vec<Role>,

        /// What it is called [default: the user name]
        #[arg(long, default_value = "", hide_default_value = true)]
        name: String,

        /// User principal name of the person whose sign-ins are its own
        #[arg(long, value_name = "NAME")]
        user_principal_name: Option<String>,

        /// Object ID in Entra ID of that person
        #[arg(long, value_name = "ID")]
        object_id: Option<String>,

        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// List the accounts: user name, roles, name
    List,
    /// Give an account another password, and end its sessions
    Password {
        /// What is typed to sign in
        username: String,

        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give an account other roles
    Roles {
        /// What is typed to sign in
        username: String,

        /// Its roles
        #[arg(long = "role", value_name = "ROLE", value_parser = parse_role, required = true)]
        roles: Vec<Role>,
    },
    /// Say what an account is called, and whose sign-ins are its own; what is not given stays
    Person {
        /// What is typed to sign in
        username: String,

        /// What it is called
        #[arg(long)]
        name: Option<String>,

        /// User principal name of the person whose sign-ins are its own; empty for nobody
        #[arg(long, visible_alias = "upn", value_name = "NAME")]
        user_principal_name: Option<String>,

        /// Object ID in Entra ID of that person; empty for nobody
        #[arg(long, value_name = "ID")]
        object_id: Option<String>,
    },
    /// The second factor of an account
    SecondFactor {
        #[command(subcommand)]
        command: SecondFactor,
    },
    /// Let nobody sign in with an account any more, and end its sessions
    Disable {
        /// What is typed to sign in
        username: String,
    },
    /// Let an account sign in again
    Enable {
        /// What is typed to sign in
        username: String,
    },
    /// Make a token by which a program asks in the name of an account, and print it, once
    Token {
        /// What is typed to sign in
        username: String,

        /// What the token is called in lists
        #[arg(long)]
        name: String,

        /// What it may: `sign_ins` to read sign-ins, `conditional_access` to read what Conditional Access decided too,
        /// `import` to bring files in; no more than the account may
        #[arg(long = "scope", value_name = "RIGHT", value_parser = parse_right, default_value = "sign_ins")]
        scopes: Vec<Right>,

        /// After how many days it ends
        #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=3_650))]
        days: u32,
    },
    /// List the tokens of an account: id, when they end, rights, name
    Tokens {
        /// What is typed to sign in
        username: String,
    },
    /// Take a token of an account back
    RemoveToken {
        /// What is typed to sign in
        username: String,

        /// Id of the token
        id: String,
    },
    /// Remove an account
    Remove {
        /// What is typed to sign in
        username: String,
    },
}

#[derive(Debug, Subcommand)]
enum SecondFactor {
    /// Turn it off, for somebody who has lost their app and their recovery codes, and end their sessions
    Off {
        /// What is typed to sign in
        username: String,
    },
}

fn parse_role(id: &str) -> Result<Role, String> {
    Role::of_id(id).ok_or_else(|| {
        let known = Role::ALL.map(Role::id);
        format!("there is no such role; the roles are {}", known.join(", "))
    })
}

fn parse_right(id: &str) -> Result<Right, String> {
    let known = Right::FOR_TOKENS;
    let found = known.into_iter().find(|right| right.id() == id);
    found.ok_or_else(|| format!("tokens are for {}", known.map(Right::id).join(", ")))
}

impl User {
    /// Runs the command.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        let store = keeping::open(config).await?;
        let now_ms = Utc::now().timestamp_millis();
        match self.command {
            Command::Add {
                username,
                roles,
                name,
                user_principal_name,
                object_id,
                password_stdin,
            } => {
                let (password, is_made) = password(password_stdin)?;
                let account = AccountToAdd {
                    password_hash: Some(hash(&password, &username).await?),
                    username: username.clone(),
                    display_name: name,
                    roles: Roles::of(roles),
                    object_id,
                    user_principal_name,
                };
                if store
                    .add_first_account(account.clone(), now_ms)
                    .await?
                    .is_none()
                {
                    store.add_account(account, now_ms).await?;
                }
                note(&store, &format!("added {username}"), now_ms).await?;
                if is_made {
                    say(format_args!("password of {}: {password}", plain(&username)))?;
                }
            }
            Command::List => {
                for account in store.accounts().await? {
                    let note = if account.is_disabled {
                        " (disabled)"
                    } else {
                        ""
                    };
                    say(format_args!(
                        "{}\t{}\t{}{note}",
                        plain(&account.username),
                        account.roles.ids(),
                        plain(&account.display_name)
                    ))?;
                }
            }
            Command::Password {
                username,
                password_stdin,
            } => {
                let account = known(&store, &username).await?;
                let (password, is_made) = password(password_stdin)?;
                let hash = hash(&password, &username).await?;
                store
                    .set_password_hash(&account.id, &hash, None, now_ms)
                    .await?;
                note(&store, &format!("password of {username}"), now_ms).await?;
                if is_made {
                    say(format_args!("password of {}: {password}", plain(&username)))?;
                }
            }
            Command::Roles { username, roles } => {
                let account = known(&store, &username).await?;
                let roles = Roles::of(roles);
                store.set_roles(&account.id, &roles, now_ms).await?;
                let done = format!("roles of {username}: {}", roles.ids());
                note(&store, &done, now_ms).await?;
            }
            Command::Person {
                username,
                name,
                user_principal_name,
                object_id,
            } => {
                let account = known(&store, &username).await?;
                let person = Person {
                    display_name: name.unwrap_or(account.display_name),
                    object_id: object_id.or(account.object_id),
                    user_principal_name: user_principal_name.or(account.user_principal_name),
                };
                store.set_person(&account.id, &person, now_ms).await?;
                note(&store, &format!("person of {username}"), now_ms).await?;
            }
            Command::SecondFactor {
                command: SecondFactor::Off { username },
            } => {
                let account = known(&store, &username).await?;
                store.turn_second_factor_off(&account.id, None).await?;
                note(&store, &format!("second factor off of {username}"), now_ms).await?;
            }
            Command::Disable { username } => {
                let account = known(&store, &username).await?;
                store.set_disabled(&account.id, true, now_ms).await?;
                note(&store, &format!("disabled {username}"), now_ms).await?;
            }
            Command::Enable { username } => {
                let account = known(&store, &username).await?;
                store.set_disabled(&account.id, false, now_ms).await?;
                note(&store, &format!("enabled {username}"), now_ms).await?;
            }
            Command::Token {
                username,
                name,
                scopes,
                days,
            } => {
                let account = known(&store, &username).await?;
                make_token(&store, &account, (&name, &scopes), days, now_ms).await?;
            }
            Command::Tokens { username } => {
                let account = known(&store, &username).await?;
                list_tokens(&store, &account, now_ms).await?;
            }
            Command::RemoveToken { username, id } => {
                let account = known(&store, &username).await?;
                if !store.remove_api_token(&account.id, &id).await? {
                    return Err(CliError::Other(format!(
                        "{} has no such token; see vestibule user tokens {0}",
                        plain(&username)
                    )));
                }
            }
            Command::Remove { username } => {
                let account = known(&store, &username).await?;
                store.remove_account(&account.id).await?;
                note(&store, &format!("removed {username}"), now_ms).await?;
            }
        }
        store.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Makes a token, and prints it.
async fn make_token(
    store: &Store,
    account: &Account,
    (name, scopes): (&str, &[Right]),
    days: u32,
    now_ms: i64,
) -> Result<(), CliError> {
    let token = tokens::new();
    let scopes: Vec<&str> = scopes.iter().map(|right| right.id()).collect();
    let times_ms = (now_ms, now_ms + i64::from(days) * DAY_MS);
    let hash = tokens::hash_of(&token);
    store
        .add_api_token(&account.id, (name, &scopes), &hash, times_ms)
        .await?;
    note(store, &format!("token of {}", account.username), now_ms).await?;
    say(format_args!("{token}"))?;
    Ok(())
}

async fn list_tokens(store: &Store, account: &Account, now_ms: i64) -> Result<(), CliError> {
    for token in store.api_tokens_of(&account.id, now_ms).await? {
        let ends = DateTime::from_timestamp_millis(token.ends_ms).unwrap_or_default();
        say(format_args!(
            "{}\t{}\t{}\t{}",
            token.id,
            ends.format("%Y-%m-%d"),
            token.scopes.join(","),
            plain(&token.name)
        ))?;
    }
    Ok(())
}

/// Who sits at the machine leaves a line in the record, too.
async fn note(store: &Store, done: &str, now_ms: i64) -> Result<(), StateError> {
    let event = AccessEvent {
        at_ms: now_ms,
        username: "command line".to_owned(),
        action: "change".to_owned(),
        subject: done.to_owned(),
        ..AccessEvent::default()
    };
    store.record_access(&[event]).await
}

async fn known(store: &Store, username: &str) -> Result<Account, CliError> {
    let account = store.account_of_username(username).await?;
    Ok(account.ok_or(StateError::NoAccount)?)
}

/// The password, and whether it was made here.
fn password(is_read: bool) -> Result<(String, bool), CliError> {
    if !is_read {
        return Ok((new_password(), true));
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok((line.trim_end_matches(['\r', '\n']).to_owned(), false))
}

async fn hash(password: &str, username: &str) -> Result<String, CliError> {
    let hashed = async {
        let passwords = Passwords::new().await?;
        passwords.hash_of_new(password, username).await
    };
    hashed
        .await
        .map_err(|error| CliError::Other(error.to_string()))
}
