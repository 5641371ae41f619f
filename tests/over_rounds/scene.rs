//! Two rounds worked out by hand.

use crate::story::{Story, guid};
use sandtable::analysis::over_rounds::{Params, RoundFacts, round_facts};
use sandtable::maps::objective::Objective;

pub(crate) type Player = (&'static str, &'static str);
pub(crate) const ANNA: Player = ("Anna", "AXIS");
pub(crate) const ARNO: Player = ("Arno", "AXIS");
pub(crate) const BERT: Player = ("Bert", "ALLIES");
pub(crate) const BOT: Player = ("botX", "ALLIES");

/// A life with a sample each second at the places given: each until the next one's time.
pub(crate) fn life(story: &mut Story, who: Player, stays: &[(i64, i64)], end: i64, how: &str) {
    let mut points = Vec::new();
    for (nth, (from, x)) in stays.iter().enumerate() {
        let until = stays.get(nth + 1).map_or(end, |next| next.0);
        points.extend((*from..until).step_by(1000).map(|t| (t, *x, 0)));
    }
    points.push((end, stays.last().unwrap().1, 0));
    story.life(who, &points, how);
}

/// Anna, medic, is killed by Bert at 10 s; Arno, 300 u from her, kills him at 12 s. Anna comes back at 20 s as a soldier, Bert too; she kills him
/// at 30 s in a crossfire with Arno, who walks 700 u away then. The round ends at 60 s.
pub(crate) fn first_round() -> Story {
    let mut story = Story::default();
    let s = &mut story;
    life(s, ANNA, &[(0, 0)], 10_000, "killed");
    s.tracks[0] = s.tracks[0].replace(";10000;;", ";10000;1500;");
    life(s, ANNA, &[(20_000, 0)], 60_000, "round_end");
    s.tracks[1] = s.tracks[1].replace("MEDIC", "SOLDIER");
    life(s, ARNO, &[(0, 300), (30_000, 1000)], 60_000, "round_end");
    life(s, BERT, &[(0, 1000)], 12_000, "killed");
    life(s, BERT, &[(20_000, 1000)], 30_000, "killed");
    s.engagement(
        ANNA,
        (9000, 10_000),
        "killed",
        (0, 0),
        &[("Bert", "ALLIES", 100, 9000, 10_000, true)],
    );
    s.engagement(
        BERT,
        (11_500, 12_000),
        "killed",
        (1000, 0),
        &[("Arno", "AXIS", 90, 11_500, 12_000, true)],
    );
    s.engagement(
        BERT,
        (29_000, 30_000),
        "killed",
        (1000, 0),
        &[
            ("Arno", "AXIS", 40, 29_000, 29_200, false),
            ("Anna", "AXIS", 60, 29_500, 30_000, true),
        ],
    );
    let hit = |t, region| {
        format!(
            "{t};{};Anna;{};Bert;8;{region};20",
            guid("Anna"),
            guid("Bert")
        )
    };
    story.sections = vec![
        (
            "WEAPON_ACCURACY",
            vec![format!("{};Anna;AXIS;8;10;4;1;1", guid("Anna"))],
        ),
        // The last hit is on his body.
        (
            "HIT_REGIONS",
            vec![hit(29_500, 0), hit(30_000, 2), hit(31_000, 0)],
        ),
    ];
    story
}

/// Anna, medic, alone against Bert, who kills her at 20 s; a bot stands by. The round ends at 60 s.
pub(crate) fn second_round() -> Story {
    let mut story = Story::default();
    let s = &mut story;
    life(s, ANNA, &[(0, 0)], 20_000, "killed");
    life(s, BERT, &[(0, 400)], 60_000, "round_end");
    life(s, BOT, &[(0, 900)], 60_000, "round_end");
    s.engagement(
        ANNA,
        (19_000, 20_000),
        "killed",
        (0, 0),
        &[("Bert", "ALLIES", 120, 19_000, 20_000, true)],
    );
    story
}

pub(crate) fn hill() -> Vec<Objective> {
    let hill = r#"[{"id": "hill", "name": "Hill", "kind": "objective", "x": 1200, "y": 0, "z": 0}, {"id": "shed", "name": "Shed", "kind": "objective", "x": 1300, "y": 0, "z": 0}]"#;
    serde_json::from_str(hill).unwrap()
}

pub(crate) fn both() -> [RoundFacts; 2] {
    let first = round_facts(&first_round().round(), &hill(), &Params::default());
    let second = round_facts(&second_round().round(), &[], &Params::default());
    [first, second]
}
