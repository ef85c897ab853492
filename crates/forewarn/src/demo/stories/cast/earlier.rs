//! Who told whom last month, and how soon.

use super::super::{Plot, Scene, Teller};
use super::scene;
use crate::demo::causes::{CASTINGS, COATING, MOTORS, PICKING, PORT, SEALS, SHAFTS, TEST_BENCH};

pub(super) static SCENES: [(Plot, Scene); 18] = [
    // Jon Berg
    (Teller::told_at_once, scene("Hardanger Kraft", 44_110, &[("SK-65", 4), ("GA-10", 10)], &PICKING)),
    (Teller::told_days_later, scene("Sunnmøre Verft", 44_112, &[("BV-50", 6)], &PORT)),
    // Ingrid Solheim
    (Teller::told_at_once, scene("Trøndelag Meieri", 44_115, &[("NPV-50", 2), ("CO-38", 4)], &SHAFTS)),
    (Teller::told_at_once, scene("Helgeland Industrier", 44_117, &[("IM-65", 4), ("SH-40", 4)], &CASTINGS)),
    (Teller::told_on_the_next_day, scene("Lofoten Laks", 44_119, &[("NB-150", 1)], &MOTORS)),
    (Teller::told_a_week_later, scene("Narvik Havn", 44_122, &[("BF-200", 4), ("GV-100", 2)], &PORT)),
    // Lars Haugen
    (Teller::told_at_once, scene("Drammen Fjernvarme", 44_125, &[("CV-65", 4), ("BR-62", 6)], &TEST_BENCH)),
    (Teller::told_on_the_next_day, scene("Østfold Papir", 44_128, &[("NP-100", 1)], &CASTINGS)),
    (Teller::told_on_the_next_day, scene("Telemark Smelteverk", 44_131, &[("SH-40", 4)], &COATING)),
    // Maja Lindqvist
    (Teller::written_on_the_next_day, scene("Turku Laivat", 44_134, &[("CV-65", 6)], &COATING)),
    // Sofie Andersen
    (Teller::told_too_late, scene("Esbjerg Wind Service", 44_137, &[("GA-10", 30)], &PICKING)),
    // Tomas Keller
    (Teller::told_days_later, scene("Bodensee Getränke", 44_140, &[("ND-80", 2), ("MS-28", 4)], &MOTORS)),
    (Teller::told_a_week_later, scene("Brandt Anlagenbau", 44_143, &[("GV-100", 6)], &PORT)),
    (Teller::told_too_late, scene("Kiel Schiffstechnik", 44_146, &[("NP-65", 2), ("MS-55", 4)], &SEALS)),
    // Emma Clarke
    (
        Teller::told_at_once,
        scene("Forth Marine Engineering", 44_149, &[("NB-150", 1), ("BF-100", 4)], &COATING),
    ),
    (Teller::told_on_the_next_day, scene("Tyne Process Systems", 44_151, &[("CO-38", 6)], &PICKING)),
    (Teller::told_on_the_next_day, scene("Thames Water Plant Hire", 44_153, &[("NP-40", 2)], &TEST_BENCH)),
    // Daniel Roy
    (Teller::told_on_the_next_day, scene("Vigo Conservas", 44_156, &[("SK-40", 8)], &SEALS).at(16)),
];
