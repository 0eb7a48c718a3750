//! A phone: Chromium with a profile of its own, which can be pulled out from under it and started again.

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};

use super::until;

/// A phone in a hand, held upright.
pub const PHONE: Size = Size { name: "360x740", width: 360, height: 740, touch: true };
/// A desk.
pub const DESK: Size = Size { name: "1280x800", width: 1280, height: 800, touch: false };

/// The narrowest that everything must fit on (WCAG 2.2, 1.4.10).
pub const NARROW: Size = Size { name: "320x640", width: 320, height: 640, touch: true };

/// How large a screen is.
#[derive(Clone, Copy)]
pub struct Size {
    /// As in the names of pictures.
    pub name: &'static str,
    /// In CSS pixels.
    pub width: u32,
    height: u32,
    touch: bool,
}

/// See the module. The browser is killed when it is dropped.
pub struct Phone {
    /// Whose it is; in the names of pictures.
    pub name: String,
    /// The server's address.
    pub origin: String,
    /// How often something was tapped.
    pub taps: Cell<u32>,
    /// Whether it is used by keys alone: no finger, no mouse.
    pub by_keys: Cell<bool>,
    profile: TempDir,
    chromedriver: String,
    browser: Option<WebDriver>,
    offline: bool,
    settings: Value,
}

impl Phone {
    /// A new profile, and a browser on it with nothing open.
    pub async fn unpack(name: &str, origin: &str, chromedriver: &str, settings: Value) -> Self {
        let mut phone = Self {
            name: name.replace(' ', "-"),
            origin: origin.to_owned(),
            taps: Cell::new(0),
            by_keys: Cell::new(false),
            profile: tempfile::Builder::new().prefix("waakvlam-phone-").tempdir().expect("a temporary folder"),
            chromedriver: chromedriver.to_owned(),
            browser: None,
            offline: false,
            settings,
        };
        phone.start().await;
        phone
    }

    /// Starts the browser on the same profile.
    pub async fn start(&mut self) {
        assert!(self.browser.is_none(), "the browser runs already");
        let profile = self.profile.path().display();
        let options = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": { "prefs": self.settings, "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-backgrounding-occluded-windows",
                "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--force-prefers-reduced-motion",
                "--window-size=1280,900", format!("--user-data-dir={profile}"),
            ] },
        });
        let capabilities: Capabilities = serde_json::from_value(options).expect("capabilities");
        let browser = WebDriver::new(&self.chromedriver, capabilities).await.expect("Chromium starts");
        self.browser = Some(browser);
        self.size(PHONE).await;
        self.tell_network().await;
    }

    /// The browser.
    pub fn browser(&self) -> &WebDriver {
        self.browser.as_ref().expect("the browser runs")
    }

    /// A command of the browser's own protocol.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        self.browser().cdp().send_raw(command, parameters).await.unwrap_or_else(|why| panic!("{command}: {why}"))
    }

    /// Makes the screen as large as this.
    pub async fn size(&self, size: Size) {
        let metrics = json!({ "width": size.width, "height": size.height, "deviceScaleFactor": 1, "mobile": size.touch });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Makes the screen as high as the whole page, so that nothing of it lies under a bar that sticks.
    pub async fn unroll(&self, size: Size) {
        let height = self.ask("return document.documentElement.scrollHeight;", Vec::new()).await.as_u64().unwrap_or(0);
        let height = u32::try_from(height).unwrap_or(size.height).max(size.height);
        self.size(Size { height, ..size }).await;
    }

    /// Takes the network away, for as long as [`Phone::online`] is not called: also after a new start.
    pub async fn offline(&mut self) {
        self.offline = true;
        self.tell_network().await;
    }

    /// Takes the network away from the next start on.
    pub fn will_be_offline(&mut self) {
        assert!(self.browser.is_none(), "the browser runs");
        self.offline = true;
    }

    /// Gives the network back.
    pub async fn online(&mut self) {
        self.offline = false;
        self.tell_network().await;
    }

    async fn tell_network(&self) {
        self.cdp("Network.enable", json!({})).await;
        let conditions = json!({ "offline": self.offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.cdp("Network.emulateNetworkConditions", conditions).await;
    }

    /// SIGKILL for every process of this browser: the battery is out.
    pub async fn kill(&mut self) {
        if let Some(browser) = self.browser.take() {
            let _ = browser.leak();
        }
        let profile = self.profile.path();
        assert!(until(async || kill_all(profile) == 0).await, "Chromium survives SIGKILL");
    }

    /// Closes the browser as a person does; everything that it wants to write is written.
    pub async fn close(&mut self) {
        self.check_complaints().await;
        if let Some(browser) = self.browser.take() {
            browser.quit().await.expect("Chromium closes");
        }
        let profile = self.profile.path();
        assert!(until(async || processes(profile).is_empty()).await, "Chromium does not close");
    }

    /// The folder that a copy of this phone would be.
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// What the browser complained of since the last time we asked.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.browser().browser_log().await.unwrap_or_default();
        log.into_iter().map(|line| line.message).collect()
    }

    /// That a network is missing is said in the log, and expected; a panic or something that our own policy forbids is not.
    async fn check_complaints(&self) {
        const NEVER: [&str; 4] = ["panicked", "Content Security Policy", "unreachable", "Uncaught"];
        let complaints = self.complaints().await;
        let worse: Vec<_> = complaints.iter().filter(|line| NEVER.iter().any(|word| line.contains(word))).collect();
        assert!(worse.is_empty(), "{}: the browser complains: {worse:#?}", self.name);
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        if let Some(browser) = self.browser.take() {
            let _ = browser.leak();
        }
        while kill_all(self.profile.path()) > 0 {
            std::thread::sleep(super::GLANCE);
        }
    }
}

/// The processes that were started with this profile, and only those.
fn processes(profile: &Path) -> Vec<String> {
    let profile = profile.display().to_string();
    let Ok(all) = fs::read_dir("/proc") else { return Vec::new() };
    let pids =
        all.flatten().filter_map(|process| process.file_name().into_string().ok()).filter(|name| name.parse::<u32>().is_ok());
    let ours = |pid: &String| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        line.contains(&profile)
    };
    pids.filter(ours).collect()
}

fn kill_all(profile: &Path) -> usize {
    let pids = processes(profile);
    if !pids.is_empty() {
        let _ = Command::new("kill").arg("-KILL").args(&pids).status();
    }
    pids.len()
}
