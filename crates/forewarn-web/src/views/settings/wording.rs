//! How often each rule of the wording check was overruled.

use crate::pages::settings::{Nav, RuleRow, WordingPage};
use crate::pages::shell::Shell;
use crate::pages::tone::Choice;
use crate::views::shown::count;
use forewarn_wording::RULES;

/// How far back one can look, in days, with its name.
pub(crate) const SPANS: [(&str, &str); 3] = [("30", "30 days"), ("90", "90 days"), ("365", "365 days")];

/// The page. `kept` is how often each rule was overruled in the last `days`, the most first.
pub(crate) fn page(shell: Shell, nav: Nav, kept: &[(String, u32)], days: &str) -> WordingPage {
    let most = kept.iter().map(|(_, times)| *times).max().unwrap_or(0);
    let times = |rule: &str| kept.iter().find(|(name, _)| name == rule).map_or(0, |(_, times)| *times);
    let mut rules: Vec<RuleRow> = RULES
        .iter()
        .map(|rule| RuleRow {
            name: rule.id.to_owned(),
            why: rule.why.to_owned(),
            kept: times(rule.id),
            share: (times(rule.id) * 100).checked_div(most).unwrap_or(0),
        })
        .collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.kept));
    WordingPage { shell, nav, since: Choice::list(&SPANS, days), summary: summary(&rules, days), rules }
}

fn summary(rules: &[RuleRow], days: &str) -> String {
    let sentences: u64 = rules.iter().map(|rule| u64::from(rule.kept)).sum();
    let against = rules.iter().filter(|rule| rule.kept > 0).count();
    if sentences == 0 {
        return format!("In the last {days} days, no sentence was kept against a rule.");
    }
    let (were, of) = (if sentences == 1 { "was" } else { "were" }, rules.len());
    let sentences = count(sentences, "sentence", "sentences");
    format!(
        "In the last {days} days, {sentences} {were} kept as written, against {against} of the {of} rules."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_rule_that_is_overruled_most_stands_first() {
        let nav = Nav { sections: Vec::new(), here: None };
        let kept = [("litany".to_owned(), 4), ("blame".to_owned(), 1)];
        let page = page(Shell::outside(Uuid::nil()), nav, &kept, "90");
        let first: Vec<_> = page.rules.iter().take(3).map(|rule| (rule.kept, rule.share)).collect();
        assert_eq!(first, [(4, 100), (1, 25), (0, 0)]);
        assert_eq!(
            page.summary,
            format!(
                "In the last 90 days, 5 sentences were kept as written, against 2 of the {} rules.",
                RULES.len()
            )
        );
    }
}
