//! Who is away: their work has moved to whoever stands in.

use super::Teller;
use crate::demo::timeline::What;

impl Teller {
    /// Lars is away since the morning of the newest report, and Ingrid has his customers; Tomas will be away soon.
    pub(super) fn absences(&mut self) {
        let days = &self.days;
        let lars = What::Absence {
            person: "Lars Haugen",
            deputy: "Ingrid Solheim",
            from: days.at(0, 0, 0),
            until: days.next_week(),
        };
        let tomas = What::Absence {
            person: "Tomas Keller",
            deputy: "Sofie Andersen",
            from: days.at(-6, 0, 0),
            until: days.at(-11, 0, 0),
        };
        let said = [days.at(3, 14, 10), days.at(2, 9, 45)];
        for (at, what) in said.into_iter().zip([lars, tomas]) {
            self.happens(at, what);
        }
    }
}
