//! Openen met vinger of gezicht: the offer, and the setting.

say! {
    TITLE = "Openen met vinger of gezicht";
    ASK = "Openen met je vinger of gezicht?";
    WHY = "Dan hoef je je vijf woorden niet steeds te typen. Het werkt ook zonder internet.";
    KEEP_WORDS = "Bewaar het papier met je vijf woorden. Soms heb je ze nog nodig, bijvoorbeeld op een andere telefoon.";
    ON_PHONE = "Je vingerafdruk of gezicht blijft op je telefoon. Wij krijgen het niet, en het kantoor ook niet.";
    WHO_ELSE = "Kan iemand anders je telefoon openen met een vinger of code? Dan kan die ook in deze app. Zeg dan: nu niet.";
    YES = "Ja, doe maar";
    NOT_NOW = "Nu niet";
    LATER = "Het kan later ook. Kijk dan bij “Meer”.";
    IS_ON = "Dit staat aan. Je opent de app met je vinger of gezicht. Je vijf woorden werken ook nog.";
    IS_OFF = "Dit staat uit. Je opent de app met je vijf woorden.";
    CANNOT = "Deze telefoon of browser kan dit niet. Je opent de app met je vijf woorden.";
    TURN_ON = "Zet aan";
    TURN_OFF = "Zet uit";
    TYPE_ONCE = "Typ één keer je vijf woorden. Daarna vraagt je telefoon om je vinger of gezicht.";
    OFF_SURE = "Weet je waar je vijf woorden staan? Zonder die woorden kom je er straks niet meer in.";
    OFF_YES = "Ja, zet uit";
    OFF_NO = "Nee, laat aan";
    NOT_MADE = "Het is niet gelukt. Er is niets veranderd. Probeer het nog eens, of ga verder met je vijf woorden.";
}
