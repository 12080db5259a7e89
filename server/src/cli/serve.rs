//! `vestibule serve`.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use clap::Args;
use lake::Lake;
use model::present::count;

use super::terminal::say;
use super::{CliError, listening};
use crate::access::Access;
use crate::access::provider::SignInProvider;
use crate::api::v1::stream::Streams;
use crate::backend::LakeBackend;
use crate::config::{Accounts, Config, SecondFactor};
use crate::connections::tls::Certificates;
use crate::connections::{Taking, Waits};
use crate::groups::Groups;
use crate::jobs::memory::Memory;
use crate::registrations::Registrations;
use crate::{assets, connections, jobs, keeping, router};

/// How long answers under way may take once the process was asked to end.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// Serve the portal.
#[derive(Debug, Args)]
pub struct Serve {
    /// When there is no sign-in yet, make a demo tenant of so many
    #[arg(long, default_value_t = 0, value_name = "ROWS")]
    demo_when_empty: u64,

    /// Listen beyond this machine without encryption or accounts: passwords and sign-ins can be read on the way
    ///
    /// For networks that nobody else is in, such as that of a container whose port is published on 127.0.0.1 alone.
    #[arg(long)]
    listen_in_the_open: bool,
}

impl Serve {
    /// Runs until the process is asked to end.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        let welcome = listening::allowed(config, self.listen_in_the_open)?;
        let files = config.network.tls().map_err(other)?;
        let certificates = files.map(Certificates::load).transpose().map_err(other)?;
        let acceptor = certificates.as_ref().map(Certificates::acceptor);
        let acceptor = acceptor.transpose().map_err(other)?;
        let store = keeping::open(config).await?;
        listening::needs_administrator(config, self.listen_in_the_open, &store).await?;
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
            super::demo::bring_registrations_in(config, &settings).await?;
            demo = Some(settings);
        }
        let memory = Memory::open(&config.snapshot_folder(), config.memory_mb);
        if let Some(settings) = demo.filter(|_| config.accounts == Accounts::On) {
            super::demo::make_accounts(&store, &settings).await?;
        }
        let groups = Groups::new(store.clone());
        let registrations = Registrations::new(store.clone());
        let backend = LakeBackend::new(
            lake.clone(),
            Arc::clone(&memory),
            groups,
            registrations,
            config,
        )?;
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
        let access = access.await.map_err(other)?;
        if config.second_factor == SecondFactor::Administrators {
            access.want_second_factors();
        }
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let own = format!("{scheme}://{address}");
        let public = config.public_address.as_ref().map(ToString::to_string);
        let reached = public.as_ref().unwrap_or(&own);
        if let Some(oidc) = config.oidc.as_ref().filter(|_| access.has_accounts()) {
            if public.is_none() && !address.ip().is_loopback() {
                let words =
                    "set public_address: the provider has to know where people reach the portal";
                return Err(CliError::Other(words.to_owned()));
            }
            access.set_provider(SignInProvider::new(oidc, reached).map_err(other)?);
        }
        let how = how_to_come_in(&access, reached, config.listen.ip().is_loopback()).await?;
        let audit = access.audit().clone();
        let router = router::router(
            Arc::clone(&backend),
            store.clone(),
            access,
            streams,
            assets,
            config,
        );
        say(format_args!("Vestibule is at {reached}")).ok();
        if public.is_some() {
            say(format_args!("  it listens at {own}")).ok();
        }
        say(format_args!(
            "  {} sign-ins are here; import more at {reached}/import",
            count(lake.row_count().await?)
        ))
        .ok();
        say(format_args!("  {how}")).ok();
        tracing::info!(address = %address, "serving");
        if self.listen_in_the_open && !config.listen.ip().is_loopback() {
            tracing::warn!(
                "listening in the open: whoever is on the way reads passwords and sign-ins; set tls_certificate and \
                 tls_key, or trusted_proxies, and leave --listen-in-the-open out"
            );
        }
        let renewing = certificates.map(|certificates| tokio::spawn(certificates.keep_renewed()));
        let taking = Taking {
            tls: acceptor,
            welcome,
            network: config.network.clone(),
            waits: Waits::default(),
        };
        let asked = tokio::spawn(async move {
            asked_to_end().await;
            ending.send_replace(true);
        });
        let served = connections::serve(listener, router, taking, ended.clone());
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
        if let Some(renewing) = renewing {
            renewing.abort();
        }
        audit.flush().await;
        store.close().await;
        tracing::info!("ended");
        Ok(ExitCode::SUCCESS)
    }
}

/// What somebody has to know who wants to come in.
async fn how_to_come_in(
    access: &Access,
    reached: &str,
    is_of_this_machine: bool,
) -> Result<String, CliError> {
    Ok(match (access.has_accounts(), access.is_set_up().await?) {
        (false, _) if is_of_this_machine => {
            "accounts are off: only this machine can reach it, and nobody has to sign in".to_owned()
        }
        (false, _) => "accounts are off: whoever reaches it sees everything".to_owned(),
        (true, false) if !access.takes_passwords() => "sign in at the provider".to_owned(),
        (true, true) => "sign in with an account of yours".to_owned(),
        (true, false) => format!(
            "make the first account at {reached}/set-up?code={}",
            access.set_up_code()
        ),
    })
}

fn other(error: impl std::error::Error) -> CliError {
    CliError::Other(error.to_string())
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
