//! `/users/<user ID or username>`: everything about one person.

use super::{Written, entity};
use crate::asked::Asked;
use crate::view::entity::Kind;

/// The page; `segment` is the part of the path with the name, unescaped.
pub async fn written(asked: &Asked, segment: &str) -> Written {
    entity::one(asked, Kind::User, segment).await
}
