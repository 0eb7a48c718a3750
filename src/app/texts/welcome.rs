//! Aanmelden, inloggen, openen.

use crate::sync::engine::Status;

say! {
    PIECE_MISSING = "Dit scherm is er nog niet";
    PIECE_WHY = "Deze telefoon heeft nog niet de hele app. Zorg dat je internet hebt en probeer het opnieuw. Wat je hebt opgeslagen, is veilig.";

    SHOW_WORDS = "Toon de woorden";
    WORDS = "Je vijf woorden";
    WORDS_HINT = "Met een spatie ertussen. Hoofdletters maken niet uit.";
    BUSY = "Even geduld …";
    TRY_AGAIN = "Opnieuw proberen";
    NO_SIGNAL = "Geen verbinding";

    ENROL = "Aanmelden";
    LOOKING = "We kijken je link na …";
    LOOKING_OFFLINE = "Voor aanmelden heb je één keer internet nodig. Je link blijft gewoon werken.";
    NO_CODE = "In deze link staat geen code";
    NO_CODE_DO = "De link is niet helemaal overgekomen. Open hem nog eens, of vraag je beheerder om een nieuwe link.";
    UNKNOWN_CODE = "Deze link kennen we niet";
    UNKNOWN_CODE_DO = "Kijk of de link helemaal is overgenomen. Klopt hij? Vraag je beheerder dan om een nieuwe link.";
    EXPIRED_CODE = "Deze link is te oud";
    EXPIRED_CODE_DO = "Een link werkt 72 uur. Er is niets mis met je telefoon. Vraag je beheerder om een nieuwe link.";
    USED_CODE = "Deze link is al gebruikt";
    USED_CODE_DO = "Een link werkt één keer. Was jij dat? Log dan in met je vijf woorden. Was jij het niet? Bel je beheerder.";
    HAVE_ACCOUNT = "Heb je al een account?";
    SIGN_IN_HERE = "Log in op deze telefoon";
    YOUR_WORDS = "Dit zijn jouw vijf woorden";
    YOUR_WORDS_DO = "Met deze woorden open je de app. Schrijf ze op papier. Laat ze aan niemand zien.";
    WROTE_THEM = "Ik heb ze opgeschreven";
    OTHER_WORDS = "Andere woorden";
    OTHER_WORDS_DRAWN = "Dit zijn vijf nieuwe woorden.";
    WHY_NOT_OWN = "Waarom kies ik niet zelf een woord?";
    WHY_NOT_OWN_BECAUSE = "Zelf bedachte wachtwoorden zijn te raden. Deze woorden niet. Raak je ze kwijt? Dan kan niemand ze terugvinden. Je krijgt dan een nieuwe link van je beheerder. Wat al verstuurd is, blijft bewaard.";
    CHECK = "Typ je vijf woorden";
    CHECK_WHY = "Zo weten we dat ze goed op je papier staan.";
    CHECK_LABEL = "Jouw vijf woorden";
    CHECK_WRONG = "Dit zijn niet dezelfde woorden. Kijk nog eens op je papier, of ga terug naar de woorden.";
    BACK_TO_WORDS = "Terug naar de woorden";
    DONE_OPEN = "Klaar, open de app";
    MAKING = "We maken je account. Dat duurt een paar tellen.";
    BAD_LIST = "De woorden konden niet worden opgehaald. Probeer het opnieuw.";

    SIGN_IN = "Inloggen op deze telefoon";
    SIGN_IN_NEEDS = "Hiervoor heb je internet nodig.";
    LOGIN_NAME = "Inlognaam";
    LOGIN_NAME_HINT = "Staat op je kaartje, bijvoorbeeld jamila.k";
    LOGIN_NAME_EMPTY = "Vul je inlognaam in.";
    SIGN_IN_DO = "Inloggen";
    PRACTISE = "Eerst oefenen, zonder account";
    SIGNING_IN = "We loggen je in en halen je buurt op.";
    HAVE_LINK = "Ik heb een link gekregen";
    HAVE_LINK_DO = "Open de link op deze telefoon: tik erop in je bericht, of scan de QR-code met je camera. De app geeft je dan vijf woorden.";
    LOST_WORDS = "Ik ben mijn woorden kwijt";
    LOST_WORDS_DO = "Niemand kan ze terugvinden, wij ook niet. Vraag je beheerder om een nieuwe link. Wat al verstuurd is, blijft bewaard.";
    LOST_WORDS_WAITS = "Wat op deze telefoon nog wacht, wordt vanzelf verstuurd, ook zonder je woorden. Er wordt niets gewist.";
    NEW_WORDS = "Ik heb nieuwe woorden";
    TO_OPEN = "Een account op deze telefoon openen";

    OPEN = "Openen";
    BY_FINGER = "Open met vinger of gezicht";
    ASKING = "Je telefoon vraagt nu om je vinger of gezicht.";
    NOT_BY_FINGER = "Dat lukte niet. Probeer het nog eens, of typ je vijf woorden.";
    WHO = "Wie ben je?";
    ON_THIS_PHONE = "Op deze telefoon";
    OPENING = "We openen je account …";
    NOTHING_WIPED = "Er wordt niets gewist. Na elke fout wacht je iets langer.";
    TOO_SOON = "Dat was te snel na de vorige keer. Wacht even en probeer het opnieuw.";
    MAY_AGAIN = "Je kunt het nu opnieuw proberen.";
    OTHER_ACCOUNT = "Iemand anders op deze telefoon";
    LOOK_AT_PAPER = "Deze woorden kloppen niet. Kijk nog eens op je papier.";
    GOES_BY_ITSELF = "Ze worden vanzelf verstuurd, ook als de app op slot is.";
    GOES_NOW = "Ze worden nu verstuurd.";
    GOES_AFTER_SIGN_IN = "Ze zijn veilig bewaard. Open de app om ze te versturen.";
}

/// "Hallo Jamila".
#[must_use]
pub fn hello(name: &str) -> String {
    format!("Hallo {}", name.split(' ').next().unwrap_or(name))
}

/// Under the greeting.
#[must_use]
pub fn your_login_name(login_name: &str) -> String {
    format!("Welkom. Je inlognaam is {login_name}.")
}

/// On the button while it waits.
#[must_use]
pub fn wait(seconds: i64) -> String {
    match seconds {
        1 => "Wacht nog 1 seconde".to_owned(),
        2..=99 => format!("Wacht nog {seconds} seconden"),
        _ => format!("Wacht nog {}:{:02} minuten", seconds / 60, seconds % 60),
    }
}

/// On the opening screen: how many wait, and what becomes of them.
#[must_use]
pub fn waiting(status: &Status) -> (String, &'static str) {
    let what = match status.waiting {
        1 => "1 aantekening wacht nog op versturen.".to_owned(),
        waiting => format!("{waiting} aantekeningen wachten nog op versturen."),
    };
    let next = match status {
        Status { sign_in: true, .. } => GOES_AFTER_SIGN_IN,
        Status { pushing: true, .. } => GOES_NOW,
        _ => GOES_BY_ITSELF,
    };
    (what, next)
}
