//! Oefenen.

say! {
    title = "Oefenen";
    what = "Je krijgt een kleine buurt die niet bestaat. Alles werkt zoals in het echt, ook zonder internet.";
    safe = "Er wordt niets verstuurd. Niemand leest mee. Als je stopt, gooien we alles weg.";
    no_real = "Schrijf hier niets op over echte mensen.";
    begin = "Begin met oefenen";
    making = "We maken de oefenbuurt …";
    back = "Terug";
    elsewhere = "Er wordt al geoefend in een ander tabblad. Ga daarheen, of stop daar eerst.";
    not_made = "De oefenbuurt maken lukte niet. Er is niets kwijt. Probeer het opnieuw.";
    lock_first = "Je account is nu open. Doe het eerst op slot, dan kun je oefenen.";
    lock = "Op slot doen";
    bar = "Oefening.";
    bar_why = "Niets is echt, niets wordt verstuurd.";
    stop = "Stoppen met oefenen";
}
