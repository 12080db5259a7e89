//! `/groups`: the imported groups, and bringing more in.

use super::Written;
use super::entity::{all, listed_sheet};
use crate::asked::Asked;
use crate::assemble::entity::groups::imported;
use crate::view::entity::Listed;

/// The page; `import=<number>` says what came of an import.
pub async fn written(asked: &Asked) -> Written {
    let mut directory = all(asked, Listed::Groups).await;
    let (own, _) = model::query::take_parts(&asked.query, &["import"]);
    let number = own.first().and_then(|(_, number)| number.parse().ok());
    if let Some(import) = number.and_then(|number| asked.backend.group_import(number)) {
        directory.imported = imported(&import.files);
    }
    Written::Sheet(listed_sheet(directory))
}
