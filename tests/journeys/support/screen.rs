//! What a person does and sees: find, act, check, by the words on the screen. Everything waits until it is there.

use serde_json::{Value, json};
use thirtyfour::WebElement;

use super::phone::Phone;
use super::{in_repository, until};

/// What every script may ask of the screen.
pub const SCREEN: &str = include_str!("screen.js");

impl Phone {
    /// Runs a script that knows `screen.js`, and gives what it returns.
    pub async fn ask(&self, script: &str, arguments: Vec<Value>) -> Value {
        let answer = self.browser().execute(format!("{SCREEN}\n{script}"), arguments).await;
        answer.unwrap_or_else(|why| panic!("{}: {script}: {why}", self.name)).json().clone()
    }

    async fn find(&self, script: &str, name: &str) -> Option<WebElement> {
        let script = format!(
            "{SCREEN}\nconst found = {script}(arguments[0]); found?.scrollIntoView({{ block: 'center', behavior: 'instant' }}); return found;"
        );
        self.browser().execute(script, vec![json!(name)]).await.ok()?.element().ok()
    }

    // --- Act -------------------------------------------------------------------------------------

    /// Goes to an address of the app, as a link from outside would.
    pub async fn go(&self, path: &str) {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.origin) };
        self.browser().goto(url).await.unwrap_or_else(|why| panic!("{}: {path} does not open: {why}", self.name));
    }

    /// Goes to an address inside the app without loading it again: what is open stays open.
    pub async fn go_in_app(&self, path: &str) {
        let script = "const link = document.createElement('a'); link.href = arguments[0]; document.body.append(link); link.click(); link.remove();";
        self.ask(script, vec![json!(path)]).await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.browser().refresh().await.unwrap_or_else(|why| panic!("{}: the page does not load again: {why}", self.name));
    }

    /// Taps what is called so: a link, a button, a tile, a chip.
    pub async fn tap(&self, name: &str) {
        self.press("tappable", name).await;
    }

    /// Taps the first thing that matches a selector; for rows, whose words are many.
    pub async fn tap_first(&self, selector: &str) {
        self.press("first", selector).await;
    }

    async fn press(&self, finder: &str, name: &str) {
        if self.by_keys.get() {
            return self.press_by_keys(finder, name).await;
        }
        let mut last = String::from("there is no such thing");
        let done = until(async || match self.find(finder, name).await {
            None => false,
            Some(element) => match element.click().await {
                Ok(()) => true,
                Err(why) => {
                    last = why.to_string();
                    false
                }
            },
        })
        .await;
        if !done {
            self.give_up(&format!("cannot tap “{name}”: {last}")).await;
        }
        self.taps.set(self.taps.get() + 1);
    }

    /// Types into the field with this label, in place of what was there.
    pub async fn fill(&self, label: &str, text: &str) {
        if self.by_keys.get() {
            return self.fill_by_keys(label, text).await;
        }
        let done = until(async || match self.find("field", label).await {
            None => false,
            Some(field) => field.clear().await.is_ok() && field.send_keys(text).await.is_ok(),
        })
        .await;
        if !done {
            self.give_up(&format!("cannot fill “{label}”")).await;
        }
    }

    /// Counts taps from here: how many it took is in [`Phone::taps`].
    pub fn count_taps(&self) {
        self.taps.set(0);
    }

    // --- Check -----------------------------------------------------------------------------------

    /// All words on the page.
    pub async fn words(&self) -> String {
        self.ask("return words();", Vec::new()).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until these words are on the page.
    pub async fn see(&self, text: &str) {
        if !until(async || self.words().await.contains(text)).await {
            self.give_up(&format!("do not see “{text}”")).await;
        }
    }

    /// Waits until these words are not on the page any more.
    pub async fn see_no_more(&self, text: &str) {
        if !until(async || !self.words().await.contains(text)).await {
            self.give_up(&format!("still see “{text}”")).await;
        }
    }

    /// Waits until this many things match a selector.
    pub async fn see_many(&self, selector: &str, at_least: u64) {
        let count = async || {
            let count = self.ask("return document.querySelectorAll(arguments[0]).length;", vec![json!(selector)]).await;
            count.as_u64().unwrap_or(0) >= at_least
        };
        if !until(count).await {
            self.give_up(&format!("see fewer than {at_least} of {selector}")).await;
        }
    }

    /// Waits until a script says that it is so.
    pub async fn see_that(&self, script: &str, what: &str) {
        if !until(async || self.ask(script, Vec::new()).await == json!(true)).await {
            self.give_up(&format!("do not see that {what}")).await;
        }
    }

    /// The words of each thing that matches a selector.
    pub async fn each(&self, selector: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map((element) => tidy(element.innerText));";
        serde_json::from_value(self.ask(script, vec![json!(selector)]).await).unwrap_or_default()
    }

    /// Stops here, and tells what is on the screen.
    pub async fn give_up(&self, why: &str) -> ! {
        let folder = std::env::var_os("WAAKVLAM_SHOTS").map_or_else(|| in_repository("target/shots"), Into::into);
        let picture = folder.join(format!("failed-{}.png", self.name));
        let _ = std::fs::create_dir_all(&folder);
        let _ = self.browser().screenshot(&picture).await;
        let url = self.browser().current_url().await.map(|url| url.to_string()).unwrap_or_default();
        let words = self.words().await;
        let complaints = self.complaints().await.join("\n");
        panic!("{}: {why}\nat {url}\nseen: {words}\nthe browser said: {complaints}\npicture: {}", self.name, picture.display());
    }
}
