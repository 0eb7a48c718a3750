//! Oefenen.

say! {
    title = "Oefenen", "Practise";
    what = "Je krijgt een kleine buurt die niet bestaat. Alles werkt zoals in het echt, ook zonder internet.", "You get a small neighbourhood that does not exist. Everything works as it really does, also without internet.";
    safe = "Er wordt niets verstuurd. Niemand leest mee. Als je stopt, gooien we alles weg.", "Nothing is sent. Nobody reads it. When you stop, we throw everything away.";
    no_real = "Schrijf hier niets op over echte mensen.", "Do not write anything here about real people.";
    begin = "Begin met oefenen", "Start to practise";
    making = "We maken de oefenbuurt …", "We are making the practice neighbourhood …";
    back = "Terug", "Back";
    elsewhere = "Er wordt al geoefend in een ander tabblad. Ga daarheen, of stop daar eerst.", "Somebody is practising already in another tab. Go there, or stop there first.";
    not_made = "De oefenbuurt maken lukte niet. Er is niets kwijt. Probeer het opnieuw.", "We could not make the practice neighbourhood. Nothing is lost. Try again.";
    lock_first = "Je account is nu open. Doe het eerst op slot, dan kun je oefenen.", "Your account is open now. Lock it first, then you can practise.";
    lock = "Op slot doen", "Lock";
    bar = "Oefening.", "Practice.";
    bar_why = "Niets is echt, niets wordt verstuurd.", "Nothing is real, nothing is sent.";
    stop = "Stoppen met oefenen", "Stop practising";
}
