//! `POST /cases/{id}/not-now`: not telling now, for one of the reasons that hold. The clock keeps running.

use crate::error::AppError;
use crate::routes::cases::OnCase;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::read::read_moment;
use crate::views::scene::Scene;
use axum::response::Response;
use axum::routing::post;
use forewarn_domain::case::NotNow;
use forewarn_domain::text::InternalText;

pub(crate) fn routes() -> Table {
    Table::new().route("/cases/{id}/not-now", post(not_now))
}

pub(crate) async fn not_now(on: OnCase) -> Result<Response, AppError> {
    let scene = on.scene().await?;
    let refuse = |why: String| AppError::refused(why, on.typed.written(), "/today");
    let reason = reason(&scene, &on.typed).map_err(refuse)?;
    let done = match reason {
        NotNow::NotNews { .. } => "Closed: not news for them. Your leader sees the reason.",
        _ => "The reason is kept. The clock keeps running.",
    };
    on.act_then("/today", done, |file, now| file.case.not_now(reason.clone(), now)).await
}

fn reason(scene: &Scene, typed: &Typed) -> Result<NotNow, String> {
    match typed.get("reason") {
        "waiting-for-date" => {
            let until = typed.date("until").ok_or("Say until which day you wait for a firm date.")?;
            let end = scene.file.terms.owner_calendar.end_of_work(until);
            Ok(NotNow::WaitingForFirmDate { until: end })
        }
        "customer-asked" => {
            let at = read_moment(typed, "call_at", &scene.clocks)?;
            Ok(NotNow::CustomerAskedFor { at: at.ok_or("Say at what time they asked to be called.")? })
        }
        "someone-else" => {
            let who = typed.get("who").parse().ok();
            let known = who.filter(|who| scene.people.iter().any(|one| one.id == *who));
            let who = known.ok_or("Say who of us tells them.")?;
            let calendar = &scene.file.terms.owner_calendar;
            let tomorrow = calendar.add_working_days(calendar.local_date(scene.now()), 1);
            let deadline = scene.case().tell_by.filter(|by| *by > scene.now());
            Ok(NotNow::SomeoneElseTells {
                who,
                by: deadline.unwrap_or_else(|| calendar.start_of_work(tomorrow)),
            })
        }
        "not-news" => {
            let why = InternalText::new(typed.get("because"));
            Ok(NotNow::NotNews { why: why.ok_or("Say why this is no news for them.")? })
        }
        _ => Err("“Not now” needs a reason. Choose one of the four; your leader sees it.".to_owned()),
    }
}
