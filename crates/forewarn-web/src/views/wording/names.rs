//! The names that a case knows, and which of them stay in the house (rule 12).

use super::LONGEST;
use crate::views::scene::Scene;
use forewarn_wording::{Name, Role};

/// Names of the customer's side and of products, which are fine; and of our people, suppliers and departments.
pub(super) fn names(scene: &Scene) -> Vec<Name> {
    let fine = |name: String, role| Name { name, role, internal: false };
    let mut names = vec![fine(scene.customer.name.clone(), Role::Customer)];
    names.extend(scene.reach().name.map(|name| fine(name, Role::Customer)));
    names.extend(scene.case().lines.keys().map(|id| fine(scene.item(*id), Role::Product)));
    // Customers know who calls them.
    let known = |name: &str| name == scene.me.name || names.iter().any(|one| one.name == name);
    let ours = scene.people.iter().map(|person| person.name.as_str());
    let owners = scene.case().actions.iter().filter_map(|action| action.internal_owner.as_ref());
    let owners = owners.map(|owner| owner.for_our_people()).filter(|owner| looks_like_a_name(owner));
    let mut inside: Vec<Name> = ours
        .chain(owners)
        .filter(|name| !known(name))
        .map(|name| Name { name: name.to_owned(), role: Role::Person, internal: true })
        .collect();
    if let Some(cause) = &scene.case().cause.internal {
        let said = [Some(scene.company.name.clone()), scene.customer.settings.place.clone()];
        let outside = names.iter().map(|name| name.name.clone()).chain(said.into_iter().flatten());
        let outside: Vec<String> = outside.collect();
        let is_outside = |name: &str| outside.iter().any(|one| one.contains(name));
        let cause = cause.for_our_people();
        let read = cause.char_indices().nth(LONGEST).map_or(cause, |(end, _)| &cause[..end]);
        inside.extend(in_text(read).into_iter().filter(|found| !is_outside(&found.name)));
    }
    names.extend(inside);
    names.retain(|name| !name.name.is_empty());
    names
}

/// Suppliers and departments as a text for our own people names them: words with a capital that no
/// sentence asks for.
fn in_text(text: &str) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    let mut starts_sentence = true;
    let mut run: Vec<&str> = Vec::new();
    let words: Vec<&str> = text.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.trim_end_matches("'s").trim_end_matches("’s");
        let followed = words.get(at + 1).is_some_and(|next| {
            let next = next.trim_matches(|c: char| !c.is_alphanumeric());
            FIRMS.contains(&next.to_lowercase().as_str()) || looks_like_a_name(next)
        });
        if DEPARTMENTS.contains(&bare) {
            found.push(Name { name: bare.to_owned(), role: Role::Department, internal: true });
        } else if looks_like_a_name(bare)
            && !OPENERS.contains(&bare)
            && (!starts_sentence || !run.is_empty() || followed)
        {
            run.push(bare);
        } else {
            close(&mut run, &mut found);
        }
        if word.ends_with([',', ';', ':', '.', '!', '?', ')']) {
            close(&mut run, &mut found);
        }
        starts_sentence = word.ends_with(['.', '!', '?', ':']);
    }
    close(&mut run, &mut found);
    found
}

fn close(run: &mut Vec<&str>, found: &mut Vec<Name>) {
    if !run.is_empty() {
        found.push(Name { name: run.join(" "), role: Role::Supplier, internal: true });
        run.clear();
    }
}

/// One to three words, each with a capital and small letters; no day, no month, no article number.
fn looks_like_a_name(text: &str) -> bool {
    let one = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && word.chars().count() > 2
            && letters.all(|c| c.is_alphabetic() || c == '-')
            && word.chars().any(char::is_lowercase)
            && !CALENDAR.contains(&word)
    };
    let words = text.split_whitespace();
    words.clone().count() <= 3 && words.clone().next().is_some() && words.into_iter().all(one)
}

/// What our departments are called and nothing else is: "production" and "quality" are ordinary words.
const DEPARTMENTS: [&str; 6] =
    ["Purchasing", "Procurement", "Planning", "Logistics", "Finance", "Accounting"];

/// Before one of these, the word at the start of a sentence is the name of a firm.
const FIRMS: [&str; 9] = ["foundry", "mill", "shipping", "forwarding", "gmbh", "ltd", "inc", "bv", "spa"];

/// Words with a capital that begin sentences and no name.
const OPENERS: [&str; 12] =
    ["The", "This", "That", "These", "Our", "Their", "Its", "His", "Her", "All", "One", "Both"];

const CALENDAR: [&str; 21] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Christmas",
    "Easter",
];

#[cfg(test)]
mod tests {
    use super::in_text;

    #[test]
    fn suppliers_and_departments_are_found_where_no_sentence_asks_for_the_capital() {
        let check = |text: &str, expected: &[&str]| {
            let names: Vec<String> = in_text(text).into_iter().map(|name| name.name).collect();
            assert_eq!(names, expected, "{text}");
        };
        check("Holm foundry scrapped two batches; Purchasing knew since spring.", &["Holm", "Purchasing"]);
        check("The castings from Voltex came late, as in March.", &["Voltex"]);
        check("Nordic Freight lost it, says Ola Fjeld since Monday.", &["Nordic Freight", "Ola Fjeld"]);
        check("The Voltex castings came late.", &["Voltex"]);
        check("Castings arrived late. Stock of MS-40 in the ERP was wrong.", &[]);
    }
}
