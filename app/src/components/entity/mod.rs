//! Parts of the pages about one user, address or application, of the lists of them, and of the map.

pub mod bar_list;
pub mod directory;
pub mod group;
pub mod heading;
pub mod latest;
pub mod map;
pub mod page;
