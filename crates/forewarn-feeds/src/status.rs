//! What a status column says of a line, in four languages and in the words of the usual ERPs.

use crate::headings::{fold, plain_words};
use forewarn_domain::fact::LineStatus;

const DELIVERED: &[&str] = &[
    "delivered",
    "fully delivered",
    "complete",
    "completed",
    "completely delivered",
    "completely processed",
    "closed",
    "done",
    "received",
    "fulfilled",
    "finished",
    "invoiced",
    "billed",
    "to bill",
    "paid",
    "full",
    "geliefert",
    "ausgeliefert",
    "voll geliefert",
    "vollstandig geliefert",
    "abgeschlossen",
    "erledigt",
    "zugestellt",
    "berechnet",
    "fakturiert",
    "livre",
    "livree",
    "livres",
    "termine",
    "terminee",
    "cloture",
    "cloturee",
    "solde",
    "soldee",
    "facture",
    "facturee",
    "entregado",
    "entregada",
    "completado",
    "completada",
    "cerrado",
    "cerrada",
    "terminado",
    "facturado",
];
const CANCELLED: &[&str] = &[
    "cancelled",
    "canceled",
    "cancel",
    "void",
    "voided",
    "deleted",
    "rejected",
    "annulled",
    "lost",
    "storniert",
    "storno",
    "abgesagt",
    "geloscht",
    "abgelehnt",
    "annule",
    "annulee",
    "supprime",
    "rejete",
    "cancelado",
    "cancelada",
    "anulado",
    "anulada",
    "rechazado",
];
const ON_HOLD: &[&str] = &[
    "on hold",
    "hold",
    "held",
    "blocked",
    "delivery block",
    "credit hold",
    "credit block",
    "suspended",
    "gesperrt",
    "liefersperre",
    "sperre",
    "kreditsperre",
    "angehalten",
    "zuruckgestellt",
    "bloque",
    "bloquee",
    "en attente",
    "suspendu",
    "bloqueado",
    "bloqueada",
    "retenido",
    "en espera",
    "suspendido",
];

/// The status that `cell` means; anything unknown is an open line, which can't lose a promise.
pub(crate) fn read(cell: &str) -> LineStatus {
    if cell.is_empty() || cell.len() > 60 {
        return LineStatus::Open;
    }
    let words = plain_words(&fold(cell));
    let is = |list: &[&str]| list.contains(&words.as_str());
    if is(DELIVERED) {
        LineStatus::Delivered
    } else if is(CANCELLED) {
        LineStatus::Cancelled
    } else if is(ON_HOLD) {
        LineStatus::OnHold
    } else {
        LineStatus::Open
    }
}

/// Does a cell of a block or hold column say that the line is held? Anything but "no" does.
pub(crate) fn is_held(cell: &str) -> bool {
    let words = plain_words(&fold(cell));
    !matches!(
        words.as_str(),
        "" | "0" | "no" | "n" | "false" | "none" | "nein" | "non" | "falsch" | "faux" | "falso"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_words_of_four_languages_are_known_and_others_leave_a_line_open() {
        for (cell, status) in [
            ("To Deliver and Bill", LineStatus::Open),
            ("Partially delivered", LineStatus::Open),
            ("Vollständig geliefert", LineStatus::Delivered),
            ("Livré", LineStatus::Delivered),
            ("CANCELADO", LineStatus::Cancelled),
            ("On Hold", LineStatus::OnHold),
            ("", LineStatus::Open),
        ] {
            assert_eq!(read(cell), status, "{cell}");
        }
        assert!(is_held("01") && !is_held("No") && !is_held(""));
    }
}
