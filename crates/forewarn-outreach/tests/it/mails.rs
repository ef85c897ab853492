//! A letter for tests.

use std::time::Duration;

use forewarn_outreach::mime::{Letter, Mailbox, compose};
use forewarn_outreach::smtp::{Connection, Envelope, HandOver, Patience, Security, Server};
use forewarn_testing::FakeSmtp;
use jiff::Timestamp;

pub(crate) fn mailbox(address: &str) -> Mailbox {
    Mailbox::new(None, address).unwrap()
}

pub(crate) fn envelope() -> Envelope {
    Envelope { from: mailbox("kari@example.com"), to: mailbox("anna@halvorsen.example"), copy: None }
}

/// A mail with a line that is a lone dot.
pub(crate) fn mime(unique: &str) -> String {
    let (from, to) = (mailbox("kari@example.com"), mailbox("anna@halvorsen.example"));
    let letter = Letter {
        from: &from,
        to: &to,
        subject: "Your order 4711",
        body: "Hello Anna,\n.\nthe pump comes on 27 November.\n.. Kari\n",
        message_id: &format!("<{unique}@example.com>"),
        in_reply_to: None,
        references: &[],
        date: Timestamp::from_second(1_795_000_000).unwrap(),
    };
    compose(&letter).unwrap()
}

/// The fake server, with little patience for it.
pub(crate) fn server(fake: &FakeSmtp) -> Server {
    let second = Duration::from_secs(1);
    let patience = Patience { connect: 10 * second, answer: second, after_dot: second };
    Server { patience, ..Server::new("localhost", fake.port(), Security::Plain) }
}

/// Opens a connection and hands over one mail.
pub(crate) async fn hand_over(server: &Server) -> HandOver {
    let mut connection = Connection::open(server).await.unwrap();
    connection.hand_over(&envelope(), mime("one").as_bytes(), || async { true }).await
}
