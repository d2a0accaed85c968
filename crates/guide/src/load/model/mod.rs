//! The files a person writes, as they stand on disk.

mod catalogue;
mod guide;
mod portal;
mod recipe;

pub use catalogue::*;
pub use guide::*;
pub use portal::*;
pub use recipe::*;
