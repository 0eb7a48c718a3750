//! Looks at a screen as it is now: small and large, light and dark, with axe and with a camera.

use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::{Value, json};

use super::in_repository;
use super::phone::{DESK, NARROW, PHONE, Phone};

/// Every rule of WCAG 2.2 A and AA that axe knows; `target-size` is off unless it is named.
const RUN: &str = "
const done = arguments[arguments.length - 1];
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
axe.run(document, {
  runOnly: { type: 'tag', values: standards },
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
  preload: false,
}).then(
  ({ violations, passes }) => done({ checked: violations.length + passes.length, violations: violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => `${html}\\n        ${failureSummary.replace(/\\n\\s*/g, ' ')}`) })) }),
  (error) => done({ error: String(error) }),
);";

/// The screen has settled: two frames were drawn, and no animation runs.
pub(super) const SETTLED: &str = "
const done = arguments[arguments.length - 1];
const frame = () => new Promise(requestAnimationFrame);
frame().then(frame).then(() => Promise.all(document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {})))).then(() => done(true));";

impl Phone {
    /// Takes a picture of this screen in four ways, and lets axe look at each. Any violation ends the journey.
    pub async fn look(&self, name: &str) {
        self.ask_axe_in().await;
        let mut violations = Vec::new();
        for size in [DESK, PHONE] {
            for theme in ["dark", "light"] {
                self.size(size).await;
                self.theme(theme).await;
                self.browser().execute_async(SETTLED, Vec::new()).await.expect("the screen settles");
                let way = format!("{name}-{}-{theme}", size.name);
                self.picture(&way).await;
                // What scrolls under a bar that sticks is no small target: it scrolls out again.
                self.unroll(size).await;
                violations.extend(self.violations().await.into_iter().map(|violation| format!("{way}: {violation}")));
            }
        }
        self.size(PHONE).await;
        if !violations.is_empty() {
            self.give_up(&format!("axe finds on “{name}”:\n    {}\n", violations.join("\n    "))).await;
        }
    }

    /// The same on the narrowest screen, in its light and dark; nothing may stick out to the side.
    pub async fn look_narrow(&self, name: &str) {
        self.ask_axe_in().await;
        let mut violations = Vec::new();
        self.size(NARROW).await;
        for theme in ["dark", "light"] {
            self.theme(theme).await;
            self.browser().execute_async(SETTLED, Vec::new()).await.expect("the screen settles");
            let way = format!("{name}-{}-{theme}", NARROW.name);
            self.unroll(NARROW).await;
            self.picture(&way).await;
            let wide = self.ask("return document.documentElement.scrollWidth;", Vec::new()).await.as_u64().unwrap_or(0);
            if wide > 320 {
                violations.push(format!("{way}: it is {wide} wide"));
            }
            violations.extend(self.violations().await.into_iter().map(|violation| format!("{way}: {violation}")));
        }
        self.size(PHONE).await;
        if !violations.is_empty() {
            self.give_up(&format!("axe finds on “{name}”:\n    {}\n", violations.join("\n    "))).await;
        }
    }

    /// Takes a picture of a screen as it would be printed, one sheet wide.
    pub async fn look_on_paper(&self, name: &str) {
        self.size(DESK).await;
        self.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
        self.unroll(DESK).await;
        self.picture(name).await;
        self.cdp("Emulation.setEmulatedMedia", json!({ "media": "" })).await;
        self.size(PHONE).await;
    }

    pub(super) async fn theme(&self, theme: &str) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
        self.cdp("Emulation.setEmulatedMedia", features).await;
    }

    pub(super) async fn picture(&self, name: &str) {
        let folder = std::env::var_os("WAAKVLAM_SHOTS").map_or_else(|| in_repository("target/shots"), PathBuf::from);
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        self.browser().screenshot(&folder.join(format!("{name}.png"))).await.expect("a picture");
    }

    pub(super) async fn ask_axe_in(&self) {
        if self.ask("return typeof axe === 'undefined';", Vec::new()).await == json!(true) {
            self.browser().execute(axe().to_owned(), Vec::new()).await.expect("axe starts");
        }
    }

    pub(super) async fn violations(&self) -> Vec<String> {
        let found = self.browser().execute_async(RUN, Vec::new()).await.expect("axe answers");
        let found: &Value = found.json();
        assert!(found["checked"].as_u64().is_some_and(|checked| checked > 5), "axe did not look: {found}");
        let list = found["violations"].as_array().cloned().unwrap_or_default();
        list.iter()
            .map(|violation| {
                let nodes = violation["nodes"].as_array().cloned().unwrap_or_default();
                let nodes: Vec<_> = nodes.iter().filter_map(Value::as_str).collect();
                format!("{} ({}):\n      {}", violation["id"], violation["help"], nodes.join("\n      "))
            })
            .collect()
    }
}

fn axe() -> &'static str {
    static AXE: OnceLock<String> = OnceLock::new();
    AXE.get_or_init(|| {
        let given =
            std::env::var_os("WAAKVLAM_AXE").map_or_else(|| in_repository("target/tools/node_modules/axe-core"), PathBuf::from);
        let file = if given.is_dir() { given.join("axe.min.js") } else { given };
        std::fs::read_to_string(&file)
            .unwrap_or_else(|why| panic!("no axe-core at {} ($WAAKVLAM_AXE): {why}; `.ci/tools.sh test` gets it", file.display()))
    })
}
