//! Coming in: sign-in, the first admin's set-up, and the demo's choice of whom to be.

use super::shell::Shell;
use askama::Template;
use uuid::Uuid;

/// `GET /sign-in`
#[derive(Debug, Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// The frame.
    pub shell: Shell,
    /// The address that was typed before.
    pub email: String,
    /// What went wrong: "E-mail or password is not right."
    pub wrong: Option<String>,
    /// Where to go afterwards.
    pub onward: String,
    /// What the company's own sign-in is called, where there is one.
    pub elsewhere: Option<String>,
    /// Whether passwords are taken.
    pub passwords: bool,
}

/// On the way to the company's own sign-in, or out of it: a page that goes on by itself.
#[derive(Debug, Template)]
#[template(path = "security/leaving.html")]
pub struct LeavingPage {
    /// The frame.
    pub shell: Shell,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// Whether they are signing out.
    pub out: bool,
}

/// `GET /password/{token}`: an invited person chooses a password.
#[derive(Debug, Template)]
#[template(path = "password.html")]
pub struct PasswordPage {
    /// The frame.
    pub shell: Shell,
    /// The address of this page, to post to.
    pub action: String,
    /// Who they are.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// What is wrong with the password.
    pub wrong: Option<String>,
}

/// `GET /setup/{token}`: the one-time link that the first start prints.
#[derive(Debug, Template)]
#[template(path = "setup.html")]
pub struct SetupPage {
    /// The frame.
    pub shell: Shell,
    /// The address of this page, to post to.
    pub action: String,
    /// What was typed before: name, e-mail, company, time zone.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The company's name, as customers know it: "Norpump".
    pub company: String,
    /// The IANA time zone: "Europe/Oslo".
    pub zone: String,
    /// What is wrong, by field.
    pub wrong: Vec<FieldError>,
}

/// What is wrong with one field.
#[derive(Debug, Clone)]
pub struct FieldError {
    /// The id of the field, to jump to.
    pub field: String,
    /// What is wrong and what to do.
    pub text: String,
}

/// `GET /demo`: whom to be.
#[derive(Debug, Template)]
#[template(path = "demo.html")]
pub struct DemoPage {
    /// The frame.
    pub shell: Shell,
    /// The people of the demo.
    pub people: Vec<DemoPerson>,
}

/// Somebody to be.
#[derive(Debug, Clone)]
pub struct DemoPerson {
    /// Their number; sent as `person`.
    pub id: String,
    /// "Jon Eide"
    pub name: String,
    /// "JE"
    pub initials: String,
    /// "Rep"
    pub role: String,
    /// "5 calls today, one of them furious"
    pub about: String,
}

impl SignInPage {
    /// Fresh, and after a wrong password.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |email: &str, wrong: Option<&str>| Self {
            shell: Shell::outside(Uuid::from_u128(1)),
            email: email.into(),
            wrong: wrong.map(str::to_owned),
            onward: "/today".into(),
            elsewhere: None,
            passwords: true,
        };
        let wrong = "E-mail or password is not right. Try again, or ask your admin for a new link.";
        let elsewhere = || Some("Norpump".to_owned());
        vec![
            ("fresh", page("", None)),
            ("wrong", page("jon@norpump.example", Some(wrong))),
            ("elsewhere", Self { elsewhere: elsewhere(), ..page("", None) }),
            ("only-elsewhere", Self { elsewhere: elsewhere(), passwords: false, ..page("", None) }),
        ]
    }
}

impl LeavingPage {
    /// In and out.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |out| Self {
            shell: Shell::outside(Uuid::from_u128(1)),
            name: "Norpump".into(),
            address: "https://login.norpump.example/auth?client_id=forewarn&scope=openid".into(),
            out,
        };
        vec![("in", page(false)), ("out", page(true))]
    }
}

impl PasswordPage {
    /// Fresh, and after a short one.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |wrong: Option<&str>| Self {
            shell: Shell::outside(Uuid::from_u128(1)),
            action: "/password/abc".into(),
            name: "Jon Eide".into(),
            email: "jon@norpump.example".into(),
            wrong: wrong.map(str::to_owned),
        };
        vec![("fresh", page(None)), ("short", page(Some("The password has 4 characters. Use 10 or more.")))]
    }
}

impl SetupPage {
    /// Fresh, and with a password that is too short.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |wrong| Self {
            shell: Shell::outside(Uuid::from_u128(1)),
            action: "/setup/abc".into(),
            name: String::new(),
            email: String::new(),
            company: String::new(),
            zone: "Europe/Oslo".into(),
            wrong,
        };
        let short = FieldError {
            field: "password".into(),
            text: "The password has 6 characters. Take 15 or more; a sentence is good.".into(),
        };
        vec![("fresh", page(Vec::new())), ("wrong", page(vec![short]))]
    }
}

impl DemoPage {
    /// Three people.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let person = |id: &str, name: &str, initials: &str, role: &str, about: &str| DemoPerson {
            id: id.into(),
            name: name.into(),
            initials: initials.into(),
            role: role.into(),
            about: about.into(),
        };
        let people = vec![
            person("1", "Jon Eide", "JE", "Rep", "5 calls today, one of them furious"),
            person("2", "Mia Lund", "ML", "Leader", "sees what is known and not told in her team"),
            person("3", "Petra Kern", "PK", "Supply owner", "owns the facts about 14 dates"),
            person("4", "Ada Berg", "AB", "Admin", "imports reports, adds people"),
        ];
        vec![("all", Self { shell: Shell::outside(Uuid::from_u128(1)), people })]
    }
}
