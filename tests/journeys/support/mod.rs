//! What a journey stands on: an office (the server process), phones (browsers with a profile of their own), and what a
//! person does and sees on one.
//!
//! | variable | what | else |
//! |---|---|---|
//! | `WAAKVLAM_SITE` | the app, built | `dist` |
//! | `WAAKVLAM_SITE_UNSEALED` | the app, built with sealing off | `target/dist-unsealed` |
//! | `WAAKVLAM_SERVER` | the server | the one that was built with the tests |
//! | `CHROMEDRIVER` | chromedriver | the one on `PATH` |
//! | `WAAKVLAM_AXE` | axe-core, its folder or its file | `target/tools/node_modules/axe-core` |
//! | `WAAKVLAM_SHOTS` | where pictures go | `target/shots` |
//!
//! Updates also want `node`: another build is made of the one that is there, by the last step of building.
//!
//! What is missing makes a journey fail, never skip.

pub mod builds;
pub mod colleague;
pub mod driver;
pub mod everything;
pub mod finger;
pub mod fit;
pub mod keyboard;
pub mod look;
pub mod neighbourhood;
pub mod office;
pub mod people;
pub mod phone;
pub mod profile;
pub mod screen;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::{Mutex, MutexGuard};

use driver::Chromedriver;
use office::Office;
use phone::Phone;

/// How long anything may take that a person waits for. Generous: the machine may be busy.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// How often we look whether it is there.
pub const GLANCE: Duration = Duration::from_millis(40);

static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

/// One journey: its office and its browsers.
pub struct Journey {
    /// The server.
    pub office: Office,
    chromedriver: Chromedriver,
    name: &'static str,
    since: Instant,
    _turn: MutexGuard<'static, ()>,
}

impl Journey {
    /// Starts one with the app as people get it.
    pub async fn begin(name: &'static str) -> Self {
        let turn = ONE_AT_A_TIME.lock().await;
        println!("→ {name}");
        let (office, chromedriver) = (Office::found(sealed_site()), Chromedriver::start().await);
        Self { office, chromedriver, name, since: Instant::now(), _turn: turn }
    }

    /// A phone that nobody has used yet.
    pub async fn phone(&self, whose: &str) -> Phone {
        self.unpack(whose, json!({})).await
    }

    /// A phone whose browser lets no site keep anything.
    pub async fn phone_that_keeps_nothing(&self, whose: &str) -> Phone {
        self.unpack(whose, json!({ "profile.default_content_setting_values.cookies": 2 })).await
    }

    async fn unpack(&self, whose: &str, settings: Value) -> Phone {
        Phone::unpack(&format!("{}-{whose}", self.name), &self.office.origin(), &self.chromedriver.url(), settings).await
    }

    /// Says how far we are, with the time since the start.
    pub fn note(&self, what: &str) {
        println!("  {:5.1} s  {what}", self.since.elapsed().as_secs_f64());
    }
}

/// A path in the repository.
pub fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The app as people get it.
pub fn sealed_site() -> PathBuf {
    site("WAAKVLAM_SITE", "dist", "make app")
}

/// The app that seals nothing.
pub fn unsealed_site() -> PathBuf {
    site("WAAKVLAM_SITE_UNSEALED", "target/dist-unsealed", "make target/dist-unsealed/index.html")
}

fn site(variable: &str, otherwise: &str, how: &str) -> PathBuf {
    let path = std::env::var_os(variable).map_or_else(|| in_repository(otherwise), PathBuf::from);
    assert!(
        path.join("index.html").is_file(),
        "the app is not built: no index.html in {} (${variable}); try `{how}`",
        path.display()
    );
    path
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("no free port");
    listener.local_addr().expect("a listener has an address").port()
}

/// Waits until it is so, for as long as we have patience; tells whether it became so.
pub async fn until(mut so: impl AsyncFnMut() -> bool) -> bool {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if so().await {
            return true;
        }
        if Instant::now() > deadline {
            return false;
        }
        tokio::time::sleep(GLANCE).await;
    }
}
