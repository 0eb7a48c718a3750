//! Two doors: in a browser mount the app, natively run the command line.

#[cfg(target_arch = "wasm32")]
fn main() {
    waakvlam::app::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    waakvlam::server::cli::run()
}
