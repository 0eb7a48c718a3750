//! The app comes in pieces: what happens when one of them does not come.

use crate::support::builds::Build;
use crate::support::{Journey, people, sealed_site};

impl Build {
    /// The same build without the files of a piece, as when a line breaks halfway.
    fn without(&self, piece: &str, to: std::path::PathBuf) -> Self {
        let partial = Self::copy(&self.folder, to);
        let files = std::fs::read_dir(&partial.folder).expect("a build").flatten().map(|entry| entry.path());
        let gone: Vec<_> = files.filter(|file| file.to_string_lossy().contains(&format!("piece-{piece}-"))).collect();
        assert!(!gone.is_empty(), "no {piece} in this app: was it built by `make app`, in pieces?");
        gone.iter().for_each(|file| std::fs::remove_file(file).expect("it can be taken away"));
        partial
    }
}

async fn serve(journey: &mut Journey, build: &Build) {
    journey.office.close();
    let site = journey.office.file("site");
    build.put(&site);
    journey.office.serve(site);
    journey.office.open().await;
}

#[tokio::test]
async fn no_account_is_made_on_half_an_app_and_a_screen_that_is_missing_says_so() {
    let mut journey = Journey::begin("pieces").await;
    let jamila_link = people::jamila(&journey.office).await;
    let ineke_link = people::ineke(&journey.office);
    let whole = Build::copy(&sealed_site(), journey.office.file("whole"));
    let no_office = whole.without("office", journey.office.file("no-office"));
    let no_work = no_office.without("work", journey.office.file("no-work"));

    // A worker far from home has to have all of it before there is an account to lose.
    serve(&mut journey, &no_work).await;
    let mut jamila = journey.phone("jamila").await;
    jamila.go("/inloggen").await;
    jamila.fill("Inlognaam", "jamila.k").await;
    jamila.fill("Je vijf woorden", "een twee drie vier vijf").await;
    jamila.tap("Inloggen").await;
    jamila.see("Deze telefoon heeft nog niet de hele app.").await;
    jamila.look("inloggen-halve-app").await;
    jamila.go(&jamila_link).await;
    jamila.see("Dit scherm is er nog niet").await;
    jamila.look("aanmelden-halve-app").await;
    journey.note("half an app: no account, and it says why");
    serve(&mut journey, &no_office).await;
    jamila.tap("Opnieuw proberen").await;
    let phrase = jamila.read_words().await;
    jamila.tap("Ik heb ze opgeschreven").await;
    jamila.fill("Jouw vijf woorden", &phrase).await;
    jamila.tap("Klaar, open de app").await;
    jamila.see("Dag Jamila").await;
    jamila.see("Alles verstuurd").await;
    jamila.close().await;
    journey.note("the rest is there: the same link");

    let mut ineke = journey.phone("ineke").await;
    ineke.enrol(&ineke_link).await;
    ineke.see("Dit scherm is er nog niet").await;
    ineke.look("scherm-ontbreekt").await;
    serve(&mut journey, &whole).await;
    ineke.tap("Opnieuw proberen").await;
    ineke.see_that("return document.title.startsWith('Binnengekomen');", "the screen is there").await;
    ineke.close().await;
    journey.note("a screen that could not be fetched says so, and comes when it can");
}
