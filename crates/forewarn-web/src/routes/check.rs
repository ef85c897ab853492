//! `POST /api/v1/check`: the wording check for programs.

use crate::api::body::is_json;
use crate::api::words::{CheckChannel, CheckFault, CheckKind, CheckOf};
use crate::error::AppError;
use crate::me::Me;
use crate::routes::cases::load;
use crate::state::AppState;
use crate::views::scene::Scene;
use crate::views::wording::{self, Of};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use axum::{Json, body::Bytes};
use forewarn_domain::ids::CaseId;
use forewarn_wording::{Channel, Context, Fault, Kind, Part, Parts, Report, Severity};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(check)).layer(DefaultBodyLimit::max(MOST))
}

/// Bytes of JSON that a request may have.
const MOST: usize = 100 * 1024;

/// What to check.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CheckAsked)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The draft, of at most 20,000 characters.
    #[schema(max_length = 20_000)]
    text: String,
    /// The case that it is for; its facts are taken from there.
    #[serde(default)]
    #[schema(minimum = 1)]
    case: Option<i64>,
    /// What the text is; a whole message unless said otherwise.
    #[serde(default)]
    #[schema(value_type = Option<CheckOf>)]
    of: Of,
    /// In place of the case's.
    #[serde(default)]
    #[schema(value_type = Option<CheckFault>)]
    fault: Option<Fault>,
    /// How it will be said or sent.
    #[serde(default)]
    #[schema(value_type = Option<CheckChannel>)]
    channel: Option<Channel>,
    /// What kind of bad news it is.
    #[serde(default)]
    #[schema(value_type = Option<CheckKind>)]
    kind: Option<Kind>,
    /// 1 for the first word, 2 for the next.
    #[serde(default)]
    round: Option<u8>,
}

/// What was found: as `forewarn check --format json` says it, and the places once more as a browser counts.
#[derive(Debug, Serialize, ToSchema)]
struct Checked {
    /// What would make it worse, in the order of the text.
    findings: Vec<Found>,
    /// How many more there are, where there are more than 200: the first are given.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
    /// What a complete message holds, and whether this one does.
    #[schema(value_type = BTreeMap<String, bool>)]
    parts: Parts,
    /// The parts that are due here and not there.
    #[schema(value_type = Vec<String>)]
    missing: Vec<Part>,
    /// What could be said in place of whole sentences, from the facts of the case.
    say: Vec<Say>,
    /// Why nothing was looked for, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// One flaw, in one place.
#[derive(Debug, Serialize, ToSchema)]
struct Found {
    rule: &'static str,
    #[schema(value_type = String)]
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

/// What to say instead.
#[derive(Debug, Serialize, ToSchema)]
struct Say {
    start_utf16: usize,
    end_utf16: usize,
    words: String,
}

/// Checks a draft: what would make it worse, and what is missing. It never blocks.
#[utoipa::path(post, path = "/check", tag = "wording", request_body = Asked,
    responses((status = 200, description = "What was found.", body = Checked)))]
async fn check(
    State(state): State<AppState>,
    me: Me,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Checked>, AppError> {
    if !is_json(&headers) {
        let why = "Send JSON here, with the header Content-Type: application/json.";
        return Err(AppError::WrongMedia(why.to_owned()));
    }
    let asked = read(body)?;
    if wording::is_too_long(&asked.text) {
        let why = "The text is longer than 20,000 characters. Check it in parts.";
        return Err(AppError::TooLarge(why.to_owned()));
    }
    let scene = match asked.case {
        Some(id) => Some(load(&state, &me, CaseId(id)).await?),
        None => None,
    };
    let today = today(&me);
    Ok(Json(apart(move || checked(&asked, scene.as_ref(), today)).await?))
}

/// Runs a check where it holds up no other request.
pub(crate) async fn apart<T: Send + 'static>(
    check: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    // What stopped it may hold the words that were checked, which belong in no log.
    let stopped = |_| AppError::Ours("the wording check stopped halfway".to_owned());
    tokio::task::spawn_blocking(check).await.map_err(stopped)
}

fn checked(asked: &Asked, scene: Option<&Scene>, today: jiff::civil::Date) -> Checked {
    let facts = scene.map(|scene| wording::context(scene, asked.of));
    let facts = facts.unwrap_or_else(|| Context { today: Some(today), ..Context::default() });
    let context = Context {
        fault: asked.fault.unwrap_or(facts.fault),
        channel: asked.channel.or(facts.channel),
        kind: asked.kind.unwrap_or(facts.kind),
        round: asked.round.unwrap_or(facts.round),
        ..facts
    };
    let report = forewarn_wording::check(&asked.text, &context);
    let says = scene.filter(|_| asked.of.stands_alone()).map(wording::instead);
    answer(report, &asked.text, says.as_deref())
}

fn answer(report: Report, text: &str, says: Option<&str>) -> Checked {
    let remarks = wording::remarks(&report, text, says, &wording::Shift::default());
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
        more: (report.more > 0).then_some(report.more),
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
