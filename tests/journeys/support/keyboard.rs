//! Hands that use no finger and no mouse: Tab, the arrows, space and Enter, as a person does who can't or won't tap.

use serde_json::{Value, json};

use super::phone::Phone;
use super::until;

/// So many times Tab at most; then there is no way.
const MOST: usize = 300;

/// Where the focus is, seen from what is wanted.
const WHERE: &str = "
const found = FINDER(arguments[0]);
if (!found) return 'gone';
const wanted = found.matches('label') ? found.control ?? found.querySelector('input') : found.closest('a, button, summary, input, textarea, select') ?? found;
const here = document.activeElement;
if (here !== wanted) return here?.type === 'radio' && wanted.type === 'radio' && here.name === wanted.name ? 'group' : 'elsewhere';
if (!here.matches(':focus-visible')) return 'unseen';
if (here.matches('textarea, select, input:not([type=radio]):not([type=checkbox])')) return 'field';
if (here.type === 'radio') return here.checked ? 'chosen' : 'space';
return here.type === 'checkbox' ? 'space' : 'enter';";

impl Phone {
    /// Goes to what is called so with Tab, in groups with the arrows, and presses it as its kind is pressed.
    pub(super) async fn press_by_keys(&self, finder: &str, name: &str) {
        match self.go_by_keys(finder, name).await.as_str() {
            "enter" => self.key("Enter", 13, "\r").await,
            "space" => self.key(" ", 32, " ").await,
            "field" | "chosen" => {}
            other => self.give_up(&format!("the focus on “{name}” is {other}")).await,
        }
    }

    /// The same for a field, and types into it in place of what was there.
    pub(super) async fn fill_by_keys(&self, label: &str, text: &str) {
        let here = self.go_by_keys("field", label).await;
        if here != "field" {
            self.give_up(&format!("“{label}” is no field but {here}")).await;
        }
        self.ask("document.activeElement.select();", Vec::new()).await;
        self.cdp("Input.insertText", json!({ "text": text })).await;
    }

    async fn go_by_keys(&self, finder: &str, name: &str) -> String {
        let script = WHERE.replace("FINDER", finder);
        let look = async || self.ask(&script, vec![json!(name)]).await.as_str().unwrap_or_default().to_owned();
        if !until(async || look().await != "gone").await {
            self.give_up(&format!("there is no “{name}” to go to")).await;
        }
        for _ in 0..MOST {
            match look().await.as_str() {
                "group" => self.key("ArrowDown", 40, "").await,
                "elsewhere" | "gone" => self.key("Tab", 9, "").await,
                there => return there.to_owned(),
            }
        }
        self.give_up(&format!("no keys lead to “{name}”")).await
    }

    /// Presses a key and lets it go.
    pub async fn key(&self, key: &str, code: u32, text: &str) {
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let name = if key == " " { "Space" } else { key };
            let event: Value = json!({ "type": kind, "key": key, "code": name, "windowsVirtualKeyCode": code, "text": text });
            self.cdp("Input.dispatchKeyEvent", event).await;
        }
    }
}
