//! The pages about one user, address, application or group, the lists of them, and the map.

pub mod address;
pub mod circles;
pub mod directory;
pub mod groups;
pub mod lists;
pub mod map;
pub mod merged;
pub mod page;
pub mod places;
pub mod scope;
pub mod window;

pub use address::address_of;
