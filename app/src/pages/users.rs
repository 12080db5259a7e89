//! `/users`: the people with sign-ins.

use super::Written;
use super::entity::{all, listed_sheet};
use crate::asked::Asked;
use crate::view::entity::Listed;

/// The page.
pub async fn written(asked: &Asked) -> Written {
    Written::Sheet(listed_sheet(all(asked, Listed::Users).await))
}
