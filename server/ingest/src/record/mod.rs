//! From one record, in whatever shape it came, to the columns of a sign-in.

mod cell;
mod derive;
mod detail;
mod fingerprint;
mod kind;
mod listed;
mod lists;
mod names;
mod object;
mod policies;
mod positions;
mod refusal;
mod resolve;
mod settling;
mod shape;
mod verdict;

pub use detail::{graph_of, sign_in_of};
pub use kind::{KindHint, RecordKind};
pub use names::is_foreign_download;
pub use object::entries;
pub use refusal::Refusal;
pub use resolve::{Resolved, Resolver};
pub use shape::Shape;
