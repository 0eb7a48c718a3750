//! Oefenen.

say! {
    TITLE = "Oefenen";
    WHAT = "Je krijgt een kleine buurt die niet bestaat. Alles werkt zoals in het echt, ook zonder internet.";
    SAFE = "Er wordt niets verstuurd. Niemand leest mee. Als je stopt, gooien we alles weg.";
    NO_REAL = "Schrijf hier niets op over echte mensen.";
    BEGIN = "Begin met oefenen";
    MAKING = "We maken de oefenbuurt …";
    BACK = "Terug";
    ELSEWHERE = "Er wordt al geoefend in een ander tabblad. Ga daarheen, of stop daar eerst.";
    NOT_MADE = "De oefenbuurt maken lukte niet. Er is niets kwijt. Probeer het opnieuw.";
    LOCK_FIRST = "Je account is nu open. Doe het eerst op slot, dan kun je oefenen.";
    LOCK = "Op slot doen";
    BAR = "Oefening.";
    BAR_WHY = "Niets is echt, niets wordt verstuurd.";
    STOP = "Stoppen met oefenen";
}
