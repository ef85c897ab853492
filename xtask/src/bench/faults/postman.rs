//! The mail server of the company: in a new mood on every connection, until it is told to calm down.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Result;
use forewarn_testing::{Deed, FakeSmtp, Moment, Script, Taken};

use crate::bench::mix::Mix;

/// The mail server.
pub(super) struct Postman {
    server: FakeSmtp,
    calm: Arc<AtomicBool>,
}

impl Postman {
    /// Starts it, with moods of this seed.
    pub(super) fn start(seed: u64) -> Result<Self> {
        let calm = Arc::new(AtomicBool::new(false));
        let is_calm = Arc::clone(&calm);
        let server = FakeSmtp::deciding(move |connection| {
            let connection = usize::try_from(connection).unwrap_or_default();
            if is_calm.load(Ordering::SeqCst) {
                Script::accepts()
            } else {
                mood(Mix::of(seed ^ 77, connection))
            }
        })?;
        Ok(Self { server, calm })
    }

    /// Where it listens.
    pub(super) fn port(&self) -> u16 {
        self.server.port()
    }

    /// From now on it accepts everything.
    pub(super) fn calm_down(&self) {
        self.calm.store(true, Ordering::SeqCst);
    }

    /// Every mail that it took, those it never answered for as well.
    pub(super) fn taken(&self) -> Vec<Taken> {
        self.server.taken()
    }
}

/// Two connections in five go well; the others have trouble, after none or a few mails.
fn mood(mut mix: Mix) -> Script {
    let moments = [
        Moment::Greeting,
        Moment::Hello,
        Moment::Sender,
        Moment::Recipient,
        Moment::Data,
        Moment::Content,
        Moment::Dot,
        Moment::Dot,
        Moment::Dot,
    ];
    let (moment, stall) = (mix.pick(&moments), Duration::from_millis(300 + mix.below(1_500) as u64));
    let deed = match mix.below(10) {
        0 => Deed::Drop,
        1 => Deed::Stall(stall),
        2 => Deed::answer("451 4.7.1 greylisted, come back later"),
        3 => Deed::answer("452 4.5.3 too many for one session"),
        4 if moment == Moment::Recipient => Deed::answer("550 5.1.1 no such user"),
        4 if moment == Moment::Dot => Deed::answer("554 5.7.1 not with us"),
        5 if moment == Moment::Dot => Deed::TakeAndDrop,
        6 if moment == Moment::Dot => Deed::TakeAndAnswerAfter(stall),
        7 if moment == Moment::Dot => Deed::AnswerAndTake("451 4.3.0 about something else".to_owned()),
        _ => return Script::accepts(),
    };
    Script::accepts().at(moment, deed).after(mix.below(4))
}
