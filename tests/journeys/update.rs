//! A new build of the app: offered, never forced, and nobody loses a word by it.

use std::path::PathBuf;

use serde_json::json;

use crate::support::builds::Build;
use crate::support::neighbourhood::DOOR;
use crate::support::office::Office;
use crate::support::phone::Phone;
use crate::support::{Journey, people, sealed_site, until};

const FIELD: &str = "Wat heb je gezien of gehoord?";
const READY: &str = "Nieuwe versie klaar";

/// Where the office's server finds the app.
fn site(office: &Office) -> PathBuf {
    office.file("site")
}

/// The office serves a build of which the next ones are made.
async fn first_build(journey: &mut Journey) -> Build {
    let build = Build::copy(&sealed_site(), journey.office.file("build-1"));
    build.put(&site(&journey.office));
    journey.office.serve(site(&journey.office));
    journey.office.open().await;
    build
}

/// The operator puts another build in place and starts the server again.
async fn upgrade(journey: &mut Journey, build: &Build) {
    journey.office.close();
    build.put(&site(&journey.office));
    journey.office.open().await;
}

impl Phone {
    /// Is this the page that was marked, of this build?
    async fn same_page(&self, build: &Build) {
        assert_eq!(self.ask("return window.marked === true;", Vec::new()).await, json!(true), "the page was not loaded again");
        assert_eq!(self.build().await, build.name);
    }

    /// Marks the page, so that it is known again.
    async fn mark_page(&self) {
        self.ask("window.marked = true;", Vec::new()).await;
    }

    async fn build(&self) -> String {
        let name = self.ask("return document.querySelector('meta[name=build]').content;", Vec::new()).await;
        name.as_str().unwrap_or_default().to_owned()
    }

    /// The signal goes and comes back: then the app looks whether there is a new build.
    async fn find_signal(&mut self) {
        self.offline().await;
        self.online().await;
    }

    /// Waits until this build is the page, loaded again. While it loads, the browser may not answer.
    async fn see_build(&self, build: &Build) {
        let so = format!("return document.querySelector('meta[name=build]')?.content === '{}' && !window.marked;", build.name);
        let there = async || {
            until(async || {
                let answer = self.browser().execute(so.as_str(), Vec::new()).await;
                answer.is_ok_and(|answer| answer.json() == &json!(true))
            })
            .await
        };
        // A browser may take half a minute to let the old service worker go. Then the banner is there again, and she taps again.
        if !there().await {
            self.tap("Nu bijwerken").await;
        }
        if !there().await {
            self.give_up(&format!("the page is not of build {}", build.name)).await;
        }
    }

    async fn text(&self) -> String {
        let text = self.ask("return document.querySelector('#gezien')?.value;", Vec::new()).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Types more where the field ends, key by key.
    async fn type_on(&self, text: &str) {
        let field = self.browser().find(thirtyfour::By::Css("#gezien")).await.expect("the field is there");
        field.send_keys(text).await.expect("it takes keys");
    }

    /// Goes from Vandaag to the form about a worry, and begins it.
    async fn begin_worry(&self, text: &str) {
        self.tap(&format!("Noteer bij {DOOR}")).await;
        self.tap("Ik maak me zorgen").await;
        self.tap("Geld").await;
        self.fill(FIELD, text).await;
    }

    /// The files that this phone keeps, by build.
    async fn kept_builds(&self) -> Vec<String> {
        let script = "const done = arguments[arguments.length - 1]; caches.keys().then((names) => done(names.map((name) => name.split('-')[1])));";
        let names = self.browser().execute_async(script, Vec::new()).await.expect("the caches answer");
        serde_json::from_value(names.json().clone()).expect("names")
    }

    /// Looks for a new build and waits until the browser gave it up.
    async fn see_it_fail(&self) {
        let script = "const done = arguments[arguments.length - 1];
            navigator.serviceWorker.getRegistration().then((registration) => {
              registration.addEventListener('updatefound', () => {
                const worker = registration.installing;
                worker.addEventListener('statechange', () => done(worker.state));
              }, { once: true });
              return registration.update();
            }).catch(() => {});";
        let state = self.browser().execute_async(script, Vec::new()).await.expect("the browser tries the new build");
        assert_eq!(state.json(), &json!("redundant"), "a build that is not whole is not installed");
    }
}

#[tokio::test]
async fn a_half_filled_form_survives_an_update_that_nobody_was_forced_to() {
    let mut journey = Journey::begin("update").await;
    let link = people::jamila(&journey.office).await;
    let a = first_build(&mut journey).await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    jamila.begin_worry("Er lag post van de").await;
    jamila.mark_page().await;
    journey.note("build A is open, with half a sentence in a form");

    // Build B appears while she types.
    let b = a.next(journey.office.file("build-2"));
    upgrade(&mut journey, &b).await;
    jamila.find_signal().await;
    jamila.see(READY).await;
    jamila.same_page(&a).await;
    assert_eq!(jamila.text().await, "Er lag post van de");
    let untouched = "const area = document.querySelector('#gezien');
        const { left, right, top, bottom } = area.getBoundingClientRect();
        const at = (x, y) => document.elementFromPoint(x, y) === area;
        const banner = document.querySelector('update-banner');
        const buttons = [...banner.querySelectorAll('button:not([hidden])')].map((button) => button.getBoundingClientRect());
        return [document.activeElement === area, at(left + 5, top + 5), at(right - 20, bottom - 5), banner.getAttribute('role') === 'status',
          buttons.length === 2, buttons.every(({ width, height }) => width >= 48 && height >= 48)];";
    let untouched = jamila.ask(untouched, Vec::new()).await;
    assert_eq!(
        untouched,
        json!([true, true, true, true, true, true]),
        "focus in the field; nothing over it; a status; two buttons, large enough"
    );
    journey.note("the banner is there; the same page, the same text, the focus where it was");
    jamila.look("nieuwe-versie").await;

    // The app that waits keeps working, also after "Straks".
    jamila.type_on(" deurwaarder").await;
    jamila.tap("Straks").await;
    jamila.see_no_more(READY).await;
    jamila.same_page(&a).await;
    jamila.type_on(", drie").await;
    jamila.find_signal().await;
    assert_eq!(jamila.text().await, "Er lag post van de deurwaarder, drie");
    jamila.tap("Later verder").await;
    jamila.see("Wat er eerder was").await;
    jamila.same_page(&a).await;
    jamila.go_in_app("/").await;
    jamila.tap(&format!("Noteer bij {DOOR}")).await;
    jamila.tap("Koffie, alles goed").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    assert!(until(async || journey.office.entries("visit").await == 2).await, "the old build sends to the new server");
    journey.note("put off: typing and sending go on");

    // At the next start it is offered again; not while words are being typed.
    jamila.go("/").await;
    jamila.see(READY).await;
    assert_eq!(jamila.build().await, a.name, "a start alone changes nothing while the app was open");
    jamila.look("nieuwe-versie-openen").await;
    jamila.fill("Je vijf woorden", "appel").await;
    jamila.see_no_more(READY).await;
    jamila.unlock(&phrase).await;
    jamila.see("Dag Jamila").await;
    jamila.see(READY).await;
    jamila.look("nieuwe-versie-vandaag").await;
    jamila.tap(&format!("Noteer bij {DOOR}")).await;
    jamila.tap("Ik maak me zorgen").await;
    jamila.see("Dit was nog niet af").await;
    assert_eq!(jamila.text().await, "Er lag post van de deurwaarder, drie");
    jamila.mark_page().await;

    // Now: with the very last keystroke still on its way to the disk.
    let at = jamila.browser().current_url().await.expect("an address");
    let last = "const area = document.querySelector('#gezien');
        area.value += ' brieven';
        area.dispatchEvent(new Event('input', { bubbles: true }));
        tappable('Nu bijwerken').click();";
    jamila.ask(last, Vec::new()).await;
    jamila.see_build(&b).await;
    jamila.unlock(&phrase).await;
    jamila.see("Ik maak me zorgen").await;
    jamila
        .see_that(
            "return document.querySelector('#gezien')?.value === 'Er lag post van de deurwaarder, drie brieven';",
            "the text is there",
        )
        .await;
    assert_eq!(jamila.browser().current_url().await.expect("an address"), at, "at the same address");
    assert!(!jamila.words().await.contains(READY));
    journey.note("updated when she said so: the text is there to the last letter, at the same address");
    jamila.tap("Bespreken").await;
    jamila.tap("Opslaan").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    assert!(until(async || journey.office.entries("concern").await == 1).await, "it reaches the office");

    // The files of A are still there for who waits; what never was is not the start page.
    let (old, never) = (a.hashed(".css"), "/style-0000000000000000.css".to_owned());
    assert_ne!(old, b.hashed(".css"));
    for (file, status) in [(format!("/{old}"), 200), (never, 404)] {
        let answer = reqwest::get(format!("{}{file}", journey.office.origin())).await.expect("an answer");
        assert_eq!(answer.status().as_u16(), status, "{file}");
    }
    jamila.close().await;
}

#[tokio::test]
async fn a_build_that_is_broken_stays_out_and_one_that_is_whole_needs_no_network() {
    let mut journey = Journey::begin("updates").await;
    let link = people::jamila(&journey.office).await;
    let a = first_build(&mut journey).await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.wait_until_installed().await;
    jamila.mark_page().await;

    // One file is missing; then the page is of the build before the service worker's.
    let b = a.next(journey.office.file("build-2"));
    journey.office.close();
    b.put(&site(&journey.office));
    for kind in ["", ".br", ".gz"] {
        let file = format!("{}{kind}", b.hashed(".css"));
        std::fs::remove_file(site(&journey.office).join(file)).expect("a file goes missing");
    }
    journey.office.open().await;
    jamila.see_it_fail().await;
    upgrade(&mut journey, &b).await;
    for file in ["index.html", "index.html.br", "index.html.gz"] {
        std::fs::copy(a.folder.join(file), site(&journey.office).join(file)).expect("the page of before");
    }
    jamila.see_it_fail().await;
    assert!(!jamila.words().await.contains(READY));
    assert_eq!(jamila.kept_builds().await, [a.name.as_str()], "nothing is left of what failed");
    jamila.same_page(&a).await;
    jamila.reload().await;
    jamila.unlock(&phrase).await;
    jamila.see("Dag Jamila").await;
    assert_eq!(jamila.build().await, a.name);
    journey.note("two broken builds: the old one stays in charge");

    // Two windows, one with half a form. The build is whole now; then the network goes.
    let first = jamila.browser().window().await.expect("a window");
    let second = jamila.browser().new_window().await.expect("another window");
    jamila.browser().switch_to_window(second.clone()).await.expect("another window");
    jamila.go("/").await;
    jamila.unlock(&phrase).await;
    jamila.begin_worry("Half").await;
    jamila.mark_page().await;
    upgrade(&mut journey, &b).await;
    jamila.find_signal().await;
    for window in [&first, &second] {
        jamila.browser().switch_to_window(window.clone()).await.expect("a window");
        jamila.see(READY).await;
    }
    journey.office.close();
    for window in [&second, &first] {
        jamila.browser().switch_to_window(window.clone()).await.expect("a window");
        jamila.offline().await;
    }
    jamila.tap("Nu bijwerken").await;
    jamila.see_build(&b).await;
    jamila.unlock(&phrase).await;
    jamila.see("Dag Jamila").await;
    journey.note("updated without a network");

    // The other window works on with its own build.
    jamila.browser().switch_to_window(second.clone()).await.expect("the other window");
    jamila.same_page(&a).await;
    jamila.see(READY).await;
    jamila.type_on("weg").await;
    let own = format!(
        "const done = arguments[arguments.length - 1];
        fetch('/{}').then((answer) => answer.text()).then((text) => done(text.length > 1000), () => done(false));",
        a.hashed(".css")
    );
    let own = jamila.browser().execute_async(&own, Vec::new()).await.expect("an answer");
    assert_eq!(own.json(), &json!(true), "a page of the build before finds its own files, also without a network");
    jamila.tap("Nu bijwerken").await;
    jamila.see_build(&b).await;
    jamila.unlock(&phrase).await;
    jamila.see_that("return document.querySelector('#gezien')?.value === 'Halfweg';", "the text is there").await;
    journey.note("the other window updated when it was told to, its text is there");

    // A third build is found, and the app is closed: the next start takes it, without asking.
    let c = b.next(journey.office.file("build-3"));
    upgrade(&mut journey, &c).await;
    jamila.online().await;
    jamila.see(READY).await;
    jamila.close().await;
    jamila.start().await;
    jamila.go("/").await;
    jamila.see_build(&c).await;
    assert!(!jamila.words().await.contains(READY));
    assert_eq!(jamila.kept_builds().await, [a.name.as_str(), b.name.as_str(), c.name.as_str()], "two builds before");
    jamila.unlock(&phrase).await;
    jamila.see("Dag Jamila").await;
    jamila.close().await;
    journey.note("found while open, taken at the next start");
}

#[tokio::test]
async fn an_app_that_is_too_old_says_so_and_goes_on_sending() {
    let mut journey = Journey::begin("too old").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    jamila.enrol(&link).await;
    jamila.see(DOOR).await;
    jamila.see("Alles verstuurd").await;

    // From here on the browser says another version in the app's name.
    jamila.cdp("Network.setExtraHTTPHeaders", json!({ "headers": { "app-version": "0.0.1" } })).await;
    jamila.find_signal().await;
    jamila.see("Bijwerken nodig").await;
    jamila.tap(&format!("Noteer bij {DOOR}")).await;
    jamila.tap("Koffie, alles goed").await;
    jamila.see("Opgeslagen op deze telefoon").await;
    jamila.see("Bijwerken nodig").await;
    assert!(until(async || journey.office.entries("visit").await == 2).await, "it is sent all the same");
    jamila.tap("Klaar").await;
    jamila.tap("Bijwerken nodig").await;
    jamila.see("Deze app is te oud om nieuws van het kantoor op te halen.").await;
    jamila.look("te-oud").await;

    jamila.cdp("Network.setExtraHTTPHeaders", json!({ "headers": {} })).await;
    jamila.find_signal().await;
    jamila.see("Alles verstuurd").await;
    jamila.see_no_more("Deze app is te oud").await;
    jamila.close().await;
}
