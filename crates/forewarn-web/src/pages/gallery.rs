//! Every sample of every page, rendered: for the test below and for the pictures in `examples/gallery.rs`.

use super::{
    api, case, contacts, customers, import, letters, notices, people, problem, promises, second_step,
    security, settings, sign_in, talk, team, today, words,
};
use askama::Template;

/// The name and the HTML of every sample page.
///
/// # Errors
/// When a template can't be rendered.
pub fn gallery() -> Result<Vec<(String, String)>, askama::Error> {
    let mut pages = Vec::new();
    let all = &mut pages;
    add(all, "sign-in", sign_in::SignInPage::samples())?;
    add(all, "password", sign_in::PasswordPage::samples())?;
    add(all, "setup", sign_in::SetupPage::samples())?;
    add(all, "demo", sign_in::DemoPage::samples())?;
    add(all, "api", api::ApiPage::samples())?;
    add(all, "today", today::TodayPage::samples())?;
    add(all, "quiet", today::QuietPage::samples())?;
    add(all, "case", case::CasePage::samples())?;
    add(all, "sheet", case::SheetPage::samples())?;
    add(all, "history", case::HistoryPage::samples())?;
    add(all, "talk", talk::TalkPage::samples())?;
    add(all, "after", talk::AfterPage::samples())?;
    add(all, "promises", promises::PromisesPage::samples())?;
    add(all, "promise", promises::PromisePage::samples())?;
    add(all, "customers", customers::CustomersPage::samples())?;
    add(all, "customer", customers::CustomerPage::samples())?;
    add(all, "contacts", contacts::ContactsPage::samples())?;
    add(all, "contact-record", contacts::ContactRecordPage::samples())?;
    add(all, "people", people::PeoplePage::samples())?;
    add(all, "import", import::UploadPage::samples())?;
    add(all, "survey", import::SurveyPage::samples())?;
    add(all, "mapping", import::MappingPage::samples())?;
    add(all, "check", import::CheckPage::samples())?;
    add(all, "outcome", import::OutcomePage::samples())?;
    add(all, "team", team::TeamPage::samples())?;
    add(all, "letter", letters::LetterPage::samples())?;
    add(all, "write", letters::WritePage::samples())?;
    add(all, "notices", notices::NoticesPage::samples())?;
    add(all, "tap", notices::TapPage::samples())?;
    add(all, "words", words::WordsPage::samples())?;
    add(all, "leaving", sign_in::LeavingPage::samples())?;
    add(all, "code", second_step::CodePage::samples())?;
    add(all, "second-step", second_step::SetUpPage::samples())?;
    add(all, "recovery-codes", second_step::CodesPage::samples())?;
    add(all, "security-me", security::MySecurityPage::samples())?;
    add(all, "security-person", security::PersonSecurityPage::samples())?;
    add(all, "security", security::SecurityPage::samples())?;
    all.extend(settings::gallery()?);
    add(all, "problem", problem::ProblemPage::samples())?;
    Ok(pages)
}

fn add<T: Template>(
    pages: &mut Vec<(String, String)>,
    name: &str,
    samples: Vec<(&str, T)>,
) -> Result<(), askama::Error> {
    for (which, page) in samples {
        pages.push((format!("{name}-{which}"), page.render()?));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::gallery;
    use std::collections::HashSet;

    #[test]
    fn every_page_keeps_the_rules_of_a_page() {
        for (name, html) in gallery().unwrap() {
            assert_eq!(html.matches("<h1").count(), 1, "{name}: one h1");
            assert!(html.contains("<html lang=\"en\""), "{name}: lang");
            assert!(html.contains("<main"), "{name}: main");
            assert!(
                !html.contains("{{") && !html.contains("{%"),
                "{name}: a tag of the template is left over"
            );
            assert!(!html.contains(" style="), "{name}: inline style");
            assert!(!html.contains("<style"), "{name}: inline style sheet");
            for script in html.split("<script").skip(1) {
                assert!(script.contains("src=") && script.contains("></script>"), "{name}: inline script");
            }
            for handler in [" onclick=", " onchange=", " onsubmit=", " oninput=", "javascript:"] {
                assert!(!html.contains(handler), "{name}: {handler}");
            }
        }
    }

    #[test]
    fn every_field_has_a_label_and_every_id_is_used_once() {
        for (name, html) in gallery().unwrap() {
            let mut ids = HashSet::new();
            for id in html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(ids.insert(id.to_owned()), "{name}: the id {id} twice");
            }
            for (tag, rest) in tags(&html, &["input", "select", "textarea"]) {
                if tag.contains("type=\"hidden\"") {
                    continue;
                }
                let id = attribute(tag, "id");
                let by_id = id.is_some_and(|id| html.contains(&format!("for=\"{id}\"")));
                let wrapped = rest.find("</label>").is_some_and(|end| !rest[..end].contains("<label"));
                assert!(by_id || wrapped || tag.contains("aria-label"), "{name}: no label for <{tag}>");
            }
        }
    }

    #[test]
    fn every_form_that_changes_something_carries_its_entry() {
        for (name, html) in gallery().unwrap() {
            let mut entries = HashSet::new();
            for form in html.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next()) {
                if !form.split('>').next().is_some_and(|head| head.contains("method=\"post\"")) {
                    continue;
                }
                let entry =
                    form.split("name=\"entry\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
                let entry = entry.unwrap_or_else(|| panic!("{name}: a form without entry: {form}"));
                assert!(entries.insert(entry.to_owned()), "{name}: the entry {entry} twice");
            }
        }
    }

    #[test]
    fn every_icon_is_in_the_sprite() {
        for (name, html) in gallery().unwrap() {
            for icon in html.split("href=\"#i-").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(html.contains(&format!("id=\"i-{icon}\"")), "{name}: no icon {icon}");
            }
        }
    }

    fn tags<'a>(html: &'a str, names: &[&str]) -> Vec<(&'a str, &'a str)> {
        let starts = html.match_indices('<').map(|(at, _)| &html[at + 1..]);
        let named = starts.filter(|rest| names.iter().any(|name| rest.starts_with(&format!("{name} "))));
        named.filter_map(|rest| rest.split_once('>')).collect()
    }

    fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
        tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
    }
}
