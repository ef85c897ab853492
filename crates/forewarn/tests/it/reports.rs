//! Reports, made as spreadsheets save them.

use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// A report as a German spreadsheet saves it: titles above the headings in row 4, semicolons, day first, decimal
/// comma, Windows-1252.
pub(crate) fn german(folder: &Path, name: &str, lines: &[Line]) -> anyhow::Result<PathBuf> {
    let mut rows = vec![
        "Offene Aufträge;;;;;;;".to_owned(),
        "Stand 20.11.2026;;;;;;;".to_owned(),
        ";;;;;;;".to_owned(),
        "Auftrag;Position;Kunde;Sachbearbeiter;Artikel;Menge;Bestätigter Termin;Voraussichtlicher Termin"
            .to_owned(),
    ];
    rows.extend(lines.iter().map(Line::german));
    let path = folder.join(name);
    // All of it is Latin-1, of which Windows-1252 is a superset.
    let bytes: Vec<u8> =
        rows.join("\r\n").chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    std::fs::write(&path, bytes)?;
    Ok(path)
}

/// A line of an open-order report.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) order: String,
    pub(crate) customer: &'static str,
    pub(crate) owner: &'static str,
    pub(crate) promised: Option<Date>,
    pub(crate) expected: Option<Date>,
}

impl Line {
    /// A line that is expected when it was promised.
    pub(crate) fn planned(order: &str, customer: &'static str, promised: Date) -> Self {
        let (promised, expected) = (Some(promised), Some(promised));
        Self { order: order.to_owned(), customer, owner: "jon@example.com", promised, expected }
    }

    /// The same line with another expected date, or none.
    pub(crate) fn now(&self, expected: Option<Date>) -> Self {
        Self { expected, ..self.clone() }
    }

    fn german(&self) -> String {
        let day =
            |date: Option<Date>| date.map(|date| date.strftime("%d.%m.%Y").to_string()).unwrap_or_default();
        let Self { order, customer, owner, promised, expected } = self;
        format!("{order};10;{customer};{owner};NP-40;1.240,5;{};{}", day(*promised), day(*expected))
    }
}
