//! Widgets that more than one screen uses, one a file.

pub mod icon;
pub mod pill;
pub mod shell;

pub use icon::Icon;
