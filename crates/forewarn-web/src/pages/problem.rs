//! Pages for what went wrong: not found, not yours, changed meanwhile, our mistake, no connection.

use super::shell::{Place, Shell};
use askama::Template;

/// Any page that is not the one that was asked for.
#[derive(Debug, Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// The frame.
    pub shell: Shell,
    /// What is wrong, as a heading.
    pub title: String,
    /// Why, and what to do.
    pub text: String,
    /// What to quote to an admin; only for our own mistakes.
    pub reference: Option<String>,
    /// What was typed and not kept, so that it isn't lost: label and text.
    pub typed: Vec<(String, String)>,
    /// Where to go on: label and address.
    pub onward: (String, String),
    /// Whether the device shows it because it can't reach us; then it gives way when it can.
    pub offline: bool,
}

impl ProblemPage {
    /// 404: there is nothing here, or nothing that this person may see.
    #[must_use]
    pub fn not_found(shell: Shell) -> Self {
        Self::new(
            shell,
            "There is nothing here",
            "The address is wrong, or what was here belongs to another team.",
        )
    }

    /// 403: `what` is for others.
    #[must_use]
    pub fn forbidden(shell: Shell, what: &str) -> Self {
        Self::new(shell, "This is not yours to do", what)
    }

    /// 409: the case changed between showing and posting. `what` changed; `typed` was not kept.
    #[must_use]
    pub fn conflict(shell: Shell, what: &str, typed: Vec<(String, String)>, back: &str) -> Self {
        let onward = ("Look at it as it is now".to_owned(), back.to_owned());
        Self { typed, onward, ..Self::new(shell, "It changed while you were writing", what) }
    }

    /// 422: the act was refused; `why` names the reason and what to do.
    #[must_use]
    pub fn refused(shell: Shell, why: &str, typed: Vec<(String, String)>, back: &str) -> Self {
        let onward = ("Back".to_owned(), back.to_owned());
        Self { typed, onward, ..Self::new(shell, "That can’t be kept like this", why) }
    }

    /// 503: nothing can be saved at present; `why`.
    #[must_use]
    pub fn not_writable(shell: Shell, why: &str) -> Self {
        let text = format!(
            "What you have just entered was not kept: go back in your browser, where it still stands, and send it \
             again later. All that was saved before is safe. {why}"
        );
        // The page says it itself.
        let shell = Shell { read_only: None, ..shell };
        Self::new(shell, "Nothing can be saved at present", &text)
    }

    /// 500: our mistake.
    #[must_use]
    pub fn our_mistake(shell: Shell, reference: &str) -> Self {
        let text = "Nothing of what you entered before is lost. Try again; if it happens twice, give your admin this reference.";
        Self { reference: Some(reference.into()), ..Self::new(shell, "That was our mistake", text) }
    }

    /// What the device shows when it can't reach us.
    #[must_use]
    pub fn offline(shell: Shell) -> Self {
        let text = "What you entered is kept on this device and will be sent when you are back online. Talks that you had opened still work.";
        let onward = ("Try again".to_owned(), "/today".to_owned());
        Self { onward, offline: true, ..Self::new(shell, "No connection", text) }
    }

    fn new(shell: Shell, title: &str, text: &str) -> Self {
        Self {
            shell,
            title: title.into(),
            text: text.into(),
            reference: None,
            typed: Vec::new(),
            onward: ("To Today".into(), "/today".into()),
            offline: false,
        }
    }

    /// One of each.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let shell = || Shell::sample(Place::Elsewhere);
        let typed = || vec![("In their own words".to_owned(), "The yard slot is on the 12th.".to_owned())];
        let changed = "Mia Lund told this customer at 09:20. Your telling was not kept.";
        let why = "There is no new date and no next word. Say when they will hear from you.";
        vec![
            ("404", Self::not_found(shell())),
            ("403", Self::forbidden(shell(), "People are added by an admin: ask Ada Berg.")),
            ("409", Self::conflict(shell(), changed, typed(), "/cases/7")),
            ("422", Self::refused(shell(), why, typed(), "/cases/7")),
            ("503", Self::not_writable(shell(), "The disk of the database is full.")),
            ("500", Self::our_mistake(shell(), "4f7a-19c2")),
            ("offline", Self::offline(Shell { me: None, ..shell() })),
        ]
    }
}
