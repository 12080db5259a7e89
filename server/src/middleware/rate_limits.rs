//! Who asks too much at once has to wait: each session, token or address has a bucket that fills again by itself. In
//! memory, and of this process alone.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use app::viewer::Viewer;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::access::peer::{Peer, network_of};
use crate::config::{Config, RateLimits};

/// Most callers that are known at once, for each kind; those beyond share one bucket.
const MOST_CALLERS: usize = 50_000;
/// Callers that are known no longer are looked for so often, when there are too many.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// How much is let through: so many at once, and so many a second for as long as it goes on.
#[derive(Debug, Clone, Copy)]
struct Rate {
    at_once: u32,
    per_second: u32,
}

/// Somebody who is signed in: pages with all their parts, and a wheel that is turned quickly.
const PEOPLE: Rate = Rate {
    at_once: 600,
    per_second: 50,
};
/// The tokens of an account: a script can wait.
const PROGRAMS: Rate = Rate {
    at_once: 120,
    per_second: 10,
};
/// An address that nobody is signed in from: a whole office may be behind it.
const STRANGERS: Rate = Rate {
    at_once: 300,
    per_second: 10,
};
/// Where passwords and codes are typed, by address: each of them costs a hash that is slow on purpose.
const DOOR: Rate = Rate {
    at_once: 60,
    per_second: 1,
};
/// What is the same for everybody and made beforehand, by address.
const FILES: Rate = Rate {
    at_once: 2_000,
    per_second: 200,
};

/// The buckets of everybody. Clones share them.
#[derive(Clone)]
pub struct Limiter(Option<Arc<Kinds>>);

struct Kinds {
    hashes: RandomState,
    people: Buckets,
    programs: Buckets,
    strangers: Buckets,
    door: Buckets,
    files: Buckets,
}

impl Limiter {
    /// As it is configured.
    pub fn new(config: &Config) -> Limiter {
        let kinds = || {
            Arc::new(Kinds {
                hashes: RandomState::new(),
                people: Buckets::new(PEOPLE),
                programs: Buckets::new(PROGRAMS),
                strangers: Buckets::new(STRANGERS),
                door: Buckets::new(DOOR),
                files: Buckets::new(FILES),
            })
        };
        Limiter((config.network.rate_limits == RateLimits::On).then(kinds))
    }

    /// How long whoever asks has to wait; `None` when they may go on.
    fn wait(&self, request: &Request) -> Option<Duration> {
        let kinds = self.0.as_ref()?;
        let (extensions, path) = (request.extensions(), request.uri().path());
        let viewer = extensions.get::<Viewer>();
        let Peer(address) = *extensions.get::<Peer>()?;
        let of_address = kinds.hashes.hash_one(network_of(address));
        if is_file(path) {
            return kinds.files.take(of_address);
        }
        if is_door(request.method(), path)
            && let Some(wait) = kinds.door.take(of_address)
        {
            return Some(wait);
        }
        let Some(viewer) = viewer else {
            return kinds.strangers.take(of_address);
        };
        if viewer.scopes.is_some() {
            let account = &viewer.account_id;
            return kinds.programs.take(kinds.hashes.hash_one(account));
        }
        match (&viewer.session_hash, address) {
            (Some(session), _) => kinds.people.take(kinds.hashes.hash_one(session)),
            // Without accounts: whoever sits at this machine, who would keep nobody waiting but themselves.
            (None, address) if address.is_loopback() => None,
            (None, _) => kinds.people.take(of_address),
        }
    }
}

/// Lets those wait who ask too much.
pub async fn hold_back(State(limiter): State<Limiter>, request: Request, next: Next) -> Response {
    let Some(wait) = limiter.wait(&request) else {
        return next.run(request).await;
    };
    let seconds = wait.as_secs() + 1;
    let words = format!("too many requests at once; wait {seconds} s and try again\n");
    let mut response = (StatusCode::TOO_MANY_REQUESTS, words).into_response();
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn is_file(path: &str) -> bool {
    path.starts_with("/pkg/") || matches!(path, "/favicon.ico" | "/healthz" | "/readyz")
}

fn is_door(method: &Method, path: &str) -> bool {
    let doors = ["/sign-in", "/set-up", "/account/", "/accounts/change"];
    let is_way_back = path.starts_with("/sign-in/return");
    is_way_back || (*method == Method::POST && doors.iter().any(|door| path.starts_with(door)))
}

/// Buckets of one kind. For each caller it is kept when its bucket is full again: those whose is full need no place.
struct Buckets {
    rate: Rate,
    most: usize,
    known: Mutex<Known>,
}

struct Known {
    full_at: HashMap<u64, Instant>,
    swept: Instant,
}

impl Buckets {
    fn new(rate: Rate) -> Buckets {
        Buckets {
            rate,
            most: MOST_CALLERS,
            known: Mutex::new(Known {
                full_at: HashMap::new(),
                swept: Instant::now(),
            }),
        }
    }

    fn take(&self, caller: u64) -> Option<Duration> {
        self.take_at(caller, Instant::now())
    }

    /// Takes one out of a caller's bucket; when there is none, says when there will be.
    fn take_at(&self, caller: u64, now: Instant) -> Option<Duration> {
        let one = Duration::from_secs(1) / self.rate.per_second;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut caller = caller;
        if known.full_at.len() >= self.most && !known.full_at.contains_key(&caller) {
            if now.duration_since(known.swept) >= SWEEP_EVERY {
                known.full_at.retain(|_, full_at| *full_at > now);
                known.swept = now;
            }
            if known.full_at.len() >= self.most {
                caller = 0;
            }
        }
        let full_at = known.full_at.get(&caller).copied().unwrap_or(now).max(now);
        let missing = full_at.duration_since(now) + one;
        let most_missing = one * self.rate.at_once;
        if missing > most_missing {
            return Some(missing - most_missing);
        }
        known.full_at.insert(caller, full_at + one);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        at_once: 3,
        per_second: 2,
    };

    #[test]
    fn a_bucket_is_emptied_at_once_and_fills_again_by_itself() {
        let buckets = Buckets::new(RATE);
        let now = Instant::now();
        for _ in 0..3 {
            assert_eq!(buckets.take_at(1, now), None);
        }
        let half = Duration::from_millis(500);
        assert_eq!(buckets.take_at(1, now), Some(half));
        assert_eq!(
            buckets.take_at(1, now),
            Some(half),
            "asking in vain costs nothing"
        );
        assert_eq!(buckets.take_at(2, now), None, "others are not kept waiting");
        assert_eq!(buckets.take_at(1, now + half), None);
        assert_eq!(buckets.take_at(1, now + half), Some(half));
        let later = now + Duration::from_secs(60);
        for _ in 0..3 {
            assert_eq!(buckets.take_at(1, later), None);
        }
        assert!(
            buckets.take_at(1, later).is_some(),
            "it holds no more than it can"
        );
    }

    #[test]
    fn many_callers_take_no_more_room_and_get_no_more() {
        let buckets = Buckets {
            most: 10,
            ..Buckets::new(RATE)
        };
        let now = Instant::now() + SWEEP_EVERY;
        let let_in = (1..1_000).filter(|caller| buckets.take_at(*caller, now).is_none());
        assert_eq!(
            let_in.count(),
            13,
            "ten of their own, and three in the one that the others share"
        );
        let known = || buckets.known.lock().expect("buckets").full_at.len();
        assert_eq!(known(), 11);
        // Those that are full again make room.
        let later = now + Duration::from_secs(60);
        assert_eq!(buckets.take_at(5_000, later), None);
        assert_eq!(known(), 1);
    }

    fn asked(limiter: &Limiter, method: &str, path: &str, viewer: Option<Viewer>) -> bool {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(extensions) = request.extensions_mut() {
            extensions.insert(Peer("192.0.2.1".parse().expect("an address")));
            if let Some(viewer) = viewer {
                extensions.insert(viewer);
            }
        }
        let request = request.body(axum::body::Body::empty()).expect("a request");
        limiter.wait(&request).is_none()
    }

    fn let_through(limiter: &Limiter, method: &str, path: &str, viewer: Option<&Viewer>) -> u32 {
        let mut count = 0;
        while count < 3_000 && asked(limiter, method, path, viewer.cloned()) {
            count += 1;
        }
        count
    }

    #[test]
    fn each_kind_has_its_own_rate() {
        let config = Config::load(crate::config::Settings::default(), None).expect("loads");
        let limiter = Limiter::new(&config);
        let session = |hash: &str| Viewer {
            session_hash: Some(hash.to_owned()),
            ..Viewer::of_this_machine()
        };
        let token = Viewer {
            scopes: Some(Vec::new()),
            ..Viewer::of_this_machine()
        };
        let about = |count: u32, rate: Rate| (rate.at_once..rate.at_once + 30).contains(&count);
        for (viewer, rate) in [
            (session("a"), PEOPLE),
            (session("b"), PEOPLE),
            (token, PROGRAMS),
        ] {
            let count = let_through(&limiter, "GET", "/api/v1/signins", Some(&viewer));
            assert!(about(count, rate), "{count}");
        }
        assert!(about(let_through(&limiter, "POST", "/sign-in", None), DOOR));
        let count = let_through(&limiter, "GET", "/sign-in", None);
        assert!(about(count + DOOR.at_once, STRANGERS), "{count}");
        // What everybody needs is still there, and who is in is not kept from it.
        assert!(asked(&limiter, "GET", "/pkg/main.css", None));
        assert!(asked(&limiter, "GET", "/sign-ins", Some(session("c"))));
        // Whoever is in does not get around the door's.
        assert!(!asked(
            &limiter,
            "POST",
            "/account/change",
            Some(session("c"))
        ));
        let off = Limiter(None);
        assert_eq!(let_through(&off, "POST", "/sign-in", None), 3_000);
    }
}
