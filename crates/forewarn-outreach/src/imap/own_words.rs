/// What somebody wrote themselves, without the mail they answer. Where nothing would be left, all of it.
///
/// The quoted part begins at lines with `>`, together with the line above that introduces them ("On … wrote:"), at
/// the line that Outlook draws, or at its block of From, Sent, To, Subject.
pub(super) fn own_words(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut own: Vec<&str> = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with('>') {
            drop_introduction(&mut own);
        } else if is_divider(line) || is_header_block(&lines[at..]) {
            break;
        } else {
            own.push(line);
        }
    }
    let own = own.join("\n").trim().to_owned();
    if own.is_empty() { text.trim().to_owned() } else { own }
}

/// "Anna wrote on Friday:", perhaps over two lines, right above a quotation.
fn drop_introduction(own: &mut Vec<&str>) {
    while own.last().is_some_and(|line| line.trim().is_empty()) {
        own.pop();
    }
    if own.last().is_some_and(|line| line.trim_end().ends_with(':')) {
        own.pop();
        if own.last().is_some_and(|line| line.starts_with("On ") || line.starts_with("Am ")) {
            own.pop();
        }
    }
}

fn is_divider(line: &str) -> bool {
    let line = line.trim();
    let drawn = line.len() >= 20 && line.bytes().all(|byte| byte == b'_');
    drawn || (line.starts_with("-----") && line.ends_with("-----") && line.len() > 12)
}

/// Four lines in a row that look like headers, in whatever language.
fn is_header_block(lines: &[&str]) -> bool {
    let looks = |line: &&str| {
        line.trim().split_once(':').is_some_and(|(name, value)| {
            !name.is_empty() && name.len() <= 20 && !name.contains(' ') && value.starts_with([' ', '\t'])
        })
    };
    let has_address = |line: &&str| line.contains('@');
    lines.len() >= 4 && lines[..4].iter().all(looks) && lines[..4].iter().any(has_address)
}

#[cfg(test)]
mod tests {
    use super::own_words;

    #[test]
    fn what_is_quoted_is_left_out() {
        let check = |text: &str, expected: &str| assert_eq!(own_words(text), expected, "{text:?}");
        check(
            "That works.\r\n\r\nOn Fri, Nov 20, 2026 Kari wrote:\r\n> The pump\r\n> comes later\r\n",
            "That works.",
        );
        check("Gut.\n\nAm 20.11.2026 um 10:00 schrieb Kari\nNordmann <kari@example.com>:\n> spät", "Gut.");
        check("> when?\nOn Friday.\n> where?\nHere.", "On Friday.\nHere.");
        check("Ok\n-----Original Message-----\nFrom: a@b", "Ok");
        check("Ok\n________________________________\nVon: a@b", "Ok");
        check("Ok\n\nVon: Kari <k@example.com>\nGesendet: Freitag\nAn: Anna\nBetreff: x\n\nalt", "Ok");
        check("Price: 4\nQuantity: 5\nColour: red\nSize: 6", "Price: 4\nQuantity: 5\nColour: red\nSize: 6");
        check("> only\n> quoted", "> only\n> quoted");
        check("", "");
    }
}
