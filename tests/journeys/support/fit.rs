//! Walks along screens, in one language, and looks at each: does it fit on a small window and with large text, can a finger hit what is there, is
//! axe content, and what does it say. What two walks say is laid side by side.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::everything::TYPED;
use super::look::SETTLED;
use super::phone::{NARROW, PHONE, Phone, Size};

const FIT: &str = include_str!("fit.js");

/// The same word in both languages, or a name.
const SAME: &str = "waakvlam nederlands english complex contact details later menu partner school veilig thuis zelfmoordpreventie geldfit meldpunt \
                    zorgwekkend gedrag";
/// Words that only one of the languages has.
const DUTCH: &str = "de het een niet van voor bij je jij jouw wij naar met er aan uit dat dit deze wat wie waar hoe nog als maar geen wordt worden heeft \
                     hebben zijn kan kunt moet mag vandaag gisteren morgen dag dagen uur keer iets iemand niemand alles niets deur deuren buurt \
                     telefoon versturen verstuurd opslaan bewaard signaal signalen zorgen kies vul ja nee jou mijn ons onze ook tot sinds om op";
const ENGLISH: &str = "the and you your to with not this that are have who what where how when from today yesterday tomorrow something somebody nobody \
                       nothing everything neighbourhood save saved sent choose yes my our also until since it they";

/// Something done on a screen, by selectors: they are the same in every language.
pub enum Do {
    /// Taps the first that is shown, and waits for the other to be there.
    Tap(&'static str, &'static str),
    /// Types into a field, and waits for the other to be there.
    Put(&'static str, &'static str, &'static str),
    /// Taps the last of several, of each of these: what opens further questions.
    Last(&'static [&'static str]),
    /// Sends all forms that match as they are, and waits for what is said of it.
    Send(&'static str),
    /// Opens every dialog of the page, sends it empty, and closes it.
    Dialogs,
    /// Taps each of these that is called otherwise than the ones before, and sends the question that it asks empty.
    Questions(&'static str),
}

/// One walk.
pub struct Walk<'a> {
    phone: &'a Phone,
    english: bool,
    said: BTreeMap<String, BTreeSet<String>>,
    faults: Vec<String>,
}

impl<'a> Walk<'a> {
    /// Begins one in the language that the screen speaks.
    pub fn begin(phone: &'a Phone, english: bool) -> Self {
        Self { phone, english, said: BTreeMap::new(), faults: Vec::new() }
    }

    /// Goes to an address, looks, and does this and that; looks again after each.
    pub async fn visit(&mut self, name: &str, path: &str, acts: &[Do]) {
        self.phone.go_in_app(path).await;
        let there = format!("return location.pathname + location.search === {};", json!(path));
        self.phone.see_that(&there, &format!("{path} is open")).await;
        self.phone.browser().execute_async(SETTLED, Vec::new()).await.expect("the screen settles");
        self.phone.see_that("return !!tidy(first('main h1')?.innerText);", &format!("{path} has a title")).await;
        self.look(name).await;
        self.act(name, acts).await;
    }

    /// Does this and that on the screen as it is, and looks after each.
    pub async fn act(&mut self, name: &str, acts: &[Do]) {
        for (at, act) in acts.iter().enumerate() {
            let name = format!("{name}-{}", at + 1);
            match act {
                Do::Tap(what, then) => {
                    self.press(what).await;
                    self.wait(then).await;
                }
                Do::Put(field, text, then) => {
                    let script = format!(
                        "const input = first({}); if (!input) return false; input.focus(); input.value = {}; input.dispatchEvent(new Event('input', {{ bubbles: true }})); return true;",
                        json!(field),
                        json!(text)
                    );
                    self.phone.see_that(&script, &format!("{field} is there")).await;
                    self.wait(then).await;
                }
                Do::Last(all) => {
                    for one in *all {
                        let script = format!(
                            "const last = [...document.querySelectorAll({})].at(-1); last?.click(); return !!last;",
                            json!(one)
                        );
                        self.phone.see_that(&script, &format!("{one} is there")).await;
                    }
                }
                Do::Send(forms) => {
                    let script = format!(
                        "const forms = [...document.querySelectorAll({})].filter((form) => !form.closest('dialog')); forms.forEach((form) => form.requestSubmit()); return forms.length > 0;",
                        json!(forms)
                    );
                    self.phone.see_that(&script, &format!("{forms} is there")).await;
                    self.wait(".field__error, [role=alert] p").await;
                }
                Do::Dialogs => {
                    self.dialogs(&name).await;
                    continue;
                }
                Do::Questions(buttons) => {
                    self.questions(&name, buttons).await;
                    continue;
                }
            }
            self.look(&name).await;
        }
    }

    async fn dialogs(&mut self, name: &str) {
        let count = self.phone.ask("return document.querySelectorAll('main dialog').length;", Vec::new()).await.as_u64();
        for at in 0..count.unwrap_or(0) {
            let script = format!(
                "const dialog = document.querySelectorAll('main dialog')[{at}]; if (!tidy(dialog?.textContent)) return false; dialog.showModal(); return true;"
            );
            if self.phone.ask(&script, Vec::new()).await != json!(true) {
                continue;
            }
            self.phone.ask("document.querySelector('dialog[open] > form')?.requestSubmit();", Vec::new()).await;
            self.look(&format!("{name}-dialog-{}", at + 1)).await;
            self.phone.ask("document.querySelector('dialog[open]')?.close();", Vec::new()).await;
        }
    }

    async fn questions(&mut self, name: &str, buttons: &str) {
        let all = format!(
            "const all = new Map([...document.querySelectorAll({})].filter(shown).map((button) => [tidy(button.innerText), button]));",
            json!(buttons)
        );
        let count = self.phone.ask(&format!("{all} return all.size;"), Vec::new()).await.as_u64().unwrap_or(0);
        assert!(count > 0, "{name}: there is none of {buttons}");
        for at in 0..count {
            self.phone.ask(&format!("{all} [...all.values()][{at}].click();"), Vec::new()).await;
            self.wait("dialog[open]").await;
            self.phone.ask("if (document.querySelector('dialog[open] .input')) document.querySelector('dialog[open] form').requestSubmit();", Vec::new()).await;
            self.look(&format!("{name}-vraag-{}", at + 1)).await;
            self.press("dialog[open] button[type=button]").await;
            self.phone.see_that("return !document.querySelector('dialog[open]');", "the question is closed").await;
        }
    }

    async fn press(&self, selector: &str) {
        let script = format!("const found = first({}); found?.click(); return !!found;", json!(selector));
        self.phone.see_that(&script, &format!("{selector} is there")).await;
    }

    /// Waits until something is on the screen.
    pub async fn wait(&self, selector: &str) {
        if !selector.is_empty() {
            self.phone.see_that(&format!("return !!first({});", json!(selector)), &format!("{selector} is there")).await;
        }
    }

    /// Looks at the screen as it is, with all that is folded opened.
    pub async fn look(&mut self, name: &str) {
        let phone = self.phone;
        phone.ask_axe_in().await;
        phone.ask("document.querySelectorAll('main details').forEach((folded) => { folded.open = true; });", Vec::new()).await;
        phone.browser().execute_async(SETTLED, Vec::new()).await.expect("the screen settles");
        let said = phone.ask(&format!("{FIT}\nreturn said();"), Vec::new()).await;
        let lines: BTreeSet<String> = serde_json::from_value(said["lines"].clone()).expect("lines");
        let wanted = if self.english { "en" } else { "nl" };
        if said["lang"] != json!(wanted) {
            self.faults.push(format!("{name}: the page calls itself {}", said["lang"]));
        }
        self.said.insert(name.to_owned(), lines);
        // Between the two languages every width meets both sizes of text; the last of each is looked at with axe, once light and once dark.
        let ways = match self.english {
            false => [(NARROW, 200, "light"), (PHONE, 100, "light")],
            true => [(PHONE, 200, "light"), (NARROW, 100, "dark")],
        };
        for (size, text, theme) in ways {
            self.set(size, text, theme).await;
            let misfits = phone.ask(&format!("{FIT}\nreturn misfits({});", size.width), Vec::new()).await;
            for misfit in misfits.as_array().into_iter().flatten().filter_map(|misfit| misfit.as_str()) {
                self.faults.push(format!("{name} ({wanted}, {}, {text} %): {misfit}", size.name));
            }
            if pictures() {
                phone.unroll(size).await;
                phone.picture(&format!("elk-scherm-{name}-{wanted}-{}-{text}", size.name)).await;
            }
        }
        phone.unroll(ways[1].0).await;
        self.faults.extend(phone.violations().await.into_iter().map(|violation| format!("{name} ({wanted}): {violation}")));
        self.set(PHONE, 100, "light").await;
    }

    async fn set(&self, size: Size, text: u16, theme: &str) {
        self.phone.size(size).await;
        self.phone.cdp("Emulation.setPageScaleFactor", json!({ "pageScaleFactor": 1 })).await;
        self.phone.theme(theme).await;
        self.phone.ask(&format!("document.documentElement.dataset.text = '{text}';"), Vec::new()).await;
        self.phone.browser().execute_async(SETTLED, Vec::new()).await.expect("the screen settles");
    }
}

/// Whether every screen is to be photographed, for somebody to look at: `WAAKVLAM_PICTURES=1`.
fn pictures() -> bool {
    std::env::var_os("WAAKVLAM_PICTURES").is_some()
}

fn words(line: &str) -> Vec<String> {
    // What stands between quotes is called by its Dutch name.
    let outside: String = line.split(['“', '”']).step_by(2).collect();
    let lower = outside.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic() && c != '’' && c != '\'');
    let ours = |word: &&str| !word.is_empty() && !TYPED.split_whitespace().any(|typed| typed == *word);
    words.filter(ours).map(ToOwned::to_owned).collect()
}

fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|one| one == word)
}

/// Ends the journey with everything that was found on a walk in Dutch and one in English.
pub fn side_by_side(dutch: Walk<'_>, english: Walk<'_>) {
    let mut faults = dutch.faults;
    faults.extend(english.faults);
    let screens = |walk: &BTreeMap<String, BTreeSet<String>>| walk.keys().cloned().collect::<Vec<_>>();
    if screens(&dutch.said) != screens(&english.said) {
        faults.push(format!("not the same screens: {:?} and {:?}", screens(&dutch.said), screens(&english.said)));
    }
    let all_dutch: BTreeSet<&String> = dutch.said.values().flatten().collect();
    for (screen, lines) in &english.said {
        for line in lines {
            let words = words(line);
            if all_dutch.contains(line) && words.iter().any(|word| !has(SAME, word)) {
                faults.push(format!("{screen}: says in both languages “{line}”"));
            } else if let Some(word) = words.iter().find(|word| has(DUTCH, word)) {
                faults.push(format!("{screen}: “{word}” in English: “{line}”"));
            }
        }
    }
    for (screen, lines) in &dutch.said {
        for line in lines {
            if let Some(word) = words(line).iter().find(|word| has(ENGLISH, word)) {
                faults.push(format!("{screen}: “{word}” in Dutch: “{line}”"));
            }
        }
    }
    // The same bar or button stands on many screens: once is enough.
    let mut seen = BTreeSet::new();
    faults.retain(|fault| fault.split_once(": ").is_none_or(|(_, what)| seen.insert(what.to_owned())));
    assert!(faults.is_empty(), "{} faults:\n  {}", faults.len(), faults.join("\n  "));
}
