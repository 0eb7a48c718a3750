//! What people do again and again: enrol, open, lock, note.

use super::office::Office;
use super::phone::Phone;

impl Phone {
    /// Enrols with a link, as on paper: reads the five words that were drawn, types them, and is inside. Gives the words.
    pub async fn enrol(&self, link: &str) -> String {
        self.go(link).await;
        let phrase = self.read_words().await;
        self.tap("Ik heb ze opgeschreven").await;
        self.fill("Jouw vijf woorden", &phrase).await;
        self.tap("Klaar, open de app").await;
        phrase
    }

    /// The five words on the screen.
    pub async fn read_words(&self) -> String {
        self.see("Dit zijn jouw vijf woorden").await;
        self.see_many("ol.words > li", 5).await;
        let words = self.each("ol.words > li").await;
        assert_eq!(words.len(), 5, "five words are drawn: {words:?}");
        words.join(" ")
    }

    /// Opens the account of this phone.
    pub async fn unlock(&self, phrase: &str) {
        self.fill("Je vijf woorden", phrase).await;
        self.tap("Openen").await;
    }

    /// The same in the language that the phone speaks; and it is open then.
    pub async fn unlock_in(&self, phrase: &str, english: bool) {
        self.fill(if english { "Your five words" } else { "Je vijf woorden" }, phrase).await;
        self.tap(if english { "Open" } else { "Openen" }).await;
        self.see_many(".bar", 1).await;
    }

    /// Notes a contact at a door with one tile.
    pub async fn note(&self, door: &str, tile: &str) {
        self.choose_door(door).await;
        self.tap(tile).await;
        self.see("Opgeslagen op deze telefoon").await;
        self.tap("Klaar").await;
    }

    /// Writes a contact with a note at a door, and is at that door then.
    pub async fn write(&self, door: &str, note: &str) {
        self.choose_door(door).await;
        self.tap("Meer invullen").await;
        self.tap("Koffie").await;
        self.tap("Gesproken").await;
        self.fill("Wat wil je onthouden?", note).await;
        self.tap("Opslaan").await;
        self.see("Opgeslagen op deze telefoon").await;
    }

    /// Chooses a door under Snel noteren, also where its stairwell is folded.
    pub async fn choose_door(&self, door: &str) {
        self.go_in_app("/noteren").await;
        self.see("Bij welke deur?").await;
        let script = "document.querySelectorAll('main details').forEach((folded) => { folded.open = true; }); const row = [...document.querySelectorAll('a.row__link')].find((row) => tidy(row.querySelector('.row__title')?.textContent) === DOOR); row?.click(); return !!row;";
        self.see_that(&script.replace("DOOR", &serde_json::json!(door).to_string()), "there is such a door").await;
    }

    /// Waits until the service worker has everything that a start without a network needs.
    pub async fn wait_until_installed(&self) {
        let script = "const done = arguments[arguments.length - 1];
            navigator.serviceWorker.ready.then(({ active }) => {
              if (active.state === 'activated') return done(true);
              active.addEventListener('statechange', () => active.state === 'activated' && done(true));
            });";
        self.browser().execute_async(script, Vec::new()).await.expect("the app is kept by the service worker");
    }
}

/// A worker of the neighbourhood, and the places that go with it; gives the worker's link.
pub async fn jamila(office: &Office) -> String {
    office.add_neighbourhood();
    let link = office.add_user("jamila.k", "Jamila Kaya", "worker", Some(super::neighbourhood::NAME));
    office.add_places(&Default::default(), "jamila.k").await;
    link
}

/// The supervisor's link.
pub fn ineke(office: &Office) -> String {
    office.add_user("ineke.v", "Ineke Visser", "supervisor", Some(super::neighbourhood::NAME))
}

/// The first worker in the list of accounts: a login name and five words.
pub fn worker_of(accounts: &str) -> (String, String) {
    let mut lines = accounts.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let line = lines.find(|line| line.len() == 7 && line[1] == "worker");
    let line = line.unwrap_or_else(|| panic!("no worker in {accounts}"));
    (line[0].to_owned(), line[2..].join(" "))
}
