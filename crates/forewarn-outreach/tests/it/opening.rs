use forewarn_outreach::smtp::{Cause, Connection, HandOver, Login, Phase, Security, Server};
use forewarn_testing::{Certificate, Deed, FakeSmtp, Moment, Protection, Script, Setup, free_port};

use crate::mails::{hand_over, server};

fn guarded(protection: Protection, ways: &'static str) -> FakeSmtp {
    let login = Some(("kari".to_owned(), "a long password".to_owned()));
    FakeSmtp::with(Setup { protection, login, ways, ..Setup::default() }).unwrap()
}

fn with_login(fake: &FakeSmtp, security: Security, trust: Option<&Certificate>, password: &str) -> Server {
    let login = Some(Login { user: "kari".to_owned(), password: password.to_owned() });
    let trust = trust.map(|certificate| certificate.der().to_vec()).into_iter().collect();
    Server { security, login, trust, ..server(fake) }
}

async fn trouble(server: &Server) -> (Phase, Cause) {
    let trouble = Connection::open(server).await.err().unwrap();
    (trouble.phase, trouble.cause)
}

#[tokio::test]
async fn starttls_and_tls_protect_the_login_both_ways_to_log_in() {
    let certificate = Certificate::for_localhost().unwrap();
    for ways in ["PLAIN LOGIN", "LOGIN", "login cram-md5"] {
        for (protection, security) in [
            (Protection::StartTls(certificate.clone()), Security::StartTls),
            (Protection::Tls(certificate.clone()), Security::Tls),
        ] {
            let fake = guarded(protection, ways);
            let end = hand_over(&with_login(&fake, security, Some(&certificate), "a long password")).await;
            assert!(matches!(end, HandOver::Accepted { .. }), "{ways} {security:?}: {end:?}");
        }
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_not_trusted() {
    let certificate = Certificate::for_localhost().unwrap();
    let other = Certificate::for_localhost().unwrap();
    let fake = guarded(Protection::Tls(certificate.clone()), "PLAIN");
    let (phase, cause) = trouble(&with_login(&fake, Security::Tls, Some(&other), "a long password")).await;
    assert!(matches!((phase, &cause), (Phase::Tls, Cause::Tls(_))), "{phase:?} {cause:?}");
    let elsewhere = Server {
        host: "ip6-localhost.example".to_owned(),
        ..with_login(&fake, Security::Tls, Some(&certificate), "a long password")
    };
    assert_eq!(trouble(&elsewhere).await.0, Phase::Connect);
}

#[tokio::test]
async fn starttls_never_falls_back_to_plain() {
    let fake = guarded(Protection::None, "PLAIN");
    let certificate = Certificate::for_localhost().unwrap();
    let server = with_login(&fake, Security::StartTls, Some(&certificate), "a long password");
    assert_eq!(trouble(&server).await, (Phase::Tls, Cause::NoStartTls));
}

#[tokio::test]
async fn what_was_slipped_in_before_tls_is_not_taken_for_the_server_s_word() {
    let certificate = Certificate::for_localhost().unwrap();
    let slipped_in = Script::accepts().at(Moment::StartTls, Deed::answer("220 go ahead\r\n250 AUTH PLAIN"));
    let setup = Setup {
        protection: Protection::StartTls(certificate.clone()),
        script: Box::new(move |_| slipped_in.clone()),
        ..Setup::default()
    };
    let fake = FakeSmtp::with(setup).unwrap();
    let server = with_login(&fake, Security::StartTls, Some(&certificate), "a long password");
    let (phase, cause) = trouble(&server).await;
    assert_eq!((phase, cause.to_string().contains("before TLS was agreed")), (Phase::Tls, true), "{cause}");
}

#[tokio::test]
async fn each_door_that_stays_shut_says_which() {
    let fake = guarded(Protection::None, "PLAIN");
    let (phase, cause) = trouble(&with_login(&fake, Security::Plain, None, "wrong")).await;
    assert_eq!(phase, Phase::Login);
    assert!(matches!(cause, Cause::Answered(answer) if answer.code == 535));

    let fake = guarded(Protection::None, "CRAM-MD5");
    assert_eq!(trouble(&with_login(&fake, Security::Plain, None, "x")).await, (Phase::Login, Cause::NoLogin));

    let nobody = Server::new("127.0.0.1", free_port().unwrap(), Security::Plain);
    assert!(matches!(trouble(&nobody).await, (Phase::Connect, Cause::Network(_))));

    for (deed, expected) in [
        (Deed::answer("554 5.7.1 go away"), "it said"),
        (Deed::answer("HTTP/1.1 400 Bad Request"), "does not speak SMTP"),
        (Deed::answer("250-   \r\n250"), ""),
        (Deed::Drop, "closed"),
    ] {
        let fake = FakeSmtp::scripted(vec![Script::accepts().at(Moment::Greeting, deed.clone())]).unwrap();
        match Connection::open(&server(&fake)).await {
            Ok(_) => assert!(expected.is_empty(), "{deed:?}"),
            Err(trouble) => assert!(
                trouble.phase == Phase::Greeting && trouble.to_string().contains(expected),
                "{trouble}"
            ),
        }
    }
}

#[tokio::test]
async fn an_endless_answer_is_given_up() {
    let endless = format!("220 {}", "x".repeat(100_000));
    let many = vec!["220-more"; 10_000].join("\r\n");
    for greeting in [endless, many] {
        let fake =
            FakeSmtp::scripted(vec![Script::accepts().at(Moment::Greeting, Deed::Answer(greeting))]).unwrap();
        assert!(matches!(trouble(&server(&fake)).await, (Phase::Greeting, Cause::NotUnderstood(_))));
    }
}

#[test]
fn a_password_never_shows_in_debug_output() {
    let login = Login { user: "kari".to_owned(), password: "a long password".to_owned() };
    assert!(!format!("{login:?}").contains("long"));
}
