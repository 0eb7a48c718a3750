//! chromedriver, on a port of its own.

use std::process::{Child, Command, Stdio};

use super::{free_port, until};

/// A running chromedriver; stops when dropped.
pub struct Chromedriver {
    process: Child,
    port: u16,
}

impl Chromedriver {
    /// Starts one and waits until it answers.
    pub async fn start() -> Self {
        let program =
            std::env::var("CHROMEDRIVER").ok().filter(|path| !path.is_empty()).unwrap_or_else(|| "chromedriver".to_owned());
        let port = free_port();
        let process = Command::new(&program)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|why| panic!("chromedriver ({program}) does not start: {why}; `.ci/tools.sh test` gets it"));
        let driver = Self { process, port };
        let answers = until(async || reqwest::get(format!("{}/status", driver.url())).await.is_ok()).await;
        assert!(answers, "chromedriver ({program}) does not answer");
        driver
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
