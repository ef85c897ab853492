//! The second step of signing in: asked for, set up, and the codes for when the phone is gone.

use super::shell::{Place, Shell};
use crate::second_step::Picture;
use askama::Template;
use uuid::Uuid;

/// `GET /sign-in/code`
#[derive(Debug, Template)]
#[template(path = "security/code.html")]
pub struct CodePage {
    /// The frame.
    pub shell: Shell,
    /// The address they are signing in with.
    pub email: String,
    /// What was wrong with the last code.
    pub wrong: Option<String>,
}

/// `GET /me/second-step`, and `GET /sign-in/second-step` for whoever has to before they come in
#[derive(Debug, Template)]
#[template(path = "security/set_up.html")]
pub struct SetUpPage {
    /// The frame.
    pub shell: Shell,
    /// Where the first code goes.
    pub action: String,
    /// Where to go instead; `None` if it is required.
    pub back: Option<String>,
    /// What a phone reads.
    pub picture: Option<Picture>,
    /// The same, to be typed: "ABCD EFGH …"
    pub secret: String,
    /// What was wrong with the last code.
    pub wrong: Option<String>,
}

/// The answer to the first code: recovery codes, shown this once.
#[derive(Debug, Template)]
#[template(path = "security/codes.html")]
pub struct CodesPage {
    /// The frame.
    pub shell: Shell,
    /// What has just been done: "The second step is on."
    pub done: String,
    /// The codes.
    pub codes: Vec<String>,
    /// Where to go on.
    pub onward: String,
}

impl CodePage {
    /// Fresh, and after a wrong code.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |wrong: Option<&str>| Self {
            shell: Shell::outside(Uuid::from_u128(1)),
            email: "jon@norpump.example".into(),
            wrong: wrong.map(str::to_owned),
        };
        vec![("fresh", page(None)), ("wrong", page(Some("This code is not right.")))]
    }
}

impl SetUpPage {
    /// By choice, and because it is required.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let secret = "ORSWY3BAORUGK3JAMVQXE3DZ";
        let page = |shell: Shell, back: Option<&str>, wrong: Option<&str>| Self {
            shell,
            action: "/me/second-step".into(),
            back: back.map(str::to_owned),
            picture: crate::second_step::picture(secret, "jon@norpump.example"),
            secret: crate::second_step::in_groups(secret, " "),
            wrong: wrong.map(str::to_owned),
        };
        let outside = Shell::outside(Uuid::from_u128(1));
        vec![
            ("chosen", page(Shell::sample(Place::Elsewhere), Some("/me/security"), None)),
            ("required", page(outside, None, Some("This code is not right."))),
        ]
    }
}

impl CodesPage {
    /// Ten codes.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            shell: Shell::sample(Place::Elsewhere),
            done: "The second step is on.".into(),
            codes: vec!["ORSW-Y3BA-ORUG-K3JA".into(); 10],
            onward: "/me/security".into(),
        };
        vec![("new", page)]
    }
}
