//! `/cases/{id}/checks`: what the wording check says about a text, as a page. While one types, a module asks for
//! the same page and takes the advice out of it; without JavaScript, a button does.

use super::OnCase;
use crate::error::{self, AppError};
use crate::pages::shell::Shell;
use crate::pages::words::{Advice, Say, WordsPage};
use crate::routes::check::apart;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::letters::written;
use crate::views::scene::Scene;
use crate::views::wording::{Of, advice};
use axum::extract::Query;
use axum::response::Html;
use axum::routing::post;
use forewarn_domain::words::Mail;
use forewarn_store::wording::KeptWording;
use forewarn_wording::RULES;
use serde::Deserialize;

pub(super) fn routes() -> Table {
    Table::new().route("/cases/{id}/checks", post(check)).route("/cases/{id}/kept-words", post(keep))
}

/// Which text it is, as the address says: `?of=message`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OfText {
    of: Of,
}

async fn check(Query(OfText { of }): Query<OfText>, on: OnCase) -> Result<Html<String>, AppError> {
    show(on, of).await
}

/// Keeps a finding as it is, and checks again.
async fn keep(Query(OfText { of }): Query<OfText>, on: OnCase) -> Result<Html<String>, AppError> {
    let button = on.typed.get("keep");
    let unreadable = || AppError::Unreadable("Say which finding stays as it is.".to_owned());
    let (rule, sentence) = button.split_once(':').ok_or_else(unreadable)?;
    let known = RULES.iter().any(|known| known.id == rule);
    if !known || sentence.is_empty() || sentence.len() > LONGEST_FINGERPRINT {
        return Err(unreadable());
    }
    let kept = KeptWording {
        rule: rule.to_owned(),
        sentence: sentence.to_owned(),
        reason: on.typed.get(&format!("because-{rule}-{sentence}")).to_owned(),
        by: on.me.person.id,
        at: on.me.now,
    };
    if !on.state.store.keep_wording(on.me.scope(), on.id, &kept).await? {
        return Err(AppError::NotFound);
    }
    show(on, of).await
}

const LONGEST_FINGERPRINT: usize = 64;

async fn show(on: OnCase, of: Of) -> Result<Html<String>, AppError> {
    let scene = on.scene().await?;
    let shell = on.me.bare_shell(&on.state);
    let typed = on.typed;
    apart(move || error::page(&checked(scene, shell, &typed, of))).await?
}

fn checked(mut scene: Scene, shell: Shell, typed: &Typed, of: Of) -> WordsPage {
    // The moment that the letter names, and no other.
    if let Some(then) = typed.filled("then") {
        then.clone_into(&mut scene.draft.next_word_at);
    }
    let (title, field, keep) = form(of);
    let subject = of.stands_alone().then(|| typed.get("subject").to_owned());
    let about = |text: &str| advice(&scene, of, subject.as_deref(), text);
    let text = typed.get(field).replace("\r\n", "\n");
    let (text, advice) = match said_instead(&about(&text), typed) {
        Some(say) => {
            let text = replaced(&text, &say);
            let advice = about(&text);
            (text, advice)
        }
        None => {
            let advice = about(&text);
            (text, advice)
        }
    };
    let letter = subject.map(|subject| {
        let mail = Mail { subject, body: text.clone() };
        written(&scene, of, mail, typed.filled("address"), carried(typed, field))
    });
    WordsPage {
        shell,
        href: scene.href(),
        seen: typed.filled("seen").map_or_else(|| scene.case().version.to_string(), str::to_owned),
        customer: scene.customer.name.clone(),
        title: title.to_owned(),
        letter,
        field: field.to_owned(),
        carried: carried(typed, field),
        keep: keep.map(|(act, label)| (format!("{}/{act}", scene.href()), label.to_owned())),
        text,
        advice,
    }
}

/// What a text is called, the field that has it, and where it is kept, if it is.
fn form(of: Of) -> (&'static str, &'static str, Option<(&'static str, &'static str)>) {
    match of {
        Of::Message => ("Recap for them", "text", None),
        Of::Update => ("Update", "text", None),
        Of::Delivered => ("Delivered notice", "text", None),
        Of::FirstWord => ("E-mail as the first word", "text", None),
        Of::Cause => ("Cause, for the customer", "customer_safe", Some(("cause", "Keep both texts"))),
        Of::Step => ("What we do about it", "what", Some(("actions", "Add the step"))),
        Of::Option => ("An option for them", "title", Some(("options", "Add the option"))),
    }
}

/// The button *Say it this way*, without JavaScript.
fn said_instead(advice: &Advice, typed: &Typed) -> Option<Say> {
    let number: usize = typed.filled("say")?.parse().ok()?;
    advice.remarks.get(number)?.say.clone()
}

/// The text with other words in one place, counted in UTF-16 units as a browser does.
fn replaced(text: &str, say: &Say) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let part = |from: usize, to: usize| String::from_utf16_lossy(units.get(from..to).unwrap_or_default());
    format!("{}{}{}", part(0, say.from), say.words, part(say.to, units.len()))
}

/// The other fields of the form, so that the text can be kept from here.
fn carried(typed: &Typed, field: &str) -> Vec<(String, String)> {
    let ours = |name: &str| {
        name == field
            || matches!(name, "subject" | "say" | "keep" | "entry" | "seen" | "kind" | "address")
            || name.starts_with("because-")
    };
    typed.starting("").filter(|(name, _)| !ours(name)).map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
}
