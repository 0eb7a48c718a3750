//! What a supervisor answers.

/// What a supervisor asks back.
pub const REVIEW_QUESTIONS: &[&str] = &[
    "Heb je dit zelf gezien of gehoord van iemand?",
    "Weet zij dat je dit hebt opgeschreven?",
    "Wanneer ga je terug? Zet je het erbij?",
    "Heeft hij iemand die we mogen bellen?",
    "Zijn er kinderen in huis?",
    "Is het wijkteam hier al bekend?",
    "Zullen we hier samen naartoe gaan?",
    "Wat wil de bewoner zelf?",
    "Is dit anders dan vorige maand?",
    "Kun je indruk en feit nog uit elkaar halen?",
    "Is de huisarts al gebeld?",
    "Voelde jij je veilig daar?",
    "Kan dit wachten tot donderdag?",
    "Mag het in het overleg, denk je?",
];

/// What a worker answers, question by question.
pub const ANSWERS: [&str; REVIEW_QUESTIONS.len()] = [
    "Zelf gezien, bij de deur.",
    "Ja, dat heb ik gezegd. Het is goed.",
    "Volgende week. Ik zet het erbij.",
    "Dat vraag ik als ik er weer ben.",
    "Nee, er wonen geen kinderen.",
    "Nog niet, voor zover ik weet.",
    "Graag. Ik bel je erover.",
    "Vooral rust. En dat iemand af en toe langskomt.",
    "Ja, toen was er nog niets te merken.",
    "Wat ik zag staat er nu los van wat ik denk.",
    "Nee, dat wil de bewoner zelf doen.",
    "Ja hoor.",
    "Ja, dat kan wachten.",
    "Ja, dat lijkt me goed.",
];

/// What a supervisor says when there is nothing to ask.
pub const REVIEW_REMARKS: &[&str] = &[
    "Gezien. Goed dat je bent blijven zitten.",
    "Dank. Ik bel vandaag met het wijkteam.",
    "Gezien. Neem ik mee naar het overleg van donderdag.",
    "Fijn dat de deur openging.",
    "Goed opgelet. Bel mij als er iets verandert.",
    "Helder opgeschreven.",
    "Gezien. Ik pak dit op.",
    "Mooi, laat het hierbij. Gewoon koffie blijven drinken.",
    "Dank je. Ga hier niet alleen heen, neem een collega mee.",
    "Gezien. Woningbouw weet ervan, monteur komt morgen.",
];

/// Why a supervisor gives a signal back.
pub const GIVEN_BACK_REASONS: &[&str] = &[
    "Er staat een indruk bij de feiten. Wil je die verplaatsen?",
    "Dit gaat over de buurman. Zet je het bij zijn deur?",
    "Deze melding stond er al. Vul die aan.",
    "Er staat een naam van een kind in. Haal die eruit.",
    "Hoort bij de huismeester, niet bij ons.",
    "Vraag eerst of mevrouw dit goed vindt.",
];
