//! The tokens of programs, in words.

use crate::pages::settings::{Nav, TokenRow, TokensPage};
use crate::pages::shell::Shell;
use crate::pages::tone::{Chip, Choice, Tone};
use crate::views::shown::Wall;
use forewarn_store::people::Person;
use forewarn_store::tokens::{ApiToken, TokenScope};

/// How long a token can work, in days, with its name.
pub(crate) const SPANS: [(&str, &str); 3] = [("30", "30 days"), ("90", "90 days"), ("365", "A year")];
/// Unless somebody chooses another.
pub(crate) const USUAL_SPAN: &str = "90";

/// What the page is made of.
pub(crate) struct Known<'a> {
    pub(crate) tokens: &'a [ApiToken],
    pub(crate) people: &'a [Person],
    pub(crate) me: &'a Person,
    /// Whether they see and make tokens of others, too.
    pub(crate) for_others: bool,
    /// Whether making one asks for their password.
    pub(crate) asks_password: bool,
    pub(crate) wall: &'a Wall,
}

/// The page.
pub(crate) fn page(shell: Shell, nav: Nav, known: &Known<'_>) -> TokensPage {
    let here = known.people.iter().filter(|person| person.disabled_at.is_none());
    let choice = |person: &Person| {
        let choice = Choice::new(person.id.to_string(), &person.name);
        if person.id == known.me.id { choice.chosen() } else { choice }
    };
    TokensPage {
        shell,
        nav,
        tokens: known.tokens.iter().map(|token| row(token, known)).collect(),
        made: None,
        for_others: known.for_others,
        asks_password: known.asks_password,
        people: here.map(choice).collect(),
        days: Choice::list(&SPANS, USUAL_SPAN),
        scopes: TokenScope::ALL
            .map(|scope| {
                let choice = Choice::new(scope.word(), good_for(scope));
                if scope == TokenScope::Read { choice.chosen() } else { choice }
            })
            .to_vec(),
        typed: String::new(),
        wrong: Vec::new(),
    }
}

fn row(token: &ApiToken, known: &Known<'_>) -> TokenRow {
    let now = known.wall.now;
    let name = |id| known.people.iter().find(|person| person.id == id).map(|person| person.name.clone());
    let state = match token {
        ApiToken { revoked_at: Some(_), .. } => Chip::new("taken back", Tone::Quiet),
        token if !token.works(now) => Chip::new("over", Tone::Quiet),
        _ => Chip::new("works", Tone::Good),
    };
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| in_short(*scope)).collect();
    TokenRow {
        id: token.id.to_string(),
        name: token.name.clone(),
        person: name(token.person).unwrap_or_default(),
        scopes: scopes.join(", "),
        last_used: token.last_used_at.map_or_else(|| "never".to_owned(), |at| known.wall.moment(at)),
        until: known.wall.day(known.wall.zone.to_datetime(token.expires_at).date()),
        state,
        works: token.works(now),
    }
}

fn good_for(scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Read => "Looking: promises, cases, customers, what is owed",
        TokenScope::Write => "Acts: on cases, evidence about dates, how customers are treated",
        TokenScope::Import => "Bringing reports, confirming and undoing them",
        TokenScope::Check => "The wording check",
        TokenScope::Admin => "People and teams, for admins",
    }
}

fn in_short(scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Read => "looking",
        TokenScope::Write => "acts",
        TokenScope::Import => "reports",
        TokenScope::Check => "wording",
        TokenScope::Admin => "people and teams",
    }
}
