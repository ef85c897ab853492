use super::mix::Mix;

/// The `index`-th made-up message of about `words` words to a customer; the same in every run. Most sentences
/// are plain, some have a flaw, as real drafts do.
pub(super) fn message(index: usize, words: usize) -> String {
    let mut mix = Mix::of(9, index);
    let mut text = String::from("Hello Ms Holm,\n\n");
    let mut written = 3;
    while written < words {
        let sentence = sentence(&mut mix);
        written += sentence.split_whitespace().count();
        text.push_str(&sentence);
        text.push_str(if mix.per_mille(200) { "\n\n" } else { " " });
    }
    text.push_str("\n\nKind regards\nJon Weber\n");
    text
}

fn sentence(mix: &mut Mix) -> String {
    let pattern = mix.pick(&SENTENCES);
    let day = (1 + mix.below(28)).to_string();
    let order = format!("SO-{:05}", mix.below(99_999));
    pattern.replace("{day}", &day).replace("{order}", &order).replace("{item}", mix.pick(&ITEMS))
}

const ITEMS: [&str; 5] = ["bearings", "seal kits", "cartons", "control units", "drive shafts"];

const SENTENCES: [&str; 16] = [
    "I am calling about {order}, the {item} that we promised you for the {day}.",
    "They will reach you on {day} March, and not in the week that we agreed on.",
    "We did not notice in time that a part of ours was late, and that is on us.",
    "I know that your line needs them, so I want you to be able to plan around it today.",
    "We can send forty of the {item} by road on the {day} and the rest one week later.",
    "A substitute is in stock in Ulm, with the same thread and a longer guarantee.",
    "I will call you again on Thursday the {day} at ten, whether or not anything has changed.",
    "Please tell me which of these would help you the most, and what it would cost you if none did.",
    "The test of the second batch is booked for the {day}, and its report comes to you the same day.",
    "Thank you for telling me plainly what this means for your own customer.",
    "We are sorry for any inconvenience that this may have caused.",
    "The {item} should ship soon, hopefully before the end of the month.",
    "Our supplier let us down again, and purchasing did not tell anybody.",
    "There is a slight challenge with the timeline of {order}, nothing dramatic.",
    "We guarantee that this will never happen again under any circumstances.",
    "It was decided that the delivery would be postponed, as was announced in the last newsletter.",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_as_long_as_asked_and_the_same_every_time() {
        let words = message(7, 300).split_whitespace().count();
        assert!((300..340).contains(&words), "{words}");
        assert_eq!(message(7, 300), message(7, 300));
        assert_ne!(message(7, 300), message(8, 300));
    }
}
