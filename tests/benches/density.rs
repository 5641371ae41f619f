//! Speed of density: a thousand rounds of 40,000 samples each, and half as many, so that twice the set shows twice the time.
//!
//! The thousand are fifty copies, each with its own columns (some 80 MB together, more than any cache holds), gone through twenty times.

#[path = "../support/synthetic.rs"]
mod synthetic;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use sandtable::analysis::deaths::{Death, deaths};
use sandtable::analysis::density::{Filter, Kind, Params, Source, density};
use sandtable::analysis::flags::RowFlags;
use sandtable::model::{Class, Round, Team};
use std::hint::black_box;
use synthetic::Size;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const COPIES: usize = 50;
/// Six against six, 40,000 samples.
const SIZE: Size = Size {
    a_side: 6,
    lives: 16,
    samples: 209,
};

fn filters() -> [(&'static str, Filter); 4] {
    let all = Filter::default;
    let team_and_time = Filter {
        team: Some(Team::Axis),
        time_ms: Some((60_000, 600_000)),
        ..all()
    };
    let class_and_height = Filter {
        class: Some(Class::Medic),
        height_u: Some((0.0, 200.0)),
        ..all()
    };
    let alone = Filter {
        alone: Some(true),
        ..all()
    };
    [
        ("everything", all()),
        ("team and time", team_and_time),
        ("class and height", class_and_height),
        ("alone", alone),
    ]
}

fn bench(criterion: &mut Criterion) {
    let round = synthetic::round(SIZE);
    let kept: Vec<(Round, Vec<Death>, RowFlags)> = (0..COPIES)
        .map(|_| {
            let round = round.clone();
            let deaths = deaths(&round);
            let flags = RowFlags::of(&round, &deaths);
            (round, deaths, flags)
        })
        .collect();
    let mut group = criterion.benchmark_group("density");
    group.sample_size(10);
    for rounds in [500, 1000] {
        let sources: Vec<Source<'_>> = kept
            .iter()
            .cycle()
            .take(rounds)
            .map(|(round, deaths, flags)| Source {
                round,
                deaths,
                flags,
            })
            .collect();
        let size = format!("{rounds} rounds of {} samples", round.samples().len());
        let params = Params::default();
        let mut run = |name: &str, kind: Kind, filter: &Filter| {
            group.bench_function(BenchmarkId::new(name, &size), |b| {
                b.iter(|| black_box(density(&sources, kind, filter, &params)));
            });
        };
        for (name, filter) in filters() {
            run(name, Kind::Movement, &filter);
        }
        run("kills", Kind::KillsByVictim, &Filter::default());
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
