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
