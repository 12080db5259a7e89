//! What the provider says of itself: its addresses and keys, asked for now and then.

use std::sync::Arc;
use std::time::Duration;

use openidconnect::core::CoreJsonWebKeySet;
use openidconnect::{DiscoveryError, IssuerUrl, ProviderMetadataWithLogout};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::fault::ProviderFault;
use super::http::{Http, HttpError};

/// How long what the provider says is kept.
const KEPT: Duration = Duration::from_secs(60 * 60);
/// How long it is kept when the provider does not say it again.
const KEPT_AT_MOST: Duration = Duration::from_secs(24 * 60 * 60);
/// How long nobody asks again after there was no answer: everybody would wait for it.
const AFTER_FAULT: Duration = Duration::from_secs(2);
/// Keys are asked for out of turn this often, whatever tokens say.
const KEYS_EVERY: Duration = Duration::from_secs(60);

/// What the provider says of itself.
pub(super) struct Known {
    pub(super) metadata: ProviderMetadataWithLogout,
    pub(super) keys: CoreJsonWebKeySet,
    since: Instant,
}

#[derive(Default)]
struct Slot {
    known: Option<Arc<Known>>,
    fault: Option<(Instant, ProviderFault)>,
    keys_asked: Option<Instant>,
}

impl Slot {
    /// What was said before, for as long as the provider gives no answer: an hour without its metadata is no reason to
    /// keep everybody out, a day is. An answer that is wrong counts at once.
    fn known_in_spite_of(&self, fault: &ProviderFault) -> Result<Arc<Known>, ProviderFault> {
        let known = self.known.as_ref();
        let known = known.filter(|known| known.since.elapsed() < KEPT_AT_MOST);
        match (fault, known) {
            (ProviderFault::Unreachable(_), Some(known)) => Ok(Arc::clone(known)),
            _ => Err(fault.clone()),
        }
    }
}

/// Keeps what the provider says of itself.
pub(super) struct Directory {
    issuer: IssuerUrl,
    slot: Mutex<Slot>,
}

impl Directory {
    pub(super) fn new(issuer: IssuerUrl) -> Directory {
        Directory {
            issuer,
            slot: Mutex::default(),
        }
    }

    /// What the provider says. One asks, the others wait for the answer.
    pub(super) async fn known(&self, http: &Http) -> Result<Arc<Known>, ProviderFault> {
        let mut slot = self.slot.lock().await;
        if let Some(known) = &slot.known
            && known.since.elapsed() < KEPT
        {
            return Ok(Arc::clone(known));
        }
        if let Some((at, fault)) = &slot.fault
            && at.elapsed() < AFTER_FAULT
        {
            return slot.known_in_spite_of(fault);
        }
        match self.asked(http).await {
            Ok(known) => {
                let known = Arc::new(known);
                slot.known = Some(Arc::clone(&known));
                slot.fault = None;
                Ok(known)
            }
            Err(fault) => {
                slot.fault = Some((Instant::now(), fault.clone()));
                slot.known_in_spite_of(&fault)
            }
        }
    }

    /// The same with the keys of this moment, for a token whose key is not among those that are known; `None` when they
    /// were asked for a moment ago.
    pub(super) async fn with_new_keys(
        &self,
        known: &Arc<Known>,
        http: &Http,
    ) -> Result<Option<Arc<Known>>, ProviderFault> {
        let mut slot = self.slot.lock().await;
        // Somebody else asked meanwhile.
        if let Some(newer) = slot.known.as_ref().filter(|kept| !Arc::ptr_eq(kept, known)) {
            return Ok(Some(Arc::clone(newer)));
        }
        if slot.keys_asked.is_some_and(|at| at.elapsed() < KEYS_EVERY) {
            return Ok(None);
        }
        slot.keys_asked = Some(Instant::now());
        let keys = CoreJsonWebKeySet::fetch_async(known.metadata.jwks_uri(), http);
        let newer = Arc::new(Known {
            metadata: known.metadata.clone(),
            keys: keys.await.map_err(fault_of)?,
            since: known.since,
        });
        slot.known = Some(Arc::clone(&newer));
        Ok(Some(newer))
    }

    async fn asked(&self, http: &Http) -> Result<Known, ProviderFault> {
        let metadata = ProviderMetadataWithLogout::discover_async(self.issuer.clone(), http);
        let metadata = metadata.await.map_err(fault_of)?;
        let token_endpoint = metadata.token_endpoint();
        let token_endpoint = token_endpoint
            .ok_or_else(|| ProviderFault::Metadata("it has no token_endpoint".to_owned()))?;
        if !http.may_go_to(metadata.authorization_endpoint().url())
            || !http.may_go_to(token_endpoint.url())
        {
            return Err(ProviderFault::Metadata(HttpError::Open.to_string()));
        }
        Ok(Known {
            keys: metadata.jwks().clone(),
            metadata,
            since: Instant::now(),
        })
    }
}

fn fault_of(error: DiscoveryError<HttpError>) -> ProviderFault {
    match error {
        DiscoveryError::Request(HttpError::Open) => {
            ProviderFault::Metadata(HttpError::Open.to_string())
        }
        DiscoveryError::Request(error) => ProviderFault::Unreachable(error.to_string()),
        DiscoveryError::Response(status, ..) => {
            ProviderFault::Unreachable(format!("it answered with status {}", status.as_u16()))
        }
        DiscoveryError::Parse(error) => {
            ProviderFault::Metadata(format!("`{}` cannot be read", error.path()))
        }
        // It names both issuers, which are no secret.
        DiscoveryError::Validation(words) => ProviderFault::Metadata(words),
        _ => ProviderFault::Metadata("it cannot be read".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use openidconnect::JsonWebKeySet;

    use super::*;

    #[tokio::test]
    async fn what_was_known_serves_for_a_day_while_the_provider_does_not_answer() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        drop(listener);
        let issuer = format!("http://{address}");
        let metadata = serde_json::json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
        });
        let http = Http::new(&issuer.parse().expect("an address")).expect("a client");
        let directory = Directory::new(IssuerUrl::new(issuer).expect("an address"));
        let first = directory.known(&http).await;
        assert!(matches!(first, Err(ProviderFault::Unreachable(_))));

        let known = |age: Duration| Known {
            metadata: serde_json::from_value(metadata.clone()).expect("metadata"),
            keys: JsonWebKeySet::new(Vec::new()),
            since: Instant::now().checked_sub(age).expect("a moment"),
        };
        for (age, serves) in [(2 * KEPT, true), (KEPT_AT_MOST, false)] {
            *directory.slot.lock().await = Slot {
                known: Some(Arc::new(known(age))),
                ..Slot::default()
            };
            // The first asks in vain, the second does not ask.
            for _ in 0..2 {
                assert_eq!(directory.known(&http).await.is_ok(), serves, "{age:?}");
            }
        }
        // What it says wrongly is not passed over.
        let mut slot = directory.slot.lock().await;
        slot.known = Some(Arc::new(known(2 * KEPT)));
        let wrong = ProviderFault::Metadata(String::new());
        assert!(slot.known_in_spite_of(&wrong).is_err());
    }
}
