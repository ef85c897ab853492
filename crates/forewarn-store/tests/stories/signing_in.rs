//! Passwords, sessions and links that work once.

use crate::house::{House, REP, nov, story};
use forewarn_store::links::Link;
use forewarn_store::sessions::Session;

story!(whoever_is_disabled_or_has_no_password_cannot_sign_in, |house| {
    let (store, rep) = (&house.store, House::id(house.rep));
    assert!(store.sign_in(REP).await.unwrap().is_none(), "no password yet");
    store.set_password_hash(rep, "hash").await.unwrap();
    let (person, hash) = store.sign_in(" IDA@Nordpumpe.example ").await.unwrap().unwrap();
    assert_eq!((person.id, person.has_password, hash.as_str()), (rep, true, "hash"));
    store.disable_person(rep, None, nov(2)).await.unwrap();
    assert!(store.sign_in(REP).await.unwrap().is_none());
    store.enable_person(rep).await.unwrap();
    assert!(store.sign_in(REP).await.unwrap().is_some());
});

story!(a_session_ends_by_time_by_sign_out_and_with_the_account, |house| {
    let (store, rep) = (&house.store, House::id(house.rep));
    let session = |id: &str| Session {
        id_hash: id.to_owned(),
        person: Some(rep),
        data: "{}".to_owned(),
        created_at: nov(2),
        expires_at: nov(4),
    };
    assert!(store.add_session(&session("a")).await.unwrap());
    assert!(!store.add_session(&session("a")).await.unwrap(), "never two under one hash");
    assert_eq!(store.session("a", nov(3)).await.unwrap(), Some(session("a")));
    assert_eq!(store.session("a", nov(4)).await.unwrap(), None);
    let longer = Session { data: "{\"seen\":1}".to_owned(), expires_at: nov(9), ..session("a") };
    store.save_session(&longer).await.unwrap();
    assert_eq!(store.session("a", nov(4)).await.unwrap(), Some(longer));
    store.end_session("a").await.unwrap();
    assert_eq!(store.session("a", nov(3)).await.unwrap(), None);
    assert!(store.add_session(&session("b")).await.unwrap());
    store.disable_person(rep, None, nov(3)).await.unwrap();
    assert_eq!(store.session("b", nov(3)).await.unwrap(), None);
    store.save_session(&session("b")).await.unwrap();
    assert_eq!(store.session("b", nov(3)).await.unwrap(), None, "a request under way doesn't bring it back");
    assert!(store.add_session(&session("c")).await.unwrap());
    assert_eq!(store.forget_ended_sessions(nov(5)).await.unwrap(), 1);
});

story!(a_link_works_once_for_one_purpose_and_not_for_ever, |house| {
    let store = &house.store;
    let link = Link { purpose: "first-admin".to_owned(), person: None, expires_at: nov(4) };
    store.add_link("hash", &link).await.unwrap();
    assert_eq!(store.link("hash", "first-admin", nov(3)).await.unwrap(), Some(link.clone()));
    assert_eq!(
        store.link("hash", "first-admin", nov(3)).await.unwrap(),
        Some(link.clone()),
        "looking is free"
    );
    assert_eq!(store.use_link("hash", "password", nov(3)).await.unwrap(), None);
    assert_eq!(store.use_link("hash", "first-admin", nov(4)).await.unwrap(), None);
    assert_eq!(store.use_link("hash", "first-admin", nov(3)).await.unwrap(), Some(link));
    assert_eq!(store.use_link("hash", "first-admin", nov(3)).await.unwrap(), None);
});
