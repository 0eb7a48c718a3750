//! Aanmelden, inloggen, openen.

use crate::sync::engine::Status;

say! {
    piece_missing = "Dit scherm is er nog niet", "This screen is not here yet";
    piece_why = "Deze telefoon heeft nog niet de hele app. Zorg dat je internet hebt en probeer het opnieuw. Wat je hebt opgeslagen, is veilig.", "This phone does not have the whole app yet. Make sure you have internet and try again. What you saved is safe.";

    show_words = "Toon de woorden", "Show the words";
    words = "Je vijf woorden", "Your five words";
    words_hint = "Met een spatie ertussen. Hoofdletters maken niet uit.", "With a space in between. Capital letters do not matter.";
    busy = "Even geduld …", "One moment …";
    try_again = "Opnieuw proberen", "Try again";
    no_signal = "Geen verbinding", "No connection";

    enrol = "Aanmelden", "Sign up";
    looking = "We kijken je link na …", "We are checking your link …";
    looking_offline = "Voor aanmelden heb je één keer internet nodig. Je link blijft gewoon werken.", "To sign up you need internet once. Your link will keep working.";
    no_code = "In deze link staat geen code", "There is no code in this link";
    no_code_do = "Er mist een stuk van de link. Open hem nog eens, of vraag je beheerder om een nieuwe link.", "A part of the link is missing. Open it once more, or ask your administrator for a new link.";
    unknown_code = "Deze link kennen we niet", "We don’t know this link";
    unknown_code_do = "Kijk of je de hele link hebt. Klopt de link? Vraag je beheerder dan om een nieuwe link.", "Check whether you have the whole link. Is it right? Then ask your administrator for a new link.";
    expired_code = "Deze link is te oud", "This link is too old";
    expired_code_do = "Een link werkt 72 uur. Er is niets mis met je telefoon. Vraag je beheerder om een nieuwe link.", "A link works for 72 hours. There is nothing wrong with your phone. Ask your administrator for a new link.";
    used_code = "Deze link is al gebruikt", "This link has been used already";
    used_code_do = "Een link werkt één keer. Was jij dat? Log dan in met je vijf woorden. Was jij het niet? Bel je beheerder.", "A link works once. Was that you? Then sign in with your five words. Was it not you? Call your administrator.";
    have_account = "Heb je al een account?", "Do you have an account already?";
    sign_in_here = "Log in op deze telefoon", "Sign in on this phone";
    your_words = "Dit zijn jouw vijf woorden", "These are your five words";
    your_words_do = "Met deze woorden open je de app. Schrijf ze op papier. Laat ze aan niemand zien.", "You open the app with these words. They are Dutch words: copy them letter by letter. Write them on paper. Show them to nobody.";
    wrote_them = "Ik heb ze opgeschreven", "I have written them down";
    other_words = "Andere woorden", "Other words";
    other_words_drawn = "Dit zijn vijf nieuwe woorden.", "These are five new words.";
    why_not_own = "Waarom kies ik niet zelf een woord?", "Why can’t I choose a word myself?";
    why_not_own_because = "Een wachtwoord dat je zelf bedenkt, kan iemand raden. Deze woorden niet. Raak je ze kwijt? Dan kan niemand ze terugvinden. Je krijgt dan een nieuwe link van je beheerder. Wat al verstuurd is, blijft bewaard.", "Somebody can guess a password that you make up. These words can’t be guessed. Do you lose them? Then nobody can find them again. Your administrator gives you a new link. What was sent already is kept.";
    check = "Typ je vijf woorden", "Type your five words";
    check_why = "Zo weten we dat ze goed op je papier staan.", "So we know that they are right on your paper.";
    check_label = "Jouw vijf woorden", "Your own five words";
    check_wrong = "Dit zijn niet dezelfde woorden. Kijk nog eens op je papier, of ga terug naar de woorden.", "These are not the same words. Look at your paper again, or go back to the words.";
    back_to_words = "Terug naar de woorden", "Back to the words";
    done_open = "Klaar, open de app", "Done, open the app";
    making = "We maken je account. Dat duurt een paar tellen.", "We are making your account. That takes a few seconds.";
    bad_list = "De woorden konden niet worden opgehaald. Probeer het opnieuw.", "We could not get the words. Try again.";

    sign_in = "Inloggen op deze telefoon", "Sign in on this phone";
    sign_in_needs = "Hiervoor heb je internet nodig.", "You need internet for this.";
    login_name = "Inlognaam", "Login name";
    login_name_hint = "Je kreeg hem van je beheerder, bijvoorbeeld jamila.k", "You got it from your administrator, for example jamila.k";
    login_name_empty = "Vul je inlognaam in.", "Fill in your login name.";
    sign_in_do = "Inloggen", "Sign in";
    practise = "Eerst oefenen, zonder account", "Practise first, without an account";
    signing_in = "We loggen je in en halen je buurt op.", "We are signing you in and getting your neighbourhood.";
    have_link = "Ik heb een link gekregen", "I got a link";
    have_link_do = "Open de link op deze telefoon: tik erop in je bericht, of scan de QR-code met je camera. De app geeft je dan vijf woorden.", "Open the link on this phone: tap it in your message, or scan the QR code with your camera. The app then gives you five words.";
    lost_words = "Ik ben mijn woorden kwijt", "I lost my words";
    lost_words_do = "Niemand kan ze terugvinden, wij ook niet. Vraag je beheerder om een nieuwe link. Wat al verstuurd is, blijft bewaard.", "Nobody can find them again, we can’t either. Ask your administrator for a new link. What was sent already is kept.";
    lost_words_waits = "Wat op deze telefoon nog wacht, wordt vanzelf verstuurd, ook zonder je woorden. Er wordt niets gewist.", "What still waits on this phone is sent by itself, also without your words. Nothing is wiped.";
    new_words = "Ik heb nieuwe woorden", "I have new words";
    to_open = "Een account op deze telefoon openen", "Open an account on this phone";

    open = "Openen", "Open";
    by_finger = "Open met vinger of gezicht", "Open with finger or face";
    asking = "Je telefoon vraagt nu om je vinger of gezicht.", "Your phone now asks for your finger or face.";
    not_by_finger = "Dat lukte niet. Probeer het nog eens, of typ je vijf woorden.", "That did not work. Try again, or type your five words.";
    who = "Wie ben je?", "Who are you?";
    on_this_phone = "Op deze telefoon", "On this phone";
    opening = "We openen je account …", "We are opening your account …";
    nothing_wiped = "Er wordt niets gewist. Na elke fout wacht je iets langer.", "Nothing is wiped. After each mistake you wait a little longer.";
    too_soon = "Dat was te snel na de vorige keer. Wacht even en probeer het opnieuw.", "That was too soon after the last time. Wait a moment and try again.";
    may_again = "Je kunt het nu opnieuw proberen.", "You can try again now.";
    other_account = "Iemand anders op deze telefoon", "Somebody else on this phone";
    look_at_paper = "Deze woorden kloppen niet. Kijk nog eens op je papier.", "These words are not right. Look at your paper again.";
    goes_by_itself = "Ze worden vanzelf verstuurd, ook als de app op slot is.", "They are sent by themselves, also while the app is locked.";
    goes_now = "Ze worden nu verstuurd.", "They are being sent now.";
    goes_after_sign_in = "Ze zijn veilig bewaard. Open de app om ze te versturen.", "They are safely kept. Open the app to send them.";
}

/// "Hallo Jamila".
#[must_use]
pub fn hello(name: &str) -> String {
    let first = name.split(' ').next().unwrap_or(name);
    tell!("Hallo {first}", "Hello {first}")
}

/// Under the greeting.
#[must_use]
pub fn your_login_name(login_name: &str) -> String {
    tell!("Welkom. Je inlognaam is {login_name}.", "Welcome. Your login name is {login_name}.")
}

/// On the button while it waits.
#[must_use]
pub fn wait(seconds: i64) -> String {
    match seconds {
        1 => both!("Wacht nog 1 seconde", "Wait 1 more second").to_owned(),
        2..=99 => tell!("Wacht nog {seconds} seconden", "Wait {seconds} more seconds"),
        _ => tell!("Wacht nog {}:{:02} minuten", "Wait {}:{:02} more minutes", seconds / 60, seconds % 60),
    }
}

/// On the opening screen: how many wait, and what becomes of them.
#[must_use]
pub fn waiting(status: &Status) -> (String, &'static str) {
    let what = match status.waiting {
        1 => both!("1 aantekening wacht nog op versturen.", "1 entry still waits to be sent.").to_owned(),
        waiting => tell!("{waiting} aantekeningen wachten nog op versturen.", "{waiting} entries still wait to be sent."),
    };
    let next = match status {
        Status { sign_in: true, .. } => goes_after_sign_in(),
        Status { pushing: true, .. } => goes_now(),
        _ => goes_by_itself(),
    };
    (what, next)
}
