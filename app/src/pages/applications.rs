//! `/applications`: the applications with sign-ins.

use super::{Written, entity};
use crate::asked::Asked;
use crate::view::entity::Kind;

/// The page.
pub async fn written(asked: &Asked) -> Written {
    entity::all(asked, Kind::Application).await
}
