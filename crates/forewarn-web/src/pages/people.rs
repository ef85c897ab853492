//! People: who is here, and the names in reports that are nobody yet.

use super::shell::{Me, Place, Shell};
use super::sign_in::FieldError;
use super::tone::{Chip, Choice, Tone};
use askama::Template;

/// `GET /people`, for admins
#[derive(Debug, Template)]
#[template(path = "people.html")]
pub struct PeoplePage {
    /// The frame.
    pub shell: Shell,
    /// Everybody.
    pub people: Vec<PersonRow>,
    /// Names in reports that are nobody here yet; their work is in the team inbox.
    pub unknown: Vec<UnknownOwner>,
    /// Who an unknown name can be mapped to.
    pub mappable: Vec<Choice>,
    /// rep, leader, supply owner, admin
    pub roles: Vec<Choice>,
    /// The teams.
    pub teams: Vec<Choice>,
    /// A one-time link for somebody to choose a password. Shown once.
    pub invite: Option<Invitation>,
    /// Name and address as typed in the last try to add somebody.
    pub typed: (String, String),
    /// What was wrong with the last try to add somebody.
    pub wrong: Vec<FieldError>,
}

/// A link to choose a password.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Whom to give it to.
    pub name: String,
    /// The link.
    pub link: String,
    /// How long it works: "for a week".
    pub until: String,
}

/// One of our people.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// "/people/4"
    pub href: String,
    /// "Jon Eide"
    pub name: String,
    /// The mail address, which they sign in with.
    pub email: String,
    /// "rep, Nordic team"
    pub role: String,
    /// "31 customers"
    pub owns: String,
    /// active, invited, disabled
    pub state: Chip,
    /// Their role among all; the field `role`.
    pub roles: Vec<Choice>,
    /// Their team among all; the field `team`.
    pub teams: Vec<Choice>,
    /// Whether role and team can be changed (not your own).
    pub can_change: bool,
    /// Whether a new link to choose a password can be made.
    pub can_invite: bool,
    /// Whether they can be disabled (not yourself, not the last admin).
    pub can_disable: bool,
    /// Whether they are disabled and can come back.
    pub can_enable: bool,
}

/// A name in a report that is nobody here yet.
#[derive(Debug, Clone)]
pub struct UnknownOwner {
    /// What names it in a form.
    pub key: String,
    /// The name in the report: "JDOE".
    pub name: String,
    /// "4 customers"
    pub work: String,
}

impl PeoplePage {
    /// Some people, an unknown name and a fresh invitation.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let person = |name: &str, role: &str, state: Chip| PersonRow {
            href: "/people/4".into(),
            name: name.into(),
            email: "name@norpump.example".into(),
            role: role.into(),
            owns: "31 customers".into(),
            can_disable: state.text == "active",
            can_enable: state.text == "disabled",
            can_change: state.text != "disabled",
            can_invite: state.text == "invited",
            roles: Choice::list(&[("rep", "Rep"), ("leader", "Leader")], "rep"),
            teams: Choice::list(&[("1", "Nordic team"), ("2", "South")], "1"),
            state,
        };
        let admin = Me {
            id: "4".into(),
            name: "Ada Berg".into(),
            initials: "AB".into(),
            role: "admin".into(),
            imports: true,
            admin: true,
            leads: true,
            told: true,
        };
        let page = Self {
            shell: Shell { me: Some(admin), ..Shell::sample(Place::People) },
            people: vec![
                person("Jon Eide", "rep, Nordic team", Chip::new("active", Tone::Good)),
                person("Mia Lund", "leader, Nordic team", Chip::new("invited", Tone::Watch)),
                person("Ole Moe", "rep, Nordic team", Chip::new("disabled", Tone::Quiet)),
            ],
            unknown: vec![UnknownOwner {
                key: "jdoe".into(),
                name: "JDOE".into(),
                work: "4 customers".into(),
            }],
            mappable: Choice::list(&[("1", "Jon Eide"), ("2", "Mia Lund")], ""),
            roles: Choice::list(
                &[("rep", "Rep"), ("leader", "Leader"), ("supply-owner", "Supply owner"), ("admin", "Admin")],
                "rep",
            ),
            teams: Choice::list(&[("1", "Nordic team")], "1"),
            invite: Some(Invitation {
                name: "Mia Lund".into(),
                link: "http://127.0.0.1:8480/password/2Xk9".into(),
                until: "for a week".into(),
            }),
            typed: (String::new(), String::new()),
            wrong: Vec::new(),
        };
        vec![("some", page)]
    }
}
