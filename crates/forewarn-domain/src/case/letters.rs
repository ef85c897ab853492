//! The acts about letters. What a letter does to the case (the customer is told, a next word is kept) happens
//! when the mail server has taken it, not when somebody pressed *Send*.

use super::event::CaseEvent;
use super::letter::{Bounce, CaseLetter, LetterEnd, LetterEvent, LetterFacts, Purpose, Resolution, Standing};
use super::{Case, CaseLine, Channel, Refused};
use crate::ids::{LetterId, ReplyId};
use crate::policy::Terms;
use crate::text::InternalText;
use jiff::Timestamp;

impl Case {
    /// Approves a letter: whatever it does must be possible now. It leaves a little later.
    ///
    /// # Errors
    /// What the deed itself would be refused for ([`Case::tell`], [`Case::keep_next_word`],
    /// [`Case::confirm_delivery`]); [`Refused::LetterUnderWay`] and [`Refused::LetterUnresolved`] while another
    /// letter of the kind has not come to an end; [`Refused::NoSuchLetter`] if it repeats one that is none.
    pub fn approve_letter(
        &self,
        letter: LetterId,
        facts: LetterFacts,
        now: Timestamp,
        terms: &Terms,
    ) -> Result<Vec<CaseEvent>, Refused> {
        self.must_be_open()?;
        let mut events = Vec::new();
        if let Some(again) = facts.again
            && self.standing(again)? == Standing::Unknown
        {
            let resolution = Resolution::SentAgain { letter };
            events.push(happened(again, LetterEvent::Resolved { resolution, made: 0 }));
        }
        self.must_be_the_only_one(letter, &facts)?;
        self.must_be_able(&facts.purpose, now, terms)?;
        events.push(happened(letter, LetterEvent::Approved { facts }));
        Ok(events)
    }

    /// Takes a letter back before it leaves. Whether it still can be, the sender decides.
    ///
    /// # Errors
    /// [`Refused::NoSuchLetter`], [`Refused::LetterHasLeft`].
    pub fn cancel_letter(
        &self,
        letter: LetterId,
        because: Option<InternalText>,
    ) -> Result<Vec<CaseEvent>, Refused> {
        match self.standing(letter)? {
            Standing::UnderWay => Ok(vec![happened(letter, LetterEvent::Cancelled { because })]),
            _ => Err(Refused::LetterHasLeft),
        }
    }

    /// Records how handing a letter over has ended, and what follows from it. An answer that came late ends a
    /// letter of which nobody knew. Nothing for a letter that has ended otherwise.
    pub fn end_letter(
        &self,
        letter: LetterId,
        end: LetterEnd,
        now: Timestamp,
        terms: &Terms,
    ) -> Vec<CaseEvent> {
        let Some(CaseLetter { facts, standing, .. }) = self.letters.get(&letter) else { return Vec::new() };
        match (standing, &end) {
            (Standing::UnderWay, _) => {}
            (Standing::Unknown, LetterEnd::Accepted { .. } | LetterEnd::Refused { .. }) => {}
            _ => return Vec::new(),
        }
        let deeds = match end {
            LetterEnd::Accepted { .. } => self.deeds(&facts.purpose, now, terms),
            LetterEnd::Refused { .. } | LetterEnd::Unknown { .. } => Vec::new(),
        };
        let ended = happened(letter, LetterEvent::Ended { end, made: count(&deeds) });
        std::iter::once(ended).chain(deeds).collect()
    }

    /// Says what became of a letter of which nobody knew.
    ///
    /// # Errors
    /// [`Refused::NoSuchLetter`]; [`Refused::LetterSettled`] when it is known.
    pub fn resolve_letter(
        &self,
        letter: LetterId,
        resolution: Resolution,
        now: Timestamp,
        terms: &Terms,
    ) -> Result<Vec<CaseEvent>, Refused> {
        if self.standing(letter)? != Standing::Unknown {
            return Err(Refused::LetterSettled);
        }
        let deeds = match (&resolution, self.letters.get(&letter)) {
            (Resolution::Found | Resolution::Arrived, Some(kept)) => {
                self.deeds(&kept.facts.purpose, now, terms)
            }
            _ => Vec::new(),
        };
        let resolved = happened(letter, LetterEvent::Resolved { resolution, made: count(&deeds) });
        Ok(std::iter::once(resolved).chain(deeds).collect())
    }

    /// A letter came back: what its acceptance had made of the case (told, word kept) has not happened. Nothing
    /// for letters that have bounced before, or that never left.
    pub fn bounce_letter(&self, letter: LetterId, bounce: Bounce) -> Vec<CaseEvent> {
        match self.letters.get(&letter).map(|kept| kept.standing) {
            Some(Standing::Accepted | Standing::Unknown | Standing::Overtaken) => {
                vec![happened(letter, LetterEvent::Bounced { bounce })]
            }
            _ => Vec::new(),
        }
    }

    /// The customer wrote back, to a letter or of their own accord. It closes nothing and stops no clock.
    pub fn receive_reply(&self, reply: ReplyId, letter: Option<LetterId>) -> Vec<CaseEvent> {
        vec![CaseEvent::ReplyReceived { reply, letter }]
    }

    fn standing(&self, letter: LetterId) -> Result<Standing, Refused> {
        self.letters.get(&letter).map(|kept| kept.standing).ok_or(Refused::NoSuchLetter)
    }

    /// Two letters of a kind at once would tell them twice.
    fn must_be_the_only_one(&self, letter: LetterId, facts: &LetterFacts) -> Result<(), Refused> {
        let alike = |other: &CaseLetter| other.facts.purpose.kind() == facts.purpose.kind();
        for (id, other) in self.letters.iter().filter(|(id, other)| **id != letter && alike(other)) {
            match other.standing {
                Standing::UnderWay => return Err(Refused::LetterUnderWay),
                Standing::Unknown if Some(*id) != facts.again => return Err(Refused::LetterUnresolved),
                _ => {}
            }
        }
        Ok(())
    }

    fn must_be_able(&self, purpose: &Purpose, now: Timestamp, terms: &Terms) -> Result<(), Refused> {
        match purpose {
            Purpose::Recap if self.tellings.is_empty() => Err(Refused::NotToldYet),
            Purpose::Recap => Ok(()),
            Purpose::Update { .. } if self.tellings.is_empty() => Err(Refused::NotToldYet),
            Purpose::Update { then: None } if self.next_word.is_none() => Ok(()),
            Purpose::Update { then: Some(by) } if self.next_word.is_none() => {
                self.promise_next_word(*by, now).map(drop)
            }
            Purpose::Update { then } => self.keep_next_word(by_email(), *then, now).map(drop),
            Purpose::Delivered { promises } => {
                self.confirm_delivery(promises.clone(), by_email(), now).map(drop)
            }
            Purpose::FirstWord { telling, .. } if !matches!(telling.channel, Channel::Email { .. }) => {
                Err(Refused::EmailFirstNeedsReason)
            }
            Purpose::FirstWord { telling, next_word } => {
                self.tell(telling.clone(), *next_word, now, terms).map(drop)
            }
        }
    }

    /// What follows once they have it. The case may have moved on meanwhile: what was said was said, of the
    /// lines that are still there.
    fn deeds(&self, purpose: &Purpose, now: Timestamp, terms: &Terms) -> Vec<CaseEvent> {
        if self.closed.is_some() {
            return Vec::new();
        }
        match purpose {
            Purpose::Recap => vec![CaseEvent::RecapTaken],
            Purpose::Update { then } => {
                let kept = self.next_word.map(|word| CaseEvent::NextWordKept {
                    due: word.by,
                    channel: by_email(),
                    late: now > word.by,
                });
                let promised = then.map(|by| CaseEvent::NextWordPromised { by });
                kept.into_iter().chain(promised).collect()
            }
            Purpose::Delivered { promises } => {
                let known = promises.iter().filter(|id| self.lines.contains_key(id)).copied().collect();
                let confirmed = self.confirm_delivery(known, by_email(), now);
                confirmed.unwrap_or_default()
            }
            Purpose::FirstWord { telling, next_word } => {
                let mut telling = telling.clone();
                telling.lines.retain(|(promise, _)| self.lines.get(promise).is_some_and(CaseLine::is_open));
                if telling.lines.is_empty() {
                    return Vec::new();
                }
                self.record_telling(telling, *next_word, now, terms)
            }
        }
    }
}

fn happened(letter: LetterId, what: LetterEvent) -> CaseEvent {
    CaseEvent::Letter { letter, what }
}

fn by_email() -> Channel {
    Channel::Email { reason: None }
}

fn count(deeds: &[CaseEvent]) -> u32 {
    deeds.len().try_into().unwrap_or(u32::MAX)
}
