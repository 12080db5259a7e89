//! Room for connections: so many at once, and of one address not all of them.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::access::peer::network_of;

/// One address may have one in so many of all places: people of one office come from one address.
const SHARE_OF_ONE: usize = 2;

/// How many places each address has.
type Taken = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// The places. Clones share them.
#[derive(Clone)]
pub struct Places {
    free: Arc<Semaphore>,
    most_of_one: usize,
    of_address: Taken,
}

/// A place. It is free again when this is dropped.
pub struct Place {
    _permit: OwnedSemaphorePermit,
    of: Option<(IpAddr, Taken)>,
}

impl Places {
    /// So many at once.
    pub fn new(most: usize) -> Places {
        Places {
            free: Arc::new(Semaphore::new(most)),
            most_of_one: most.div_ceil(SHARE_OF_ONE),
            of_address: Arc::default(),
        }
    }

    /// Waits for a place.
    pub async fn free(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.free).acquire_owned().await.ok()
    }

    /// A place for an address; `None` when it has too many. Without an address, those are not counted: many people
    /// come by way of a proxy, or of a tunnel to this machine.
    pub fn take(&self, permit: OwnedSemaphorePermit, address: Option<IpAddr>) -> Option<Place> {
        let Some(address) = address.map(network_of) else {
            return Some(Place {
                _permit: permit,
                of: None,
            });
        };
        let mut of_address = self
            .of_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let taken = of_address.entry(address).or_default();
        if *taken >= self.most_of_one {
            return None;
        }
        *taken += 1;
        Some(Place {
            _permit: permit,
            of: Some((address, Arc::clone(&self.of_address))),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((address, of_address)) = &self.of else {
            return;
        };
        let mut of_address = of_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = of_address.get_mut(address) {
            *taken -= 1;
            if *taken == 0 {
                of_address.remove(address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_address_does_not_get_all_places() {
        let places = Places::new(4);
        let take = async |address: Option<&str>| {
            let permit = Arc::clone(&places.free).try_acquire_owned().ok()?;
            places.take(
                permit,
                address.map(|address| address.parse().expect("an address")),
            )
        };
        let first = take(Some("2001:db8::1")).await.expect("a place");
        // The same network: who has one address there has all of them.
        let second = take(Some("2001:db8::2")).await.expect("a place");
        assert!(take(Some("2001:db8::3")).await.is_none());
        let third = take(Some("192.0.2.1")).await.expect("a place");
        let fourth = take(None).await.expect("a place");
        assert!(take(None).await.is_none(), "none is left");
        drop((first, fourth));
        assert!(take(Some("2001:db8::3")).await.is_some());
        drop((second, third));
        let left = places.of_address.lock().expect("the addresses").len();
        assert_eq!(left, 0, "who has left is forgotten");
    }
}
