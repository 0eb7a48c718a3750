//! The two doors.
fn main() {}
