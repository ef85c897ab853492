//! Words in date columns: *no date* is a state, *not given* is silence.

use crate::headings::fold;
use crate::profile::WordMeaning;
use forewarn_domain::fact::StatedDate;
use jiff::civil::Date;

/// Words that say that there is no date: English, German, French, Spanish.
const NO_DATE: &[&str] = &[
    "tbd",
    "tba",
    "tbc",
    "tbn",
    "to be determined",
    "to be advised",
    "to be announced",
    "to be confirmed",
    "to be defined",
    "no date",
    "no eta",
    "no promise",
    "unknown",
    "pending",
    "not confirmed",
    "unconfirmed",
    "not scheduled",
    "unscheduled",
    "not promised",
    "open",
    "on hold",
    "hold",
    "backorder",
    "back order",
    "backordered",
    "awaiting supply",
    "awaiting date",
    "delayed",
    "no commit",
    "uncommitted",
    "offen",
    "noch offen",
    "unbekannt",
    "kein termin",
    "kein datum",
    "ohne termin",
    "unbestatigt",
    "nicht bestatigt",
    "nicht terminiert",
    "wird noch bekanntgegeben",
    "nn",
    "n n",
    "in klarung",
    "gesperrt",
    "a confirmer",
    "a definir",
    "a determiner",
    "a preciser",
    "inconnu",
    "inconnue",
    "non confirme",
    "non confirmee",
    "sans date",
    "pas de date",
    "en attente",
    "bloque",
    "por confirmar",
    "por definir",
    "por determinar",
    "pendiente",
    "sin fecha",
    "sin confirmar",
    "desconocido",
    "desconocida",
    "a confirmar",
    "no confirmado",
    "no confirmada",
    "bloqueado",
];

/// Words that say nothing.
const NOT_GIVEN: &[&str] = &[
    "n a",
    "na",
    "not available",
    "not applicable",
    "none",
    "null",
    "nil",
    "nan",
    "nat",
    "empty",
    "blank",
    "date not captured",
    "not captured",
    "not recorded",
    "not entered",
    "not given",
    "not specified",
    "missing",
    "no data",
    "entfallt",
    "keine angabe",
    "k a",
    "nicht erfasst",
    "nicht verfugbar",
    "leer",
    "sans objet",
    "s o",
    "non renseigne",
    "non renseignee",
    "non applicable",
    "non disponible",
    "vide",
    "no aplica",
    "no disponible",
    "sin dato",
    "sin datos",
    "vacio",
];

/// What a word in a date column means, where it is one that everybody uses: "TBD", "N/A - From RDC",
/// "noch offen". `None` for words that a person has to explain once per profile.
pub fn known_word(cell: &str) -> Option<WordMeaning> {
    let cell = cell.trim();
    if cell.len() > 80 {
        return None;
    }
    if !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '.' | '*' | '#')) {
        return Some(WordMeaning::NotGiven);
    }
    if cell.chars().all(|c| c == '?') && !cell.is_empty() {
        return Some(WordMeaning::NoDate);
    }
    let folded = crate::headings::plain_words(&fold(cell));
    if NO_DATE.contains(&folded.as_str()) {
        return Some(WordMeaning::NoDate);
    }
    let silent = NOT_GIVEN.contains(&folded.as_str()) || folded.starts_with("n a ");
    silent.then_some(WordMeaning::NotGiven)
}

/// Cells that systems write for an empty date: `00.00.0000` (SAP), `0000-00-00`, `0`.
pub(crate) fn is_null_date(cell: &str) -> bool {
    let cell = cell.trim();
    !cell.is_empty()
        && cell.len() <= 24
        && cell.bytes().all(|b| b"0/-.: TZ".contains(&b))
        && cell.contains('0')
}

/// What a date that stands for "none" means: the first day of a calendar is how systems write an empty
/// cell, the last one how they write *no date*. `None` for every other date.
pub(crate) fn stand_in(date: Date) -> Option<StatedDate> {
    match (date.year(), date.month(), date.day()) {
        (2900.., 12, 31) | (9999, _, _) => Some(StatedDate::NoDate),
        (1 | 1753 | 1900 | 1970, 1, 1) | (1899, 12, 30 | 31) => Some(StatedDate::Blank),
        _ => None,
    }
}
