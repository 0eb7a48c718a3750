//! Openen met vinger of gezicht: the offer, and the setting.

say! {
    title = "Openen met vinger of gezicht", "Open with finger or face";
    ask = "Openen met je vinger of gezicht?", "Open with your finger or face?";
    why = "Dan hoef je je vijf woorden niet steeds te typen. Het werkt ook zonder internet.", "Then you don’t have to type your five words every time. It works without internet, too.";
    keep_words = "Bewaar het papier met je vijf woorden. Soms heb je ze nog nodig, bijvoorbeeld op een andere telefoon.", "Keep the paper with your five words. Sometimes you still need them, for example on another phone.";
    on_phone = "Je vingerafdruk of gezicht blijft op je telefoon. Wij krijgen het niet, en het kantoor ook niet.", "Your fingerprint or face stays on your phone. We don’t get it, and the office doesn’t either.";
    who_else = "Kan iemand anders jouw telefoon openen, met een vinger of een code? Dan kan die persoon ook in deze app. Kies dan: “Nu niet”.", "Can somebody else open your phone with a finger or a code? Then they can open this app, too. If so, choose: “Not now”.";
    yes = "Ja, doe maar", "Yes, please";
    not_now = "Nu niet", "Not now";
    later = "Het kan later ook. Kijk dan bij “Meer”.", "You can do it later, too. Look under “More”.";
    is_on = "Dit staat aan. Je opent de app met je vinger of gezicht. Je vijf woorden werken ook nog.", "This is on. You open the app with your finger or face. Your five words still work, too.";
    is_off = "Dit staat uit. Je opent de app met je vijf woorden.", "This is off. You open the app with your five words.";
    cannot = "Deze telefoon of browser kan dit niet. Je opent de app met je vijf woorden.", "This phone or browser can’t do this. You open the app with your five words.";
    turn_on = "Zet aan", "Turn on";
    turn_off = "Zet uit", "Turn off";
    type_once = "Typ één keer je vijf woorden. Daarna vraagt je telefoon om je vinger of gezicht.", "Type your five words once. Then your phone asks for your finger or face.";
    off_sure = "Weet je waar je vijf woorden staan? Zonder die woorden kom je er straks niet meer in.", "Do you know where your five words are? Without them you can’t get in any more.";
    off_yes = "Ja, zet uit", "Yes, turn off";
    off_no = "Nee, laat aan", "No, leave on";
    not_made = "Het is niet gelukt. Er is niets veranderd. Probeer het nog eens, of ga verder met je vijf woorden.", "It did not work. Nothing has changed. Try again, or go on with your five words.";
}
