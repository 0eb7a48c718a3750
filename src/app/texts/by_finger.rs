//! Openen met vinger of gezicht: the offer, and the setting.

say! {
    title = "Openen met vinger of gezicht";
    ask = "Openen met je vinger of gezicht?";
    why = "Dan hoef je je vijf woorden niet steeds te typen. Het werkt ook zonder internet.";
    keep_words = "Bewaar het papier met je vijf woorden. Soms heb je ze nog nodig, bijvoorbeeld op een andere telefoon.";
    on_phone = "Je vingerafdruk of gezicht blijft op je telefoon. Wij krijgen het niet, en het kantoor ook niet.";
    who_else = "Kan iemand anders je telefoon openen met een vinger of code? Dan kan die ook in deze app. Zeg dan: nu niet.";
    yes = "Ja, doe maar";
    not_now = "Nu niet";
    later = "Het kan later ook. Kijk dan bij “Meer”.";
    is_on = "Dit staat aan. Je opent de app met je vinger of gezicht. Je vijf woorden werken ook nog.";
    is_off = "Dit staat uit. Je opent de app met je vijf woorden.";
    cannot = "Deze telefoon of browser kan dit niet. Je opent de app met je vijf woorden.";
    turn_on = "Zet aan";
    turn_off = "Zet uit";
    type_once = "Typ één keer je vijf woorden. Daarna vraagt je telefoon om je vinger of gezicht.";
    off_sure = "Weet je waar je vijf woorden staan? Zonder die woorden kom je er straks niet meer in.";
    off_yes = "Ja, zet uit";
    off_no = "Nee, laat aan";
    not_made = "Het is niet gelukt. Er is niets veranderd. Probeer het nog eens, of ga verder met je vijf woorden.";
}
