//! What other programs are told, and that nothing of it is lost, doubled under another name, or told to nobody's use.

use crate::house::{House, december, late, nov, story};
use forewarn_domain::case::CaseEvent;
use forewarn_domain::ids::WebhookId;
use forewarn_domain::notice::NoticeKind;
use forewarn_domain::people::Role;
use forewarn_domain::text::CustomerText;
use forewarn_domain::webhook::Told;
use forewarn_store::cases::Act;
use forewarn_store::people::NewPerson;
use forewarn_store::webhooks::{Answered, ClaimedMessage, MessageState, NewWebhook};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

const LEASE: SignedDuration = SignedDuration::from_secs(30);

async fn hook(house: &House, events: &[Told], internal: bool) -> WebhookId {
    let (url, secret) = ("https://erp.example/hook", "whsec_AAAA");
    let new = NewWebhook { url, events, internal, secret, now: nov(1) };
    house.store.add_webhook(&new).await.unwrap()
}

async fn claim(house: &House, token: &str, now: Timestamp) -> Vec<ClaimedMessage> {
    house.store.claim_webhook_messages(token, now, LEASE, 100).await.unwrap()
}

fn said(status: Option<u16>, words: &str) -> Answered {
    Answered { status, words: words.to_owned() }
}

fn json(message: &ClaimedMessage) -> Value {
    serde_json::from_str(&message.payload).unwrap()
}

/// Every message of a case that slips, is told, and gets its word kept.
async fn told(house: &House, hooks: &[(&[Told], bool)]) -> Vec<ClaimedMessage> {
    for (events, internal) in hooks {
        hook(house, events, *internal).await;
    }
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await.id;
    house.tell(house.rep, case, december(28), nov(4), "told").await;
    let act = Act::now(house.rep, nov(4)).entry("word");
    let word = CaseEvent::NextWordPromised { by: nov(6) };
    house.store.act(case, act, |_| Ok(vec![word.clone()])).await.unwrap();
    claim(house, "job", nov(5)).await
}

story!(each_event_that_somebody_wants_to_hear_is_a_message_with_its_own_id, |house| {
    let messages = told(&house, &[(&Told::ALL, false)]).await;
    let types: Vec<String> =
        messages.iter().map(|message| json(message)["type"].as_str().unwrap().to_owned()).collect();
    assert_eq!(types, ["case.opened", "promise.slipped", "customer.told", "word.promised"]);
    let told = json(&messages[2]);
    assert_eq!(told["timestamp"], nov(4).to_string());
    let data = &told["data"];
    assert_eq!(data["customer"]["name"], "Halvorsen");
    assert_eq!(data["channel"], "phone");
    assert_eq!(data["promises"][0]["order"], "4471");
    assert_eq!(data["promises"][0]["promised"]["on"], "2026-12-28");
    assert_eq!(messages[2].message_id, format!("evt_{}_{}", data["case"], data["event"]));
    let slipped = json(&messages[1]);
    assert_eq!(slipped["data"]["promise"]["promised"]["on"], "2026-12-18");
    assert_eq!(slipped["data"]["expected"]["on"], "2026-12-28");
});

story!(names_and_internal_words_are_told_only_where_an_admin_chose_so, |house| {
    let messages = told(&house, &[(&[Told::CustomerTold], false), (&[Told::CustomerTold], true)]).await;
    let [plain, internal] = &messages[..] else { panic!("{messages:?}") };
    assert_eq!(plain.message_id, internal.message_id, "the same event");
    assert!(!plain.payload.contains("Anna"), "{}", plain.payload);
    assert_eq!(json(internal)["data"]["told_to"], "Anna");
});

story!(what_nobody_chose_is_told_to_nobody, |house| {
    assert_eq!(told(&house, &[(&[Told::CaseClosed], false)]).await, []);
    let id = hook(&house, &Told::ALL, false).await;
    house.store.disable_webhook(id, "", nov(5)).await.unwrap();
    house.news(vec![late("Brandt", "5000")]).await;
    assert_eq!(claim(&house, "job", nov(6)).await, []);
});

story!(a_message_and_its_event_are_there_together_or_not_at_all, |house| {
    hook(&house, &Told::ALL, false).await;
    house.news(vec![late("Halvorsen", "4471")]).await;
    let case = house.the_case(nov(3)).await.id;
    let refused = house.store.act(case, Act::now(house.rep, nov(4)).entry("e"), |file| {
        file.case.promise_next_word(nov(1), nov(4))
    });
    assert!(refused.await.is_err());
    let before = claim(&house, "job", nov(4)).await.len();
    assert_eq!(before, 2, "opened and slipped");
    let act = Act::now(house.rep, nov(4)).entry("twice");
    for _ in 0..2 {
        let word = CaseEvent::NextWordPromised { by: nov(6) };
        house.store.act(case, act, |_| Ok(vec![word.clone()])).await.unwrap();
    }
    assert_eq!(claim(&house, "again", nov(4)).await.len(), 1, "one event, one message");
});

story!(a_message_is_in_one_hand_at_a_time_and_taken_over_from_the_dead, |house| {
    let first = told(&house, &[(&[Told::CustomerTold], false)]).await;
    assert_eq!(claim(&house, "other", nov(5)).await, []);
    let later = nov(5) + LEASE;
    let second = claim(&house, "other", later).await;
    assert_eq!((&second[0].message_id, second[0].attempt), (&first[0].message_id, 2), "the same id");
    assert!(!house.store.webhook_delivered(&first[0], "job", &said(Some(200), "ok"), later).await.unwrap());
    assert!(house.store.webhook_delivered(&second[0], "other", &said(Some(200), "ok"), later).await.unwrap());
    assert_eq!(claim(&house, "third", nov(9)).await, []);
});

story!(what_was_given_up_is_seen_and_replayed_under_the_same_id, |house| {
    let messages = told(&house, &[(&[Told::CustomerTold], false)]).await;
    let message = &messages[0];
    let refused = said(Some(500), "oh");
    let again = nov(5) + SignedDuration::from_secs(5);
    assert!(house.store.webhook_failed(message, "job", &refused, Some(again), false, nov(5)).await.unwrap());
    assert_eq!(claim(&house, "job", nov(5)).await, [], "not before its time");
    let second = claim(&house, "job", again).await;
    assert!(house.store.webhook_failed(&second[0], "job", &refused, None, false, again).await.unwrap());
    let [dead] = house.store.webhook_messages(message.webhook, 9).await.unwrap().try_into().unwrap();
    assert_eq!((dead.state, dead.attempts, dead.status), (MessageState::Dead, 2, Some(500)));
    assert_eq!(claim(&house, "job", nov(9)).await, []);
    assert_eq!(house.store.replay_webhook(message.webhook, Some(dead.id), nov(9)).await.unwrap(), 1);
    assert_eq!(claim(&house, "job", nov(9)).await[0].message_id, message.message_id);
});

story!(an_address_that_fails_for_days_is_disabled_and_admins_hear_of_it_once, |house| {
    let (email, name) = ("ada@nordpumpe.example".to_owned(), "Ada".to_owned());
    let admin = NewPerson {
        email,
        name,
        role: Role::Admin,
        team: forewarn_domain::ids::TeamId(1),
        phone: None,
        zone: None,
    };
    let ada = house.store.add_person(admin, nov(1)).await.unwrap();
    let first = told(&house, &[(&[Told::CustomerTold], false)]).await;
    let (hook, refused) = (first[0].webhook, said(None, "no answer in time"));
    let mut message = first[0].clone();
    for day in 5..=10 {
        let disabled = house.store.webhook(hook).await.unwrap().unwrap().disabled;
        assert_eq!(disabled, None, "the {day}th");
        let again = Some(nov(day + 1));
        assert!(house.store.webhook_failed(&message, "job", &refused, again, false, nov(day)).await.unwrap());
        if let Some(next) = claim(&house, "job", nov(day + 1)).await.pop() {
            message = next;
        }
    }
    let disabled = house.store.webhook(hook).await.unwrap().unwrap();
    assert!(disabled.disabled.is_some(), "{disabled:?}");
    let notices = house.store.notices_of(ada, 9).await.unwrap();
    let about_it = notices.iter().filter(|notice| notice.kind == NoticeKind::Webhook).count();
    assert_eq!(about_it, 1);

    assert_eq!(claim(&house, "job", nov(20)).await, [], "it hears nothing");
    assert!(house.store.enable_webhook(hook, nov(20)).await.unwrap());
    assert_eq!(claim(&house, "job", nov(20)).await.len(), 1, "what waited, goes");
});

story!(an_address_that_says_it_is_gone_is_disabled_at_once, |house| {
    let messages = told(&house, &[(&[Told::CustomerTold], false)]).await;
    let gone = said(Some(410), "");
    assert!(house.store.webhook_failed(&messages[0], "job", &gone, None, true, nov(5)).await.unwrap());
    assert!(house.store.webhook(messages[0].webhook).await.unwrap().unwrap().disabled.is_some());
});

story!(a_new_secret_goes_beside_the_old_one_for_a_while, |house| {
    let first = told(&house, &[(&[Told::CustomerTold], false)]).await;
    assert_eq!(first[0].secrets, ["whsec_AAAA"]);
    house.store.rotate_webhook_secret(first[0].webhook, "whsec_BBBB", nov(6)).await.unwrap();
    let both = claim(&house, "job", nov(5) + LEASE).await;
    assert_eq!(both[0].secrets, ["whsec_BBBB", "whsec_AAAA"]);
    let one = claim(&house, "job", nov(7)).await;
    assert_eq!(one[0].secrets, ["whsec_BBBB"]);
});

story!(payloads_hold_the_name_of_a_contact_no_longer_than_they_may, |house| {
    let messages = told(&house, &[(&[Told::CustomerTold], true)]).await;
    let name = CustomerText::new("Anna").unwrap();
    assert!(messages[0].payload.contains(name.as_str()));
    let customer = house.customer("Halvorsen").await;
    let erasing = forewarn_store::erasing::Erasing {
        customer,
        name: "Anna",
        reason: "Asked for it",
        by: None,
        salt: uuid::Uuid::nil(),
        now: nov(5),
    };
    house.store.erase_contact(&erasing).await.unwrap();
    let kept = house.store.webhook_messages(messages[0].webhook, 9).await.unwrap();
    assert!(!kept[0].payload.contains("Anna"), "{}", kept[0].payload);
});
