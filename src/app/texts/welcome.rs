//! Aanmelden, inloggen, openen.

use crate::sync::engine::Status;

say! {
    piece_missing = "Dit scherm is er nog niet";
    piece_why = "Deze telefoon heeft nog niet de hele app. Zorg dat je internet hebt en probeer het opnieuw. Wat je hebt opgeslagen, is veilig.";

    show_words = "Toon de woorden";
    words = "Je vijf woorden";
    words_hint = "Met een spatie ertussen. Hoofdletters maken niet uit.";
    busy = "Even geduld …";
    try_again = "Opnieuw proberen";
    no_signal = "Geen verbinding";

    enrol = "Aanmelden";
    looking = "We kijken je link na …";
    looking_offline = "Voor aanmelden heb je één keer internet nodig. Je link blijft gewoon werken.";
    no_code = "In deze link staat geen code";
    no_code_do = "De link is niet helemaal overgekomen. Open hem nog eens, of vraag je beheerder om een nieuwe link.";
    unknown_code = "Deze link kennen we niet";
    unknown_code_do = "Kijk of de link helemaal is overgenomen. Klopt hij? Vraag je beheerder dan om een nieuwe link.";
    expired_code = "Deze link is te oud";
    expired_code_do = "Een link werkt 72 uur. Er is niets mis met je telefoon. Vraag je beheerder om een nieuwe link.";
    used_code = "Deze link is al gebruikt";
    used_code_do = "Een link werkt één keer. Was jij dat? Log dan in met je vijf woorden. Was jij het niet? Bel je beheerder.";
    have_account = "Heb je al een account?";
    sign_in_here = "Log in op deze telefoon";
    your_words = "Dit zijn jouw vijf woorden";
    your_words_do = "Met deze woorden open je de app. Schrijf ze op papier. Laat ze aan niemand zien.";
    wrote_them = "Ik heb ze opgeschreven";
    other_words = "Andere woorden";
    other_words_drawn = "Dit zijn vijf nieuwe woorden.";
    why_not_own = "Waarom kies ik niet zelf een woord?";
    why_not_own_because = "Zelf bedachte wachtwoorden zijn te raden. Deze woorden niet. Raak je ze kwijt? Dan kan niemand ze terugvinden. Je krijgt dan een nieuwe link van je beheerder. Wat al verstuurd is, blijft bewaard.";
    check = "Typ je vijf woorden";
    check_why = "Zo weten we dat ze goed op je papier staan.";
    check_label = "Jouw vijf woorden";
    check_wrong = "Dit zijn niet dezelfde woorden. Kijk nog eens op je papier, of ga terug naar de woorden.";
    back_to_words = "Terug naar de woorden";
    done_open = "Klaar, open de app";
    making = "We maken je account. Dat duurt een paar tellen.";
    bad_list = "De woorden konden niet worden opgehaald. Probeer het opnieuw.";

    sign_in = "Inloggen op deze telefoon";
    sign_in_needs = "Hiervoor heb je internet nodig.";
    login_name = "Inlognaam";
    login_name_hint = "Staat op je kaartje, bijvoorbeeld jamila.k";
    login_name_empty = "Vul je inlognaam in.";
    sign_in_do = "Inloggen";
    practise = "Eerst oefenen, zonder account";
    signing_in = "We loggen je in en halen je buurt op.";
    have_link = "Ik heb een link gekregen";
    have_link_do = "Open de link op deze telefoon: tik erop in je bericht, of scan de QR-code met je camera. De app geeft je dan vijf woorden.";
    lost_words = "Ik ben mijn woorden kwijt";
    lost_words_do = "Niemand kan ze terugvinden, wij ook niet. Vraag je beheerder om een nieuwe link. Wat al verstuurd is, blijft bewaard.";
    lost_words_waits = "Wat op deze telefoon nog wacht, wordt vanzelf verstuurd, ook zonder je woorden. Er wordt niets gewist.";
    new_words = "Ik heb nieuwe woorden";
    to_open = "Een account op deze telefoon openen";

    open = "Openen";
    by_finger = "Open met vinger of gezicht";
    asking = "Je telefoon vraagt nu om je vinger of gezicht.";
    not_by_finger = "Dat lukte niet. Probeer het nog eens, of typ je vijf woorden.";
    who = "Wie ben je?";
    on_this_phone = "Op deze telefoon";
    opening = "We openen je account …";
    nothing_wiped = "Er wordt niets gewist. Na elke fout wacht je iets langer.";
    too_soon = "Dat was te snel na de vorige keer. Wacht even en probeer het opnieuw.";
    may_again = "Je kunt het nu opnieuw proberen.";
    other_account = "Iemand anders op deze telefoon";
    look_at_paper = "Deze woorden kloppen niet. Kijk nog eens op je papier.";
    goes_by_itself = "Ze worden vanzelf verstuurd, ook als de app op slot is.";
    goes_now = "Ze worden nu verstuurd.";
    goes_after_sign_in = "Ze zijn veilig bewaard. Open de app om ze te versturen.";
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
        Status { sign_in: true, .. } => goes_after_sign_in(),
        Status { pushing: true, .. } => goes_now(),
        _ => goes_by_itself(),
    };
    (what, next)
}
