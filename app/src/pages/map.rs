//! `/map`: sign-ins by place.

use super::{Written, entity};
use crate::asked::Asked;
use crate::assemble::entity::map::{self, MapAsk};
use crate::assemble::moments::Clock;
use crate::components::entity::map::map_page;
use crate::text::frame;

/// The page.
pub async fn written(asked: &Asked) -> Written {
    let (ask, problems) = MapAsk::of(&asked.query);
    let clock = Clock::of_request(&ask.query);
    let page = map::page(&*asked.backend, &ask, &problems, &clock).await;
    Written::Sheet(entity::sheet(frame::MAP.to_owned(), map_page(page)))
}
