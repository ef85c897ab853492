//! Month names in English, German, French and Spanish.

/// Names and beginnings of names, lower case and without accents. A word matches the month whose name it
/// begins, from three letters on, or whose usual short form it is.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janner", "jaenner", "janvier", "enero"],
    &["february", "februar", "feber", "fevrier", "febrero", "fevr"],
    &["march", "maerz", "marz", "mars", "marzo", "mrz"],
    &["april", "avril", "abril", "avr", "abr"],
    &["may", "mai", "mayo"],
    &["june", "juni", "juin", "junio"],
    &["july", "juli", "juillet", "julio", "juil"],
    &["august", "aout", "agosto", "ago"],
    &["september", "septembre", "septiembre", "setiembre", "sept"],
    &["october", "oktober", "octobre", "octubre", "okt"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "decembre", "diciembre", "dez", "dic"],
];

/// Weekdays and the small words between the parts of a date, which say nothing.
const FILLERS: &[&str] = &[
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "mo",
    "montag",
    "di",
    "dienstag",
    "mi",
    "mittwoch",
    "do",
    "donnerstag",
    "fr",
    "freitag",
    "sa",
    "samstag",
    "sonnabend",
    "so",
    "sonntag",
    "lun",
    "lundi",
    "lunes",
    "mar",
    "mardi",
    "martes",
    "mer",
    "mercredi",
    "mie",
    "miercoles",
    "jeu",
    "jeudi",
    "jue",
    "jueves",
    "ven",
    "vendredi",
    "vie",
    "viernes",
    "sam",
    "samedi",
    "sab",
    "sabado",
    "dim",
    "dimanche",
    "dom",
    "domingo",
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "de",
    "del",
    "le",
    "den",
    "the",
    "of",
];

/// The month (1 to 12) that `word` names. `word` is lower case and folded.
pub(super) fn month(word: &str) -> Option<i8> {
    if word.len() < 3 {
        return None;
    }
    let index = MONTHS.iter().position(|names| names.iter().any(|name| name.starts_with(word)))?;
    i8::try_from(index + 1).ok()
}

/// Is `word` one that may stand in a date without saying anything?
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}
