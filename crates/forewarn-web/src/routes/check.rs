//! `POST /api/v1/check`: the wording check for programs.

use crate::error::AppError;
use crate::me::Me;
use crate::routes::cases::load;
use crate::state::AppState;
use crate::views::wording::{self, Of};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::post;
use axum::{Json, Router, body::Bytes};
use forewarn_wording::{Channel, Context, Fault, Kind, Part, Parts, Report, Severity};
use serde::{Deserialize, Serialize};

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/check", post(check).layer(DefaultBodyLimit::max(MOST)))
}

/// Bytes of JSON that a request may have.
const MOST: usize = 100 * 1024;

/// What to check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The draft.
    text: String,
    /// The case that it is for; its facts are taken from there.
    #[serde(default)]
    case: Option<i64>,
    /// What the text is; a whole message unless said otherwise.
    #[serde(default)]
    of: Of,
    /// In place of the case's.
    #[serde(default)]
    fault: Option<Fault>,
    /// How it will be said or sent.
    #[serde(default)]
    channel: Option<Channel>,
    /// What kind of bad news it is.
    #[serde(default)]
    kind: Option<Kind>,
    /// 1 for the first word, 2 for the next.
    #[serde(default)]
    round: Option<u8>,
}

/// What was found: as `forewarn check --format json` says it, and the places once more as a browser counts.
#[derive(Debug, Serialize)]
struct Checked {
    findings: Vec<Found>,
    parts: Parts,
    missing: Vec<Part>,
    /// What could be said in place of whole sentences, from the facts of the case.
    say: Vec<Say>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct Found {
    rule: &'static str,
    severity: Severity,
    /// In bytes of UTF-8.
    start: usize,
    end: usize,
    /// In units of UTF-16.
    start_utf16: usize,
    end_utf16: usize,
    quote: String,
    why: String,
    instead: String,
    /// The fingerprint by which a kept finding is remembered.
    sentence: String,
}

#[derive(Debug, Serialize)]
struct Say {
    start_utf16: usize,
    end_utf16: usize,
    words: String,
}

async fn check(
    State(state): State<AppState>,
    me: Me,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Checked>, AppError> {
    let asked = read(body)?;
    let scene = match asked.case {
        Some(id) => Some(load(&state, &me, &id.to_string()).await?),
        None => None,
    };
    let facts = scene.as_ref().map(|scene| wording::context(scene, asked.of));
    let facts = facts.unwrap_or_else(|| Context { today: Some(today(&me)), ..Context::default() });
    let context = Context {
        fault: asked.fault.unwrap_or(facts.fault),
        channel: asked.channel.or(facts.channel),
        kind: asked.kind.unwrap_or(facts.kind),
        round: asked.round.unwrap_or(facts.round),
        ..facts
    };
    let report = forewarn_wording::check(&asked.text, &context);
    let says = scene.as_ref().filter(|_| asked.of.stands_alone()).map(wording::instead);
    Ok(Json(answer(report, &asked.text, &context, says.as_deref())))
}

fn answer(report: Report, text: &str, context: &Context, says: Option<&str>) -> Checked {
    let remarks = wording::remarks(&report, text, context, says, &wording::Shift::default());
    let say = remarks.into_iter().filter_map(|remark| remark.say);
    let places = report.utf16(text);
    Checked {
        say: say.map(|s| Say { start_utf16: s.from, end_utf16: s.to, words: s.words }).collect(),
        findings: report
            .findings
            .into_iter()
            .zip(places)
            .map(|(finding, place)| Found {
                rule: finding.rule,
                severity: finding.severity,
                start: finding.start,
                end: finding.end,
                start_utf16: place.start,
                end_utf16: place.end,
                quote: finding.quote,
                why: finding.why,
                instead: finding.instead,
                sentence: finding.sentence,
            })
            .collect(),
        parts: report.parts,
        missing: report.missing,
        note: report.note,
    }
}

fn read(body: Result<Bytes, BytesRejection>) -> Result<Asked, AppError> {
    let body = body.map_err(|rejection| match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            AppError::TooLarge("That is more than 100 kB. Check it in parts.".to_owned())
        }
        _ => AppError::Unreadable("The request broke off. Send it again.".to_owned()),
    })?;
    serde_json::from_slice(&body).map_err(|error| {
        AppError::Unreadable(format!(
            "The body is not what is asked for here, {{\"text\": …, \"case\": 7}}: {error}."
        ))
    })
}

fn today(me: &Me) -> jiff::civil::Date {
    me.now.to_zoned(jiff::tz::TimeZone::UTC).date()
}
