//! Stories in which the customer doesn't know yet.

use super::{Scene, Teller};
use crate::demo::deeds::Deed;
use forewarn_domain::case::{NotNow, Outcome};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::text::InternalText;

impl Teller {
    /// Two reports have said so, days ago; two tries reached nobody, and nobody tried again.
    pub(super) fn untold_for_too_long(&mut self, scene: &Scene) {
        let promised = self.days.ahead(5);
        let late = self.days.after(promised, 6);
        self.lines(scene, promised, |line| line.moved(6, Some(late)));
        self.rep(scene, self.days.at(5, scene.hour, 10), vec![Deed::View]);
        self.rep(scene, self.days.at(4, scene.hour, 40), vec![Deed::Try(Outcome::Voicemail)]);
        self.rep(scene, self.days.at(2, scene.hour, 20), vec![Deed::Try(Outcome::NoAnswer)]);
    }

    /// The date was taken out of the plan, and there is no other. Everything else is prepared.
    pub(super) fn without_a_date(&mut self, scene: &Scene) {
        self.lines(scene, self.days.ahead(7), |line| line.moved(2, None));
        let prepared = self.prepared(scene, 1);
        self.rep(scene, self.days.at(1, 15, 30), prepared);
    }

    /// The reports name an owner whom nobody has mapped: it lies in the inbox of the team.
    pub(super) fn nobody_knows_whose(&mut self, scene: &Scene) {
        let promised = self.days.ahead(9);
        let late = self.days.after(promised, 5);
        self.lines(scene, promised, |line| line.moved(2, Some(late)));
    }

    /// Supply has just confirmed a later date.
    pub(super) fn just_confirmed(&mut self, scene: &Scene) {
        let promised = self.days.ahead(14);
        self.lines(scene, promised, |line| line);
        self.supply(scene, self.days.recent(25), Outlook::Firm { on: self.days.after(promised, 5) });
    }

    /// Supply has confirmed a later date an hour ago, and the call is prepared.
    pub(super) fn ready_to_call(&mut self, scene: &Scene) {
        let promised = self.days.ahead(12);
        self.lines(scene, promised, |line| line);
        self.supply(scene, self.days.recent(70), Outlook::Firm { on: self.days.after(promised, 6) });
        let prepared = self.prepared(scene, 0);
        self.rep(scene, self.days.recent(35), prepared);
    }

    /// The newest report moved a date that is some weeks away; nobody has confirmed it.
    pub(super) fn only_suspected(&mut self, scene: &Scene) {
        let promised = self.days.ahead(15);
        let late = self.days.after(promised, 8);
        self.lines(scene, promised, |line| line.moved(0, Some(late)));
    }

    /// Supply gave a range an hour and a half ago, and owes the firm date: *Not now*.
    pub(super) fn waits_for_a_firm_date(&mut self, scene: &Scene) {
        let promised = self.days.ahead(11);
        self.lines(scene, promised, |line| line);
        let (from, to) = (self.days.after(promised, 4), self.days.after(promised, 7));
        self.supply(scene, self.days.recent(95), Outlook::Range { from, to });
        let reason = NotNow::WaitingForFirmDate { until: self.days.next_day(12, 0) };
        self.rep(scene, self.days.recent(80), vec![Deed::View, Deed::NotNow(reason)]);
    }

    /// They asked to be called later.
    pub(super) fn asked_to_be_called(&mut self, scene: &Scene) {
        let promised = self.days.ahead(10);
        let late = self.days.after(promised, 6);
        self.lines(scene, promised, |line| line.moved(2, Some(late)));
        let prepared = self.prepared(scene, 1);
        self.rep(scene, self.days.at(1, scene.hour, 5), prepared);
        let reason = NotNow::CustomerAskedFor { at: self.days.soon() };
        let deeds = vec![Deed::Try(Outcome::WrongPerson), Deed::NotNow(reason)];
        self.rep(scene, self.days.at(1, scene.hour, 50), deeds);
    }

    /// A date that moved in one report and came back in the next: nobody was troubled with it.
    pub(super) fn came_back(&mut self, scene: &Scene) {
        let promised = self.days.ahead(18);
        let late = self.days.after(promised, 8);
        self.lines(scene, promised, |line| line.moved(4, Some(late)).moved(3, Some(promised)));
    }

    /// It moved, and this customer doesn't mind.
    pub(super) fn no_news_for_them(&mut self, scene: &Scene) {
        let promised = self.days.ahead(20);
        let late = self.days.after(promised, 7);
        self.lines(scene, promised, |line| line.moved(5, Some(late)));
        let why = InternalText::new(scene.words).unwrap_or_default();
        let deeds = vec![Deed::View, Deed::NotNow(NotNow::NotNews { why })];
        self.rep(scene, self.days.at(4, scene.hour, 30), deeds);
    }
}
