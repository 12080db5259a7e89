//! `vestibule serve`.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use clap::Args;
use lake::Lake;
use model::present::count;

use super::CliError;
use super::terminal::say;
use crate::access::Access;
use crate::access::provider::SignInProvider;
use crate::api::v1::stream::Streams;
use crate::backend::LakeBackend;
use crate::config::{Accounts, Config, OidcConfig, SecondFactor};
use crate::groups::Groups;
use crate::jobs::memory::Memory;
use crate::{assets, connections, jobs, keeping, router};

/// How long answers under way may take once the process was asked to end.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// Serve the portal.
#[derive(Debug, Args)]
pub struct Serve {
    /// When there is no sign-in yet, make a demo tenant of so many
    #[arg(long, default_value_t = 0, value_name = "ROWS")]
    demo_when_empty: u64,
}

impl Serve {
    /// Runs until the process is asked to end.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        refuse_the_world(config.listen)?;
        let listener = tokio::net::TcpListener::bind(config.listen)
            .await
            .map_err(|error| {
                CliError::Other(format!(
                    "cannot listen on {}: {error}; choose another with --listen",
                    config.listen
                ))
            })?;
        let address = listener.local_addr()?;
        let lake = Lake::open(&config.lake_folder()).await?;
        let mut demo = None;
        if self.demo_when_empty > 0 && lake.row_count().await? == 0 {
            let settings = demo::Settings::new(self.demo_when_empty, 1, Utc::now());
            eprintln!(
                "the data folder is empty: making a demo tenant of {} sign-ins",
                count(settings.rows)
            );
            super::demo::import(&lake, settings).await?;
            super::demo::name_tenant(config, &settings)?;
            super::demo::bring_groups_in(config, &settings).await?;
            demo = Some(settings);
        }
        let memory = Memory::open(&config.snapshot_folder(), config.memory_mb);
        let store = keeping::open(config).await?;
        if let Some(settings) = demo.filter(|_| config.accounts == Accounts::On) {
            super::demo::make_accounts(&store, &settings).await?;
        }
        let groups = Groups::new(store.clone());
        let backend = LakeBackend::new(lake.clone(), Arc::clone(&memory), groups, config)?;
        let backend = Arc::new(backend);
        let follower = jobs::explorer::start(lake.clone(), Arc::clone(&memory));
        let upkeep = jobs::upkeep::start(lake.clone(), memory, config);
        let forgetting = jobs::access_audit::start(store.clone(), config.access_audit_days);
        let assets = assets::load();
        if assets.is_empty() {
            tracing::warn!("built without the client: pages come without styles and scripts");
        }
        let (ending, mut ended) = tokio::sync::watch::channel(false);
        let streams = Streams::until(ended.clone());
        let has_accounts = config.accounts == Accounts::On;
        let access = Access::new(store.clone(), has_accounts, &config.masked_roles.0);
        let access = access
            .await
            .map_err(|error| CliError::Other(error.to_string()))?;
        if config.second_factor == SecondFactor::Administrators {
            access.want_second_factors();
        }
        if let Some(oidc) = config.oidc.as_ref().filter(|_| access.has_accounts()) {
            access.set_provider(sign_in_provider(oidc, config, address)?);
        }
        let how = how_to_come_in(&access, &address.to_string()).await?;
        let audit = access.audit().clone();
        let router = router::router(
            Arc::clone(&backend),
            store.clone(),
            access,
            streams,
            assets,
            config,
        );
        say(format_args!("Vestibule is at http://{address}")).ok();
        say(format_args!(
            "  {} sign-ins are here; import more at http://{address}/import",
            count(lake.row_count().await?)
        ))
        .ok();
        say(format_args!("  {how}")).ok();
        tracing::info!(address = %address, "serving");
        let asked = tokio::spawn(async move {
            asked_to_end().await;
            ending.send_replace(true);
        });
        let served = connections::serve(listener, router, connections::HEAD_TIME, ended.clone());
        let patience = async {
            if ended.wait_for(|ending| *ending).await.is_ok() {
                tokio::time::sleep(LAST_ANSWERS).await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = served => {}
            // A stalled connection must not keep the process from ending.
            () = patience => tracing::warn!("connections were cut off"),
        }
        asked.abort();
        upkeep.abort();
        forgetting.abort();
        follower.abort();
        audit.flush().await;
        store.close().await;
        tracing::info!("ended");
        Ok(ExitCode::SUCCESS)
    }
}

/// The provider, which leads people back to where they reach the portal.
fn sign_in_provider(
    oidc: &OidcConfig,
    config: &Config,
    address: SocketAddr,
) -> Result<SignInProvider, CliError> {
    let here = match &config.public_address {
        Some(public) => public.to_string(),
        None if address.ip().is_loopback() => format!("http://{address}"),
        None => {
            let words =
                "set public_address: the provider has to know where people reach the portal";
            return Err(CliError::Other(words.to_owned()));
        }
    };
    SignInProvider::new(oidc, &here).map_err(|error| CliError::Other(error.to_string()))
}

/// What somebody has to know who wants to come in.
async fn how_to_come_in(access: &Access, address: &str) -> Result<String, CliError> {
    Ok(match (access.has_accounts(), access.is_set_up().await?) {
        (false, _) => {
            "accounts are off: only this machine can reach it, and nobody has to sign in".to_owned()
        }
        (true, false) if !access.takes_passwords() => "sign in at the provider".to_owned(),
        (true, true) => "sign in with an account of yours".to_owned(),
        (true, false) => format!(
            "make the first account at http://{address}/set-up?code={}",
            access.set_up_code()
        ),
    })
}

/// Without TLS, passwords and sign-ins would travel in the open: only this machine may listen.
fn refuse_the_world(address: SocketAddr) -> Result<(), CliError> {
    if address.ip().is_loopback() {
        return Ok(());
    }
    Err(CliError::Other(format!(
        "will not listen on {address}: passwords and sign-ins would travel in the open; use 127.0.0.1, and a tunnel \
         to reach it from elsewhere"
    )))
}

async fn asked_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => {
                interrupt.await.ok();
            }
        }
    }
    #[cfg(not(unix))]
    {
        interrupt.await.ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_listened_to() {
        for (address, allowed) in [
            ("127.0.0.1:3000", true),
            ("[::1]:3000", true),
            ("0.0.0.0:3000", false),
            ("192.0.2.1:80", false),
            ("[::]:80", false),
        ] {
            assert_eq!(
                refuse_the_world(address.parse().expect("an address")).is_ok(),
                allowed,
                "{address}"
            );
        }
    }
}
