//! Widgets that more than one screen uses, one a file.

pub mod icon;
pub mod line;
pub mod notice;
pub mod pill;
pub mod shell;

pub use icon::Icon;
pub use line::Line;
pub use notice::Notice;
