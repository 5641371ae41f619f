use super::*;
use crate::maps::bounds::WorldRect;
use crate::model::Provenance;
use crate::ui::canvas::camera::{Look, Projection};
use crate::ui::canvas::{Ground, Layers, players};
use crate::ui::theme::{Mode, TeamPalette, Theme};
use eframe::egui::{Context, Pos2, RawInput, Rect, Vec2};

/// A round of one life with these samples (time, x), 200 ms apart unless said otherwise.
fn round(samples: &[(i32, f32)]) -> Round {
    let points = samples
        .iter()
        .map(|(time, x)| format!("{time},{x:.1},0.0,0.0,100,300.0,8,0,0,sample"));
    let path: Vec<String> = points.collect();
    let text = format!(
        "# PROXIMITY_TRACKER_V6\n# map=nowhere\n# PLAYER_TRACKS\nA;a;AXIS;MEDIC;0;60000;0;killed;{};{}\n",
        path.len(),
        path.join("|")
    );
    Round::build(
        crate::model::format::read(text.as_bytes()).unwrap(),
        Provenance::default(),
    )
}

/// The mesh of a round's trails at a moment. One unit is one point, the world's zero in the middle of 2000 x 200.
fn mesh(layer: &mut TrailLayer, round: &Round, trails: Trails, t_ms: i64) -> Arc<Mesh> {
    mesh_from(layer, round, trails, t_ms, 0.0)
}

/// The same seen from over `x`.
fn mesh_from(
    layer: &mut TrailLayer,
    round: &Round,
    trails: Trails,
    t_ms: i64,
    x: f32,
) -> Arc<Mesh> {
    let theme = Theme::new(Mode::Dark, TeamPalette::Game);
    let layers = Layers {
        trails,
        ..Layers::default()
    };
    let ground = Ground {
        rect: WorldRect::new(-1000.0, 100.0, 1000.0, -100.0).unwrap(),
        source: String::new(),
        picture: None,
        objectives: Vec::new(),
    };
    let view = CanvasView {
        round,
        deaths: &[],
        ground: &ground,
        t_ms,
        layers: &layers,
        theme: &theme,
        selected: None,
        follow: false,
        smooth: false,
    };
    let look = Look {
        x,
        y: 0.0,
        points_per_u: 1.0,
    };
    let screen = Rect::from_min_size(Pos2::ZERO, Vec2::new(2000.0, 200.0));
    let projection = Projection { look, screen };
    let mut people = players::people(&view);
    for person in &mut people {
        person.pos = projection.pos_in_screen(person.world.0, person.world.1);
    }
    let mut output = Context::default().run_ui(RawInput::default(), |ui| {
        let pen = Pen {
            painter: ui.painter(),
            projection,
            theme,
        };
        layer.draw(&pen, &view, &people);
    });
    output.textures_delta.clear();
    layer
        .drawn
        .as_ref()
        .map(|drawn| Arc::clone(&drawn.mesh))
        .unwrap_or_default()
}

/// From where to where each unbroken line goes, world x.
fn runs(mesh: &Mesh) -> Vec<(f32, f32)> {
    let mut runs: Vec<(f32, f32)> = Vec::new();
    for triangle in mesh.indices.chunks_exact(3) {
        let xs = triangle
            .iter()
            .map(|index| mesh.vertices[*index as usize].pos.x - 1000.0);
        let (low, high) = xs.fold((f32::MAX, f32::MIN), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        match runs.last_mut() {
            Some((_, end)) if low <= *end => *end = end.max(high),
            _ => runs.push((low, high)),
        }
    }
    runs
}

#[test]
fn trails_break_where_nothing_is_known() {
    let round = round(&[
        (0, 0.0),
        (200, 50.0),
        // Twice the cadence is no gap yet.
        (600, 100.0),
        (800, 150.0),
        // 401 ms are one.
        (1201, 200.0),
        (1401, 250.0),
        // 300 u in 200 ms are 1500 u/s: a jump.
        (1601, 550.0),
        (1801, 600.0),
    ]);
    assert_eq!(round.cadence_ms(), 200);
    let layer = &mut TrailLayer::default();
    let expected = [(0.0, 150.0), (200.0, 250.0), (550.0, 600.0)];
    assert_eq!(runs(&mesh(layer, &round, Trails::WholeRound, 0)), expected);
    assert_eq!(
        runs(&mesh(layer, &round, Trails::CurrentLife, 1801)),
        expected
    );
}

#[test]
fn a_trail_never_runs_ahead_of_the_moment() {
    let samples: Vec<(i32, f32)> = (0..100_u8)
        .map(|n| (200 * i32::from(n), 5.0 * f32::from(n)))
        .collect();
    let round = round(&samples);
    let layer = &mut TrailLayer::default();
    assert_eq!(
        runs(&mesh(layer, &round, Trails::CurrentLife, 10_100)),
        [(0.0, 250.0)]
    );
    let recent = Trails::Recent { seconds: 4.0 };
    assert_eq!(runs(&mesh(layer, &round, recent, 10_100)), [(155.0, 250.0)]);
    assert!(
        mesh(layer, &round, recent, 61_000).is_empty(),
        "he is dead by then"
    );
}

#[test]
fn a_rest_adds_no_points_but_the_end_is_exact() {
    let mut samples: Vec<(i32, f32)> = vec![(0, 0.0)];
    samples.extend((1..50).map(|n| (200 * n, 30.0)));
    samples.push((10_000, 31.0));
    let mesh = mesh(
        &mut TrailLayer::default(),
        &round(&samples),
        Trails::WholeRound,
        0,
    );
    assert_eq!(mesh.vertices.len(), 2 * 3);
    assert_eq!(runs(&mesh), [(0.0, 31.0)]);
}

#[test]
fn what_does_not_change_is_kept() {
    let round = round(&[(0, 0.0), (200, 50.0), (400, 100.0)]);
    let layer = &mut TrailLayer::default();
    let first = mesh(layer, &round, Trails::WholeRound, 0);
    assert!(
        Arc::ptr_eq(&first, &mesh(layer, &round, Trails::WholeRound, 200)),
        "time does not matter here"
    );
    let life = mesh(layer, &round, Trails::CurrentLife, 200);
    assert!(Arc::ptr_eq(
        &life,
        &mesh(layer, &round, Trails::CurrentLife, 200)
    ));
    assert!(!Arc::ptr_eq(
        &life,
        &mesh(layer, &round, Trails::CurrentLife, 400)
    ));
}

#[test]
fn a_moved_view_moves_what_is_drawn() {
    let samples: Vec<(i32, f32)> = (0..200_u8)
        .map(|n| (200 * i32::from(n), 20.0 * f32::from(n) - 2000.0))
        .collect();
    let round = round(&samples);
    let layer = &mut TrailLayer::default();
    drop(mesh_from(layer, &round, Trails::WholeRound, 0, 0.0));
    let shown = |mesh: &Mesh| {
        runs(mesh)
            .iter()
            .map(|run| (run.0.max(-1000.0), run.1.min(1000.0)))
            .collect::<Vec<_>>()
    };
    for x in [100.0, -60.0, 150.0, 400.0, 399.5, -900.0] {
        let moved = mesh_from(layer, &round, Trails::WholeRound, 0, x);
        let anew = mesh_from(&mut TrailLayer::default(), &round, Trails::WholeRound, 0, x);
        assert_eq!(shown(&moved), shown(&anew), "from over {x}");
        drop(moved);
    }
    // A view at rest keeps the very mesh, and a short way does not cost a new one.
    let built = layer.drawn.as_ref().unwrap().mesh.vertices.len();
    drop(mesh_from(layer, &round, Trails::WholeRound, 0, -905.0));
    let drawn = layer.drawn.as_ref().unwrap();
    assert_eq!(
        (drawn.moved, drawn.mesh.vertices.len()),
        (Vec2::new(5.0, 0.0), built)
    );
}
