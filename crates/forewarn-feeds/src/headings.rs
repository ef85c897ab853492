//! Headings and other short texts made comparable: case, accents, spacing and usual short forms.

/// Are both the same heading, but for case, accents and spaces?
pub(crate) fn same_heading(a: &str, b: &str) -> bool {
    a == b || comparable(a) == comparable(b)
}

/// What of a heading counts when it is compared with another.
pub(crate) fn comparable(heading: &str) -> String {
    spaced(&fold(heading))
}

/// `heading` as plain words in full: `ReqDlvDt` and "Req. Dlv Dt" are both "requested delivery date".
pub(crate) fn normalise(heading: &str) -> String {
    let apart = split_camel(without_parentheses(heading));
    let plain = plain_words(&fold(&apart.replace(['#', '№', '°', 'º'], " no ")));
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).map(in_full).collect();
    words.join(" ")
}

/// Lower case without accents.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|c| fold_char(c, &mut folded));
        }
    }
    folded
}

/// `folded` with everything but letters and digits turned into single spaces.
pub(crate) fn plain_words(folded: &str) -> String {
    spaced(&folded.replace(|c: char| !c.is_alphanumeric(), " "))
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fold_char(c: char, folded: &mut String) {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => folded.push('a'),
        'ç' => folded.push('c'),
        'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
        'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
        'ñ' => folded.push('n'),
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => folded.push('o'),
        'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
        'ý' | 'ÿ' => folded.push('y'),
        'ß' => folded.push_str("ss"),
        'œ' => folded.push_str("oe"),
        'æ' => folded.push_str("ae"),
        '\u{a0}' | '\u{202f}' => folded.push(' '),
        '\u{feff}' | '\u{200b}' | '\u{300}'..='\u{36f}' => {}
        other => folded.push(other),
    }
}

/// "Promised (dd/mm/yyyy)" is "Promised"; a heading that is all parentheses stays.
fn without_parentheses(heading: &str) -> &str {
    match heading.find(['(', '[']) {
        Some(at) if !heading[..at].trim().is_empty() => &heading[..at],
        _ => heading,
    }
}

/// `ConfirmedDeliveryDate` is "Confirmed Delivery Date", `PONumber` "PO Number".
fn split_camel(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut apart = String::with_capacity(text.len() + 8);
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| chars.get(i)).copied().unwrap_or(' ');
        let after = chars.get(i + 1).copied().unwrap_or(' ');
        let starts_word =
            c.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && after.is_lowercase()));
        if starts_word {
            apart.push(' ');
        }
        apart.push(c);
    }
    apart
}

/// Usual short forms of words in headings.
fn in_full(word: &str) -> &str {
    match word {
        "dt" => "date",
        "dlv" | "deliv" | "dely" | "dlvry" => "delivery",
        "req" | "reqd" | "rqst" | "reqested" => "requested",
        "prom" | "promise" | "promisd" => "promised",
        "cust" | "cus" => "customer",
        "ord" => "order",
        "num" | "nbr" | "nr" | "number" | "numero" | "nro" | "nummer" => "no",
        "qty" | "qnty" | "quant" => "quantity",
        "desc" | "descr" => "description",
        "exp" => "expected",
        "est" => "estimated",
        "sched" => "scheduled",
        "conf" | "confd" | "cnf" => "confirmed",
        "amt" => "amount",
        "curr" | "cur" | "ccy" => "currency",
        "acct" => "account",
        "mgr" => "manager",
        "tel" => "phone",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_all_houses_become_the_same_words() {
        for (heading, words) in [
            ("Prom Dt", "promised date"),
            ("ConfirmedDeliveryDate", "confirmed delivery date"),
            ("ReqestedDeliveryDate", "requested delivery date"),
            ("PO / SO #", "po so no"),
            ("Bestätigter  Liefertermin", "bestatigter liefertermin"),
            ("Quantité", "quantite"),
            ("commitment_date", "commitment date"),
            ("Promised (dd/mm/yyyy)", "promised"),
            ("LineNum", "line no"),
            ("N° de commande", "n no de commande"),
            ("PONumber", "po no"),
        ] {
            assert_eq!(normalise(heading), words, "{heading}");
        }
    }

    #[test]
    fn case_accents_and_spaces_do_not_make_another_heading() {
        assert!(same_heading("prom  dt ", "Prom Dt"));
        assert!(same_heading("Quantite", "Quantité"));
        assert!(!same_heading("Prom Dt", "Prom Date"));
    }
}
