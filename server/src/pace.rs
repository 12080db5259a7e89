//! How long the other end of a connection may keep the server waiting. What is large may take hours; what comes or goes
//! in drops is cut off.

use std::time::{Duration, Instant};

/// How slow the other end may be.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How long to wait for the next byte, and altogether before the rate counts.
    pub idle: Duration,
    /// Bytes a second, over all the time that was waited, that have to come or go.
    pub least_per_second: u32,
}

/// What is usual: a phone at the edge of its network is quicker.
pub const PATIENCE: Patience = Patience {
    idle: Duration::from_secs(30),
    least_per_second: 500,
};

/// The time that one body, or one connection's answers, made the server wait. Time in which the server itself was
/// busy does not count.
#[derive(Debug)]
pub struct Pace {
    patience: Patience,
    waited: Duration,
    waiting_since: Option<Instant>,
    bytes: u64,
}

impl Pace {
    /// Nothing came yet, and nothing was waited for.
    pub fn new(patience: Patience) -> Pace {
        Pace {
            patience,
            waited: Duration::ZERO,
            waiting_since: None,
            bytes: 0,
        }
    }

    /// Says that the other end has to do something, and how long it may take; zero when it was too slow already.
    pub fn wait(&mut self, now: Instant) -> Duration {
        let since = *self.waiting_since.get_or_insert(now);
        let waited = self.waited + now.duration_since(since);
        let earned = self.bytes / u64::from(self.patience.least_per_second.max(1));
        let allowed = self.patience.idle + Duration::from_secs(earned);
        let this_time = self.patience.idle.saturating_sub(now.duration_since(since));
        allowed.saturating_sub(waited).min(this_time)
    }

    /// Says that so many bytes came or went.
    pub fn moved(&mut self, bytes: usize, now: Instant) {
        if let Some(since) = self.waiting_since.take() {
            self.waited += now.duration_since(since);
        }
        self.bytes += bytes as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn pace() -> Pace {
        Pace::new(Patience {
            idle: 10 * SECOND,
            least_per_second: 100,
        })
    }

    #[test]
    fn a_byte_now_and_then_is_too_slow() {
        let mut pace = pace();
        let mut now = Instant::now();
        let mut drops = 0;
        while pace.wait(now) > SECOND {
            now += SECOND;
            pace.moved(1, now);
            drops += 1;
        }
        assert_eq!(drops, 9);
    }

    #[test]
    fn a_large_body_may_take_its_time_and_the_server_too() {
        let mut pace = pace();
        let mut now = Instant::now();
        for _ in 0..10_000 {
            assert!(pace.wait(now) > SECOND);
            now += SECOND;
            pace.moved(100, now);
            // The disk was slow.
            now += 60 * SECOND;
        }
        // Still nobody waits longer for one byte.
        assert_eq!(pace.wait(now), 10 * SECOND);
        assert_eq!(pace.wait(now + 10 * SECOND), Duration::ZERO);
    }
}
