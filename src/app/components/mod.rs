//! Widgets that more than one screen uses, one a file.

pub mod act;
pub mod alarm;
pub mod almost_full;
pub mod ask;
pub mod bsn;
pub mod by_finger;
pub mod choice;
pub mod concern_card;
pub mod confirm;
pub mod error_summary;
pub mod fetching;
pub mod field;
pub mod form;
pub mod icon;
pub mod journal;
pub mod later;
pub mod line;
pub mod lock_elsewhere;
pub mod note_more;
pub mod notice;
pub mod pick;
pub mod pill;
pub mod places;
pub mod practice_bar;
pub mod question;
pub mod row;
pub mod saved;
pub mod settings;
pub mod shell;
pub mod state;
pub mod taken_back;
pub mod way_out;

pub use icon::Icon;
pub use line::Line;
pub use notice::Notice;
