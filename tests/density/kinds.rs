//! Every kind and filter of the yard, and who is one person.

use super::*;

const DAY: &[(At, i64)] = &[
    ((0, 0), 5000),
    ((1, 0), 5000),
    ((2, 0), 8000),
    ((0, 3), 3000),
    ((0, 6), 3000),
];

#[test]
fn every_kind_of_the_yard() {
    let yard = Kept::new(yard().round());
    let of = |kind| sums(&count(&yard, kind, &Filter::default()));
    assert_eq!(of(Kind::Movement), DAY);
    assert_eq!(of(Kind::KillsByKiller), [((2, 0), 1)]);
    assert_eq!(of(Kind::KillsByVictim), [((0, 3), 1)], "not her own");
    assert_eq!(of(Kind::Deaths), [((1, 0), 1), ((0, 3), 1)]);
    assert_eq!(
        of(Kind::Combat),
        [((2, 0), 1), ((0, 3), 2)],
        "neither the body's nor the friend's"
    );
    assert_eq!(of(Kind::Escapes), [((2, 1), 1)], "bodies do not escape");
    assert_eq!(of(Kind::Shots), [((0, 0), 1), ((2, 0), 2)]);
    let movement = count(&yard, Kind::Movement, &Filter::default());
    let cell = Cell {
        sum: 5000,
        n: 5,
        lives: 1,
        rounds: 1,
    };
    assert_eq!(movement.grid.get((0, 0)), cell);
    assert_eq!((movement.rounds(), movement.grid.n()), (1, 24));
}

#[test]
fn every_filter_of_the_yard() {
    let yard = Kept::new(yard().round());
    let of = |kind, filter: Filter| sums(&count(&yard, kind, &filter));
    let all = Filter::default;
    let allies = Filter {
        team: Some(Team::Allies),
        ..all()
    };
    let bert = Filter {
        person: Some(Person::new(&guid("Bert"), "by another name")),
        ..all()
    };
    let soldiers = Filter {
        class: Some(Class::Soldier),
        ..all()
    };
    for filter in [allies, bert, soldiers] {
        assert_eq!(of(Kind::Movement, filter.clone()), [((2, 0), 8000)]);
        assert_eq!(of(Kind::KillsByVictim, filter.clone()), [((0, 3), 1)]);
        assert_eq!(of(Kind::Deaths, filter.clone()), []);
        assert_eq!(of(Kind::Combat, filter.clone()), [((2, 0), 1)]);
        assert_eq!(of(Kind::Escapes, filter.clone()), [((2, 1), 1)]);
        assert_eq!(of(Kind::Shots, filter.clone()), [((2, 0), 2)]);
        // The unknown shooter may be of any team, class or name.
        assert_eq!(count(&yard, Kind::Shots, &filter).undecided, 1);
        assert_eq!(count(&yard, Kind::Deaths, &filter).undecided, 0);
    }
    let middle = Filter {
        time_ms: Some((3000, 6000)),
        ..all()
    };
    let presence = [
        ((0, 0), 2000),
        ((1, 0), 1000),
        ((2, 0), 3000),
        ((0, 3), 3000),
    ];
    assert_eq!(of(Kind::Movement, middle.clone()), presence);
    assert_eq!(of(Kind::Deaths, middle.clone()), [], "6 s is behind it");
    assert_eq!(of(Kind::Combat, middle), [((0, 3), 2)]);
    let upstairs = Filter {
        height_u: Some((100.0, 450.1)),
        ..all()
    };
    assert_eq!(of(Kind::Movement, upstairs.clone()), [((1, 0), 5000)]);
    assert_eq!(of(Kind::Deaths, upstairs.clone()), [((1, 0), 1)]);
    assert_eq!(of(Kind::Shots, upstairs), []);
    let nobody = Filter {
        person: Some(Person::new("", "Anna")),
        ..all()
    };
    assert_eq!(of(Kind::Movement, nobody), []);
}

/// Anna and Arno are 600 u apart for 3 s, then 300 u for 2 s; then 316 u on the map but 550 u in the house, for the last second of his life.
#[test]
fn alone_in_the_yard() {
    let yard = Kept::new(yard().round());
    let of = |kind, alone| {
        let filter = Filter {
            alone: Some(alone),
            ..Filter::default()
        };
        let counted = count(&yard, kind, &filter);
        (sums(&counted), counted.undecided)
    };
    let alone = [
        ((0, 0), 3000),
        ((1, 0), 5000),
        ((2, 0), 8000),
        ((0, 3), 1000),
        ((0, 6), 3000),
    ];
    assert_eq!(of(Kind::Movement, true), (alone.to_vec(), 0));
    let together = vec![((0, 0), 2000), ((0, 3), 2000)];
    assert_eq!(of(Kind::Movement, false), (together, 0));
    // The hit at 4.5 s found him in company by the samples of 4 s; that at 5.5 s alone.
    assert_eq!(of(Kind::Combat, false), (vec![((0, 3), 1)], 0));
    assert_eq!(of(Kind::Combat, true), (vec![((2, 0), 1), ((0, 3), 1)], 0));
    assert_eq!(of(Kind::Deaths, true), (vec![((1, 0), 1), ((0, 3), 1)], 0));
    assert_eq!(of(Kind::KillsByVictim, true), (vec![((0, 3), 1)], 0));
    assert_eq!(of(Kind::Shots, true), (vec![((2, 0), 2)], 1));
    // A sample that is too old does not tell where the mate is.
    let params = Params {
        oldest_sample_ms: 0,
        ..HUNDRED
    };
    let filter = Filter {
        alone: Some(false),
        ..Filter::default()
    };
    let counted = density(&[yard.source()], Kind::Combat, &filter, &params);
    assert_eq!(sums(&counted), [], "half a second old");
}

/// Somebody over rounds: by GUID whatever his name, bots by name.
#[test]
fn a_person_is_the_same_in_every_round() {
    let with = |name: &str, called: &str| {
        let mut story = Story::default();
        let points = [[0, 50, 50, 0], [1000, 50, 50, 0]];
        life(&mut story, (name, "AXIS", "MEDIC"), &points, "killed");
        story.tracks[0] = story.tracks[0]
            .replacen(name, called, 2)
            .replacen(called, name, 1);
        Kept::new(story.round())
    };
    let rounds = [
        with("Anna", "Ann^1ie"),
        with("Anna", "Anna"),
        with("bot1", "bot^31"),
        with("bot2", "bot2"),
    ];
    let sources: Vec<_> = rounds.iter().map(Kept::source).collect();
    let of = |who: Person| {
        let filter = Filter {
            person: Some(who),
            ..Filter::default()
        };
        density(&sources, Kind::Movement, &filter, &HUNDRED)
            .grid
            .get((0, 0))
    };
    let anna = person(&rounds[0].round, PlayerId(0));
    assert_eq!(anna, person(&rounds[1].round, PlayerId(0)));
    assert_eq!(anna.name, "Annie");
    assert_eq!(of(anna).rounds, 2);
    assert_eq!(of(Person::new("", "bot1")).sum, 1000);
    assert_eq!(of(Person::new("", "Anna")).sum, 0);
}
