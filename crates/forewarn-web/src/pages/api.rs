//! The page that explains the API.

use super::shell::Shell;
use askama::Template;

/// `GET /api`
#[derive(Debug, Template)]
#[template(path = "api.html")]
pub struct ApiPage {
    /// The frame.
    pub shell: Shell,
    /// The calls, by what they are about.
    pub groups: Vec<CallGroup>,
    /// Why a call is not done.
    pub problems: Vec<ProblemRow>,
}

/// Calls that are about the same.
#[derive(Debug, Clone)]
pub struct CallGroup {
    /// "acts on a case"
    pub name: String,
    /// "acts-on-a-case"
    pub anchor: String,
    /// One sentence.
    pub says: String,
    /// The calls.
    pub calls: Vec<CallRow>,
}

/// One call.
#[derive(Debug, Clone)]
pub struct CallRow {
    /// "POST"
    pub method: String,
    /// "/api/v1/cases/{id}/tellings"
    pub path: String,
    /// "post-cases-by-id-tellings"
    pub anchor: String,
    /// The first sentence.
    pub says: String,
    /// More, if there is more to say.
    pub more: String,
    /// What the token must be good for.
    pub scope: String,
    /// What can be asked for in the address.
    pub query: Vec<FieldRow>,
    /// What can be said in the body.
    pub body: Vec<FieldRow>,
    /// What stands in the answer.
    pub answer: Vec<FieldRow>,
}

/// One field.
#[derive(Debug, Clone)]
pub struct FieldRow {
    /// "expectation"
    pub name: String,
    /// "date, range, none"
    pub kind: String,
    /// What it means.
    pub says: String,
    /// Whether it must be there.
    pub required: bool,
}

/// A kind of problem.
#[derive(Debug, Clone)]
pub struct ProblemRow {
    /// "refused": what stands behind the # in `type`.
    pub name: String,
    /// "422"
    pub status: String,
    /// "Refused"
    pub title: String,
    /// What to do.
    pub to_do: String,
}

impl ApiPage {
    /// A sample.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let field = |name: &str, kind: &str, says: &str| FieldRow {
            name: name.to_owned(),
            kind: kind.to_owned(),
            says: says.to_owned(),
            required: name == "fault",
        };
        let call = CallRow {
            method: "POST".to_owned(),
            path: "/api/v1/cases/{id}/fault".to_owned(),
            anchor: "post-cases-by-id-fault".to_owned(),
            says: "Whose doing it is.".to_owned(),
            more: String::new(),
            scope: "write".to_owned(),
            query: Vec::new(),
            body: vec![field("fault", "ours, customers", "“Not known yet” is an answer.")],
            answer: vec![field("done", "true or false", "Always true: what is not done is a problem.")],
        };
        let group = CallGroup {
            name: "acts on a case".to_owned(),
            anchor: "acts-on-a-case".to_owned(),
            says: "What people do about it.".to_owned(),
            calls: vec![call],
        };
        let problem = ProblemRow {
            name: "refused".to_owned(),
            status: "422".to_owned(),
            title: "Refused".to_owned(),
            to_do: "Mend what detail says, and send it again.".to_owned(),
        };
        let shell = Shell { me: None, ..Shell::sample(super::shell::Place::Elsewhere) };
        vec![("some", Self { shell, groups: vec![group], problems: vec![problem] })]
    }
}
