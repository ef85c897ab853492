//! What a message says. The documentation has each of them: `docs/webhooks.md`.

use forewarn_domain::case::{Case, CaseEvent, Channel, Closing, EmailReason, Owner};
use forewarn_domain::ids::{CaseId, CustomerId, PromiseId};
use forewarn_domain::promise::Promised;
use forewarn_domain::webhook::Told;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Which event of whose case.
pub(super) struct About<'a> {
    pub(super) case: CaseId,
    pub(super) seq: u32,
    pub(super) id: CustomerId,
    pub(super) customer: &'a str,
}

/// The whole message, as it is signed and sent.
pub(super) fn body(told: Told, at: Timestamp, about: Option<&About<'_>>, data: &Value) -> String {
    let mut all = Map::new();
    if let Some(About { case, seq, id, customer }) = about {
        all.insert("case".to_owned(), json!(case));
        all.insert("event".to_owned(), json!(seq));
        all.insert("customer".to_owned(), json!({ "id": id, "name": customer }));
    }
    all.extend(data.as_object().cloned().unwrap_or_default());
    json!({ "type": told.name(), "timestamp": at.to_string(), "data": all }).to_string()
}

/// What is particular to an event. Without `internal`, nothing in it but what a customer may hear, and no names
/// of people.
pub(super) fn data(case: &Case, event: &CaseEvent, internal: bool) -> Value {
    match event {
        CaseEvent::Opened { owner, .. } => {
            let owner = match owner {
                Owner::Person { person } => Some(person),
                Owner::Inbox { .. } => None,
            };
            json!({ "owner": owner })
        }
        CaseEvent::LineJoined { line } => {
            let expected = line.outlook;
            json!({ "promise": promise(case, line.promise, Some(line.promised)), "expected": expected, "round": case.round })
        }
        CaseEvent::RepeatSlip { promise: id, round } => {
            let line = case.lines.get(id);
            let (promised, expected) = (line.map(|line| line.promised), line.map(|line| line.outlook));
            json!({ "promise": promise(case, *id, promised), "expected": expected, "round": round })
        }
        CaseEvent::Recovered { promise: id, after_telling } => {
            json!({ "promise": promise(case, *id, None), "was_told": after_telling })
        }
        CaseEvent::LineDelivered { promise: id, on } => {
            json!({ "promise": promise(case, *id, None), "delivered": on })
        }
        CaseEvent::Told { telling, notice_days, waits } => {
            let said = telling.lines.iter();
            let said: Vec<Value> = said.map(|(id, now)| promise(case, *id, Some(now.promised()))).collect();
            let mut data = json!({
                "news": "bad", "channel": channel(&telling.channel), "promises": said, "notice_days": notice_days,
                "fact_wait_minutes": waits.fact_minutes, "tell_wait_minutes": waits.tell_minutes,
            });
            if internal {
                data["told_to"] = json!(telling.to);
                data["email_first_because"] = json!(why_email(&telling.channel));
            }
            data
        }
        CaseEvent::GoodNewsTold { lines, channel: by } => {
            let said: Vec<Value> = lines.iter().map(|(id, now)| promise(case, *id, Some(*now))).collect();
            json!({ "news": "good", "channel": channel(by), "promises": said })
        }
        CaseEvent::NextWordPromised { by } => json!({ "due": by }),
        CaseEvent::NextWordKept { due, channel: by, late } => {
            json!({ "due": due, "channel": channel(by), "late": late })
        }
        CaseEvent::NextWordMissed { due } => json!({ "due": due }),
        CaseEvent::Closed { closing } => closed(closing, internal),
        _ => json!({}),
    }
}

fn promise(case: &Case, id: PromiseId, promised: Option<Promised>) -> Value {
    let key = case.lines.get(&id).map(|line| &line.key);
    json!({
        "id": id,
        "order": key.map(|key| &key.order),
        "line": key.map(|key| &key.line),
        "schedule": key.map(|key| &key.schedule),
        "promised": promised,
    })
}

fn channel(channel: &Channel) -> &'static str {
    match channel {
        Channel::InPerson => "in-person",
        Channel::Phone => "phone",
        Channel::Email { .. } => "email",
    }
}

fn why_email(channel: &Channel) -> Option<String> {
    let Channel::Email { reason: Some(reason) } = channel else { return None };
    Some(match reason {
        EmailReason::CustomerAsked => "customer-asked".to_owned(),
        EmailReason::NoAnswer => "no-answer".to_owned(),
        EmailReason::NoOtherWay { why } => why.for_our_people().to_owned(),
    })
}

fn closed(closing: &Closing, internal: bool) -> Value {
    let (how, why) = match closing {
        Closing::Recovered => ("recovered", None),
        Closing::NothingLeft => ("nothing-left", None),
        Closing::BackToBusiness { what_we_changed, .. } => ("back-to-business", what_we_changed.as_ref()),
        Closing::NotNews { why } => ("not-news", Some(why)),
    };
    let mut data = json!({ "how": how });
    if let Closing::BackToBusiness { temperature, .. } = closing {
        data["temperature"] = json!(temperature);
    }
    if internal {
        data["why"] = json!(why.map(|why| why.for_our_people()));
    }
    data
}
