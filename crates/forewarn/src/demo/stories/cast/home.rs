//! The other reps of Kari Nilsen's team; and an account that nobody owns yet, since the reports say KUNZE.

use super::super::{Plot, Scene, Teller};
use super::scene;
use crate::demo::causes::{CASTINGS, COATING, DRAWING, MOTORS, PORT, SHAFTS, TEST_BENCH, UNKNOWN};
use forewarn_domain::severity::{Impact, Temperature};

pub(super) static SCENES: [(Plot, Scene); 13] = [
    // Ingrid Solheim
    (
        Teller::word_due,
        scene("Trøndelag Meieri", 44_590, &[("NPV-50", 4), ("CO-38", 8)], &SHAFTS)
            .says("\"The dairy runs day and night. I need to know which night.\"")
            .felt(Temperature::Upset, Impact::LineDown),
    ),
    (
        Teller::arrived,
        scene("Lofoten Laks", 44_385, &[("NB-150", 2)], &MOTORS)
            .says("\"We borrowed one from the neighbours.\""),
    ),
    (Teller::untold_for_too_long, scene("Narvik Havn", 44_617, &[("BF-200", 8)], &PORT)),
    (Teller::only_suspected, scene("Helgeland Industrier", 44_697, &[("IM-65", 4)], &CASTINGS)),
    // Lars Haugen
    (
        Teller::visited,
        scene("Østfold Papir", 44_578, &[("NP-100", 4), ("SK-100", 4)], &CASTINGS)
            .says("\"The stop is in week 3. It can't be moved, and you know that.\"")
            .felt(Temperature::Upset, Impact::Cost),
    ),
    (Teller::just_confirmed, scene("Drammen Fjernvarme", 44_741, &[("CV-65", 6)], &PORT)),
    (
        Teller::told_without_a_date,
        scene("Telemark Smelteverk", 44_566, &[("SH-40", 6), ("BR-62", 12)], &UNKNOWN)
            .says("\"No date is worse than a bad date.\"")
            .felt(Temperature::Upset, Impact::Cost),
    ),
    (
        Teller::back_to_business,
        scene("Hedmark Bioenergi", 44_079, &[("ND-80", 2)], &TEST_BENCH)
            .says("\"All right.\"")
            .felt(Temperature::Calm, Impact::None),
    ),
    // Maja Lindqvist
    (
        Teller::better_news,
        scene("Göteborg Marinteknik", 44_540, &[("NB-150", 3), ("FL-80", 6)], &DRAWING)
            .says("\"Then the dock is empty for a week.\""),
    ),
    (Teller::waits_for_a_firm_date, scene("Norrland Massa", 44_721, &[("NP-40", 2)], &CASTINGS)),
    (Teller::came_back, scene("Mälardalen Vatten", 44_668, &[("BV-80", 10)], &PORT)),
    (
        Teller::arrived_and_confirmed,
        scene("Turku Laivat", 44_371, &[("NB-150", 4), ("CV-65", 8)], &COATING)
            .says("\"The hull waited for the paint, not for you.\"")
            .felt(Temperature::Calm, Impact::None),
    ),
    // Nobody yet: the reports say KUNZE.
    (Teller::nobody_knows_whose, scene("Ostsee Wärme", 44_648, &[("NPV-32", 4), ("BF-100", 4)], &MOTORS)),
];
