#![doc = include_str!("ARCHITECTURE.md")]

pub mod courier;
pub mod domain;
pub mod paths;
pub mod store;
pub mod sync;

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(not(target_arch = "wasm32"))]
pub mod server;
