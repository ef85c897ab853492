//! Who can't be reached is found before they are needed, and what can't be delivered passes on.

use crate::house::{House, late, nov, planned, story};
use crate::watch::Watch;
use forewarn_domain::escalation::Ladder;
use forewarn_domain::notice::{ChatKind, ChatTarget};
use forewarn_store::cases::Acted;
use forewarn_store::notices::DeliveryChannel;
use forewarn_store::obligations::WhyUnreachable;
use jiff::SignedDuration;
use uuid::Uuid;

const LEASE: SignedDuration = SignedDuration::from_mins(5);

fn fresh() -> impl Fn() -> Uuid + Send + Sync {
    let next = std::sync::atomic::AtomicU64::new(1_000);
    move || Uuid::from_u128(u128::from(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)))
}

/// Tuesday noon: the rep has a notice, and its mail waits for the end of lunch.
async fn nudged(house: House) -> Watch {
    let mut watch = Watch::at(house, nov(2)).await;
    watch.house.news(vec![late("Halvorsen", "4471")]).await;
    watch.now = nov(3);
    watch.sleep(watch.nov(3, 12, 0)).await;
    watch.expect(&["Tue 3 12:00 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days"]);
    watch
}

story!(what_nobody_confirms_as_sent_is_tried_again_by_whoever_comes_next, |house| {
    let watch = nudged(house).await;
    let (store, fresh) = (&watch.house.store, fresh());
    let at = watch.nov(3, 13, 0);
    assert!(store.claim_deliveries((true, true), watch.now, LEASE, 9, &fresh).await.unwrap().is_empty());
    assert!(store.claim_deliveries((false, true), at, LEASE, 9, &fresh).await.unwrap().is_empty());
    let [first] =
        store.claim_deliveries((true, true), at, LEASE, 9, &fresh).await.unwrap().try_into().unwrap();
    assert_eq!(first.channel, DeliveryChannel::Mail("ida@nordpumpe.example".to_owned()));
    assert!(store.claim_deliveries((true, true), at, LEASE, 9, &fresh).await.unwrap().is_empty());
    // The program that had it is dead.
    let later = at + LEASE;
    let [again] =
        store.claim_deliveries((true, true), later, LEASE, 9, &fresh).await.unwrap().try_into().unwrap();
    assert_eq!((again.id, again.attempt), (first.id, 2));
    assert!(!store.delivery_sent(first.id, &first.token, later).await.unwrap(), "it is not theirs any more");
    let retry = later + SignedDuration::from_mins(10);
    assert!(
        store.delivery_failed(again.id, &again.token, "451 try later", Some(retry), later).await.unwrap()
    );
    assert!(store.claim_deliveries((true, true), later, LEASE, 9, &fresh).await.unwrap().is_empty());
    let [third] =
        store.claim_deliveries((true, true), retry, LEASE, 9, &fresh).await.unwrap().try_into().unwrap();
    assert!(store.delivery_sent(third.id, &third.token, retry).await.unwrap());
    assert!(store.claim_deliveries((true, true), retry + LEASE, LEASE, 9, &fresh).await.unwrap().is_empty());
    // Each copy that may have arrived has a link that works.
    for delivery in [&first, &again, &third] {
        let token = delivery.link.trim_start_matches("/n/");
        let notice = store.notice_by_link(token, retry).await.unwrap().unwrap();
        assert_eq!(notice.id, delivery.notice);
    }
});

story!(a_link_shows_its_notice_for_a_week_and_one_tap_acknowledges, |house| {
    let watch = nudged(house).await;
    let (store, at) = (&watch.house.store, watch.nov(3, 13, 0));
    let [mail] =
        store.claim_deliveries((true, true), at, LEASE, 9, &fresh()).await.unwrap().try_into().unwrap();
    let token = mail.link.trim_start_matches("/n/");
    for _ in 0..2 {
        let notice = store.notice_by_link(token, at).await.unwrap().unwrap();
        assert_eq!((notice.acted_at, notice.seen_at), (None, None), "looking changes nothing");
    }
    assert!(store.notice_by_link("another", at).await.unwrap().is_none());
    assert!(store.notice_by_link(token, at + SignedDuration::from_hours(24 * 7)).await.unwrap().is_none());

    let notice = store.notice_by_link(token, at).await.unwrap().unwrap();
    let tapped = store.acknowledge(notice.person, notice.id, at).await.unwrap();
    assert!(matches!(tapped, Acted::Done(events) if events.len() == 1));
    assert_eq!(store.acknowledge(notice.person, notice.id, at).await.unwrap(), Acted::AlreadyDone);
    assert!(store.acknowledge(House::id(watch.house.stranger), notice.id, at).await.is_err());
    let case = watch.house.the_case(at).await.case;
    let lease = case.clocks.climbs[&Ladder::Tell].acknowledged.unwrap();
    assert_eq!((lease.by, lease.until), (Some(notice.person), watch.nov(3, 15, 0)));
});

story!(mail_that_comes_back_passes_the_step_on_to_the_leader, |house| {
    let mut watch = nudged(house).await;
    let (store, at) = (watch.house.store.clone(), watch.nov(3, 13, 0));
    let [mail] =
        store.claim_deliveries((true, true), at, LEASE, 9, &fresh()).await.unwrap().try_into().unwrap();
    store.delivery_failed(mail.id, &mail.token, "550 5.1.1 no such user", None, at).await.unwrap();
    watch.now = at;
    watch.advance(watch.nov(3, 13, 30)).await;
    watch.expect(&[
        "Tue 3 13:05 liv app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 13:05 liv mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
    ]);
    let found = store.unreachable(at).await.unwrap();
    let ida = found.iter().find(|one| one.person == Some(House::id(watch.house.rep))).unwrap();
    let since = WhyUnreachable::MailComesBack { since: at, answer: "550 5.1.1 no such user".to_owned() };
    assert_eq!((ida.name.as_str(), &ida.why), ("ida", &since));
});

story!(a_notice_goes_to_the_chat_of_the_person_or_of_their_team, |house| {
    let mut watch = Watch::at(house, nov(2)).await;
    let chat = |url: &str| ChatTarget { kind: ChatKind::Slack, url: url.to_owned() };
    watch.house.store.save_team_chat(watch.north, Some(&chat("https://chat.example/north"))).await.unwrap();
    watch.house.news(vec![late("Halvorsen", "4471")]).await;
    watch.now = nov(3);
    watch.advance(watch.nov(3, 13, 0)).await;
    watch.expect(&[
        "Tue 3 12:00 ida app Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 13:00 ida mail Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
        "Tue 3 13:00 ida chat Halvorsen: tell them by Tue 17:00, they can still act for 33 days",
    ]);
});

story!(who_can_not_be_reached_is_found_before_they_are_needed, |house| {
    let watch = Watch::at(house, nov(2)).await;
    let store = &watch.house.store;
    assert_eq!(
        store.unreachable(watch.now).await.unwrap().first().map(|one| &one.why),
        Some(&WhyUnreachable::NoLeader)
    );
    let south = store.teams().await.unwrap().into_iter().find(|team| team.name == "South").unwrap().id;
    store.set_leader(south, watch.house.leader.person()).await.unwrap();
    assert_eq!(store.unreachable(watch.now).await.unwrap(), []);

    let mut line = planned("Brandt", "4480");
    line.owner = Some("REP 17".to_owned());
    watch.house.import(nov(2), vec![line]).await;
    watch.away(watch.house.rep, None, watch.nov(10, 0, 0), watch.nov(12, 0, 0)).await;
    watch.away(watch.house.colleague, Some(watch.house.rep), watch.nov(11, 0, 0), watch.nov(13, 0, 0)).await;
    let found = store.unreachable(watch.now).await.unwrap();
    let names: Vec<(&str, String)> =
        found.iter().map(|one| (one.name.as_str(), one.why.in_words())).collect();
    assert_eq!(
        names,
        [
            ("REP 17", "Reports name this owner of 1 account. Say under People who it is.".to_owned()),
            ("ida", "Is away without a deputy. Say who stands in.".to_owned()),
            ("ola", "ida, who stands in, can't be reached then. Choose somebody else.".to_owned()),
        ]
    );
    assert_eq!(store.unreachable(watch.nov(14, 0, 0)).await.unwrap().len(), 1);
});
