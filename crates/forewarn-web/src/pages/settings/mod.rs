//! Settings: who is away, when people work, when somebody has to be told, and how word gets to them.

mod absences;
mod calendars;
mod chat;
mod escalation;
mod field;
mod index;
mod mail;
mod policy;
mod reach;
mod teams;
mod tokens;
mod webhooks;
mod wording;

pub use absences::{AbsenceCard, AbsenceForm, AbsencesPage};
pub use calendars::{
    CalendarCard, CalendarPage, CalendarsPage, CountryChoice, DayRow, FileDay, FilePage, StripRow, WeekDay,
    WeekStrip,
};
pub use chat::{ChatCard, ChatPage};
pub use escalation::{EscalationPage, Example, ExampleStep, LadderForm, StepRow, TimeStrip};
pub use field::Field;
pub use index::{IndexPage, IndexRow};
pub use mail::{MailPage, TrialNote};
pub use policy::PolicyPage;
pub use reach::{ReachPage, ReachRow};
pub use teams::{TeamCard, TeamsPage};
pub use tokens::{TokenRow, TokensPage};
pub use webhooks::{HookForm, HookRow, MessageRow, WebhookPage, WebhooksPage};
pub use wording::{RuleRow, WordingPage};

use askama::Template;

/// A part of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// `/people`
    People,
    /// `/settings/security`
    Security,
    /// `/settings/teams`
    Teams,
    /// `/settings/absences`
    Absences,
    /// `/settings/reach`
    Reach,
    /// `/settings/calendars`
    Calendars,
    /// `/settings/policy`
    Policy,
    /// `/settings/escalation`
    Escalation,
    /// `/settings/mail`
    Mail,
    /// `/settings/chat`
    Chat,
    /// `/settings/webhooks`
    Webhooks,
    /// `/settings/wording`
    Wording,
    /// `/me/tokens`
    Tokens,
}

impl Section {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 13] = [
        Self::People,
        Self::Security,
        Self::Teams,
        Self::Absences,
        Self::Reach,
        Self::Calendars,
        Self::Policy,
        Self::Escalation,
        Self::Mail,
        Self::Chat,
        Self::Webhooks,
        Self::Wording,
        Self::Tokens,
    ];

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::People => "People",
            Self::Security => "Sign-in and security",
            Self::Teams => "Teams",
            Self::Absences => "Absences",
            Self::Reach => "Can’t be reached",
            Self::Calendars => "Calendars",
            Self::Policy => "Policy",
            Self::Escalation => "Escalation",
            Self::Mail => "Mail",
            Self::Chat => "Chat",
            Self::Webhooks => "Webhooks",
            Self::Wording => "Wording",
            Self::Tokens => "Tokens",
        }
    }

    /// Where it is.
    #[must_use]
    pub const fn href(self) -> &'static str {
        match self {
            Self::People => "/people",
            Self::Security => "/settings/security",
            Self::Teams => "/settings/teams",
            Self::Absences => "/settings/absences",
            Self::Reach => "/settings/reach",
            Self::Calendars => "/settings/calendars",
            Self::Policy => "/settings/policy",
            Self::Escalation => "/settings/escalation",
            Self::Mail => "/settings/mail",
            Self::Chat => "/settings/chat",
            Self::Webhooks => "/settings/webhooks",
            Self::Wording => "/settings/wording",
            Self::Tokens => "/me/tokens",
        }
    }
}

/// The list of parts beside every page of the settings.
#[derive(Debug, Clone)]
pub struct Nav {
    /// The parts that this person may open.
    pub sections: Vec<Section>,
    /// The one that is open; `None` on the first page.
    pub here: Option<Section>,
}

impl Nav {
    /// Whether the part is the open one.
    #[must_use]
    pub fn is_here(&self, section: &Section) -> bool {
        self.here == Some(*section)
    }

    pub(super) fn sample(here: Section) -> Self {
        Self { sections: Section::ALL.to_vec(), here: Some(here) }
    }
}

/// Every sample of every page of the settings, rendered, by name.
///
/// # Errors
/// When a template can't be rendered.
pub(super) fn gallery() -> Result<Vec<(String, String)>, askama::Error> {
    let mut pages = Vec::new();
    add(&mut pages, "settings", IndexPage::samples())?;
    add(&mut pages, "settings-teams", TeamsPage::samples())?;
    add(&mut pages, "settings-absences", AbsencesPage::samples())?;
    add(&mut pages, "settings-calendars", CalendarsPage::samples())?;
    add(&mut pages, "settings-calendar", CalendarPage::samples())?;
    add(&mut pages, "settings-file", FilePage::samples())?;
    add(&mut pages, "settings-policy", PolicyPage::samples())?;
    add(&mut pages, "settings-escalation", EscalationPage::samples())?;
    add(&mut pages, "settings-mail", MailPage::samples())?;
    add(&mut pages, "settings-chat", ChatPage::samples())?;
    add(&mut pages, "settings-reach", ReachPage::samples())?;
    add(&mut pages, "settings-webhooks", WebhooksPage::samples())?;
    add(&mut pages, "settings-webhook", WebhookPage::samples())?;
    add(&mut pages, "settings-wording", WordingPage::samples())?;
    add(&mut pages, "settings-tokens", TokensPage::samples())?;
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
