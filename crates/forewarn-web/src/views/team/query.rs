//! What is asked for in the address of Team.

use crate::views::shown::address;
use forewarn_domain::case::Age;
use forewarn_domain::ids::PersonId;

/// Which wait a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Wait {
    /// Known → told.
    #[default]
    Whole,
    /// Known → firm: the clock of supply.
    Facts,
    /// Firm → told: the clock of whoever tells.
    Telling,
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    /// "/team", or the page about oneself.
    pub(crate) path: String,
    /// Only this person.
    pub(crate) rep: Option<PersonId>,
    /// All that is untold, however much.
    pub(crate) all: bool,
    /// The two waits apart.
    pub(crate) apart: bool,
    /// Whose tellings are listed, in which band of which wait.
    pub(crate) listed: Option<(PersonId, Wait, Age)>,
}

impl Wait {
    const ALL: [Wait; 3] = [Wait::Whole, Wait::Facts, Wait::Telling];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Wait::Whole => "told",
            Wait::Facts => "facts",
            Wait::Telling => "telling",
        }
    }
}

impl Query {
    /// The band of one person that an address names, if it names one: `list=3.told.2-3`.
    pub(crate) fn read_list(text: &str) -> Option<(PersonId, Wait, Age)> {
        let mut parts = text.splitn(3, '.');
        let person = parts.next()?.parse().ok()?;
        let wait = parts.next().and_then(|word| Wait::ALL.into_iter().find(|wait| wait.word() == word))?;
        let age = parts.next().and_then(|word| Age::ALL.into_iter().find(|age| age.word() == word))?;
        Some((person, wait, age))
    }

    /// The address of the same page.
    pub(crate) fn address(&self) -> String {
        let on_team = self.path == "/team";
        let rep = self.rep.filter(|_| on_team).map(|rep| rep.to_string()).unwrap_or_default();
        let list = self.listed.map(|(person, wait, age)| format!("{person}.{}.{}", wait.word(), age.word()));
        let query = [
            ("rep", rep.as_str()),
            ("show", if self.all { "all" } else { "" }),
            ("waits", if self.apart { "apart" } else { "" }),
            ("list", list.as_deref().unwrap_or_default()),
        ];
        address(&self.path, &query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_the_picture_is_found_again_by_its_address() {
        for wait in Wait::ALL {
            for age in Age::ALL {
                let listed = (PersonId(3), wait, age);
                let query = Query { path: "/team".into(), listed: Some(listed), ..Query::default() };
                let list = query.address().split_once("list=").unwrap().1.to_owned();
                assert_eq!(Query::read_list(&list), Some(listed));
            }
        }
        assert_eq!(Query::read_list("3.told"), None);
        assert_eq!(Query::read_list("3.told.soon"), None);
    }
}
