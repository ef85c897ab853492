//! Which characters can be seen. "Told to" followed by what nobody can see is told to nobody.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup as Group, UnicodeGeneralCategory as _};

/// The text without white space around it, and without characters that turn the direction of what follows: with
/// them a text reads as something else than it says. `None` when nothing is left that can be seen.
pub(super) fn readable(text: &str) -> Option<String> {
    let text = text.replace(turns_direction, "");
    let text = text.trim();
    text.contains(can_be_seen).then(|| text.to_owned())
}

/// Embeddings, overrides and isolates of the Unicode Bidirectional Algorithm (UAX #9, 2.1 to 2.5). The marks of 2.6
/// only help along what is written from right to left, and stay.
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether there is something to see of this character alone: no space, control or format character, and no accent
/// without a letter.
fn can_be_seen(letter: char) -> bool {
    let group = letter.general_category_group();
    let shown = matches!(group, Group::Letter | Group::Number | Group::Punctuation | Group::Symbol);
    // Signs that this table of Unicode does not know yet are taken for ones that can be seen, and so are those that
    // each agrees on for themselves.
    let unknown = group == Group::Other && !letter.is_control() && !is_format(letter);
    (shown || unknown) && !is_blank(letter)
}

fn is_format(letter: char) -> bool {
    letter.general_category() == GeneralCategory::Format
}

/// Letters and signs without a shape: the fillers of Hangul, the Braille pattern without dots, a note without a
/// head; and what Unicode keeps free for more that is not shown (`Default_Ignorable_Code_Point` of
/// DerivedCoreProperties.txt, where the category does not say it).
fn is_blank(letter: char) -> bool {
    matches!(
        letter,
        '\u{115F}'
            | '\u{1160}'
            | '\u{3164}'
            | '\u{FFA0}'
            | '\u{2800}'
            | '\u{1D159}'
            | '\u{2065}'
            | '\u{FFF0}'..='\u{FFF8}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use crate::text::{CustomerText, InternalText};

    #[test]
    fn a_text_that_nobody_can_see_is_none() {
        for unseen in [
            "",
            " \t\n",
            "\u{a0}\u{2003}",
            "\u{200b}",
            "\u{202e}\u{2066}",
            "\u{3164}",
            "\u{115f}\u{1160}\u{ffa0}",
            "\u{2800}",
            "\u{301}",
            "\u{ad}\u{200d}\u{feff}",
            "\u{fe0f}",
            "\u{e0041}\u{e0fff}",
            "\u{0}\u{7f}",
        ] {
            assert_eq!(CustomerText::new(unseen), None, "{unseen:?}");
            assert_eq!(InternalText::new(unseen), None, "{unseen:?}");
        }
    }

    #[test]
    fn what_is_written_stays_as_it_is_in_any_script() {
        for text in [
            "Kari",
            "김",
            "e\u{301}",
            "محمد\u{200f}",
            "नमस्ते",
            "می\u{200c}خواهم",
            "👩\u{200d}🔧",
            "❤\u{fe0f}",
            "–",
            "?",
            "7",
            "\u{e000}",
        ] {
            assert_eq!(CustomerText::new(text).unwrap().as_str(), text);
            assert_eq!(InternalText::new(text).unwrap().for_our_people(), text);
        }
        assert_eq!(CustomerText::new(" Kari\n").unwrap().as_str(), "Kari");
    }

    #[test]
    fn no_text_turns_the_direction_of_what_follows() {
        let turned = CustomerText::new("\u{202e}12 November\u{2066} 2026\u{202c}").unwrap();
        assert_eq!(turned.as_str(), "12 November 2026");
    }
}
