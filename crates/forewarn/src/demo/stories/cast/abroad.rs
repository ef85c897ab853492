//! The reps of Henrik Dahl's team.

use super::super::{Plot, Scene, Teller};
use super::scene;
use crate::demo::causes::{CASTINGS, COATING, MOTORS, PICKING, PORT, SEALS, SHAFTS, TEST_BENCH, UNKNOWN};
use forewarn_domain::severity::{Impact, Temperature};

pub(super) static SCENES: [(Plot, Scene); 15] = [
    // Sofie Andersen
    (Teller::ready_to_call, scene("Aarhus Køleteknik", 44_709, &[("NPV-32", 2)], &MOTORS)),
    (
        Teller::untold_for_too_long,
        scene("Esbjerg Wind Service", 44_621, &[("SK-40", 20), ("GA-10", 30)], &PICKING),
    ),
    (Teller::only_suspected, scene("Fyn Mejeriudstyr", 44_693, &[("MS-55", 6)], &SEALS)),
    (
        Teller::written_to,
        scene("Rotterdam Baggerwerken", 44_587, &[("NP-100", 2)], &SHAFTS)
            .says("\"Please write; I'm at sea without a line.\""),
    ),
    // Tomas Keller
    (
        Teller::told_without_a_date,
        scene("Kiel Schiffstechnik", 44_561, &[("NP-65", 6), ("MS-55", 6)], &UNKNOWN)
            .says("\"I have to report a date to the yard on Friday.\"")
            .felt(Temperature::Concerned, Impact::TheirCustomers),
    ),
    (
        Teller::word_missed,
        scene("Brandt Anlagenbau", 44_574, &[("GV-100", 10)], &PORT)
            .says("\"In a meeting. What is the date? Good. Call me.\""),
    ),
    (
        Teller::arrived,
        scene("Rheinland Chemie Service", 44_381, &[("MS-55", 12)], &SEALS)
            .says("\"Our stop was longer than yours, luckily.\""),
    ),
    (Teller::came_back, scene("Bodensee Getränke", 44_664, &[("ND-80", 2)], &MOTORS)),
    // Emma Clarke
    (
        Teller::word_due,
        scene("Forth Marine Engineering", 44_593, &[("NB-150", 2), ("BF-100", 6)], &COATING)
            .says("\"Half now is better than all later.\"")
            .at(11),
    ),
    (Teller::just_confirmed, scene("Tyne Process Systems", 44_745, &[("CO-38", 10)], &PICKING)),
    (
        Teller::asked_to_be_called,
        scene("Thames Water Plant Hire", 44_640, &[("NP-40", 6)], &TEST_BENCH).at(11),
    ),
    (
        Teller::back_to_business,
        scene("Bretagne Aquaculture", 44_083, &[("NPV-32", 2)], &CASTINGS)
            .says("\"It worked out.\"")
            .felt(Temperature::Calm, Impact::Inconvenience)
            .at(11),
    ),
    // Daniel Roy; nine in Houston is four in Bergen.
    (
        Teller::untold_for_too_long,
        scene("Houston Flow Services", 44_625, &[("IM-65", 12), ("SH-40", 6)], &SHAFTS).at(16),
    ),
    (
        Teller::word_due,
        scene("Gulf Coast Desalination", 44_597, &[("NP-100", 1), ("SK-100", 2)], &CASTINGS)
            .says("\"Ship what you have.\"")
            .at(16),
    ),
    (Teller::only_suspected, scene("Halifax Shipyard Supply", 44_686, &[("BV-50", 30)], &PORT).at(16)),
];
