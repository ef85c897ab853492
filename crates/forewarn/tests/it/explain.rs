//! `forewarn explain`

use crate::check::forewarn;

#[test]
fn all_rules_are_listed_and_each_has_a_page() {
    let list = forewarn(&["explain"], "");
    assert_eq!(list.code, 0);
    for rule in forewarn_wording::RULES {
        assert!(list.out.contains(rule.id), "{} is not listed:\n{}", rule.id, list.out);
        let page = forewarn(&["explain", rule.id], "");
        assert_eq!(page.code, 0);
        assert_eq!(page.out.trim_end(), rule.page.trim_end());
    }
}

#[test]
fn an_unknown_rule_is_named_with_those_that_there_are() {
    let refused = forewarn(&["explain", "blaming"], "");
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("blaming") && refused.err.contains("blame,"), "{}", refused.err);
}
