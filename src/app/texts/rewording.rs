//! Verbeteren: a worry of one's own, in better words.

say! {
    title = "Signaal verbeteren", "Correct a signal";
    button = "Verbeteren", "Correct";
    at = "Verbeteren bij ", "Correct at ";
    why = "Wat er eerst stond, blijft in het logboek staan. Is het erger of minder erg geworden? Dat zet je bij het signaal zelf.", "What it said first stays in the journal. Has it become more or less serious? You set that at the signal itself.";
    nothing_new = "Je hebt nog niets veranderd.", "You have not changed anything yet.";
    not_here = "Dit signaal kun je niet verbeteren. Het is niet van jou, of het is ingetrokken.", "You cannot correct this signal. It is not yours, or it was taken back.";
    done = "Verbeterd", "Corrected";
    saved = "Signaal verbeterd", "Signal corrected";
}
