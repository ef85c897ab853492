//! Who is there and who stands in, for those who have to know it beforehand.

use crate::db::Store;
use crate::error::Result;
use forewarn_domain::roster::Roster;
use jiff::Timestamp;

impl Store {
    /// Our people, their teams, and the absences that are not over at `now`. Names of colleagues and when they
    /// are away are no secret.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn roster(&self, now: Timestamp) -> Result<Roster> {
        Ok(crate::roster::load(self.reads(), now).await?.0)
    }
}
