//! Where it is.

/// How the neighbourhood is called.
pub const NEIGHBOURHOOD: &str = "Oosterwaard";

/// The four complexes: name, street, and what the doors of a stairwell open on to.
pub const COMPLEXES: &[(&str, &str, &str)] = &[
    ("De Lindehof", "Lindehof", "portiek"),
    ("Kanaalzicht", "Trekvaartkade", "galerij"),
    ("De Wevershoek", "Weversstraat", "portiek"),
    ("Molenwerf", "Molenwerf", "hof"),
];

/// Streets of the neighbourhood without a complex of ours; for spots and messages.
pub const STREETS: &[&str] =
    &["Bleekersstraat", "Kuiperspad", "Touwbaan", "Oude Sluisweg", "Vlasakker", "Merelplein", "Zandpad", "Spinnersgang"];

/// Places without a door, where half of all contacts are.
pub const SPOTS: &[&str] = &[
    "Merelplein",
    "Buurtkamer De Huiskamer",
    "Speeltuin aan de Touwbaan",
    "Bankjes bij de vijver",
    "Wasserette Kuiperspad",
    "Moestuin achter de Molenwerf",
    "Bushalte Trekvaartkade",
    "Plint van Kanaalzicht",
];

/// Things of the building, which are about things only.
pub const BUILDING_NOTES: &[&str] = &[
    "Lamp op de tweede verdieping is kapot.",
    "Lift staat stil. Briefje hangt er sinds gisteren.",
    "Voordeur sluit niet vanzelf.",
    "Grofvuil bij de containers.",
    "Ruitje van de brievenbussen ingetikt.",
    "Plas water in de kelder.",
    "Bel van het portiek doet het niet.",
    "Trapleuning zit los.",
    "Container zit vol, zakken ernaast.",
    "Verf op de muur bij de ingang.",
    "Fietsen voor de nooduitgang.",
    "Buitenlamp knippert.",
];
