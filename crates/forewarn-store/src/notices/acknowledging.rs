//! "I'll see to it": what one tap on a notice does.

use crate::cases::{Act, ActFailed, Acted};
use crate::db::Store;
use crate::people;
use forewarn_domain::ids::{NoticeId, PersonId};
use jiff::Timestamp;

impl Store {
    /// A person acknowledges one of their notices. Where it is a step of a ladder, the next step waits for as long
    /// as the policy allows; other notices are marked as acted on. Twice does nothing the second time.
    ///
    /// # Errors
    /// [`ActFailed::NotFound`] if the notice, or its case, is not theirs to see; [`ActFailed::Refused`] if there is
    /// nothing to see to any more.
    pub async fn acknowledge(
        &self,
        person: PersonId,
        notice: NoticeId,
        now: Timestamp,
    ) -> Result<Acted, ActFailed> {
        let notice = self.notice(person, notice).await?.ok_or(ActFailed::NotFound)?;
        let here = people::by_id(self.reads(), person).await?.filter(|person| person.disabled_at.is_none());
        let scope = here.ok_or(ActFailed::NotFound)?.scope();
        if notice.acted_at.is_some() {
            return Ok(Acted::AlreadyDone);
        }
        let acted = match (notice.case, notice.kind.ladder()) {
            (Some(case), Some(ladder)) if scope.sees_conversations() => {
                let act = Act::now(scope, now);
                self.act(case, act, |file| file.case.acknowledge(ladder, now, &file.terms)).await?
            }
            _ => Acted::Done(Vec::new()),
        };
        // Should the program die here, the next tap finds it acknowledged and ends up here again.
        self.notice_acted(person, notice.id, now).await?;
        Ok(acted)
    }
}
