//! Waakvlam.
