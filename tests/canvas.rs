//! The map canvas without a window: what it draws, and what a person can do on it.

#[path = "support/synthetic.rs"]
mod synthetic;

use eframe::egui::{
    self, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Shape, pos2, vec2,
};
use sandtable::analysis::deaths::{Death, deaths};
use sandtable::format::{self, container};
use sandtable::maps::bounds::WorldRect;
use sandtable::maps::picture::{bundled_picture, decode};
use sandtable::maps::table::KnownMaps;
use sandtable::model::{PlayerId, Presence, Provenance, Round};
use sandtable::render::{Headless, SoftwareRenderer, encode_png};
use sandtable::ui::canvas::{Canvas, CanvasOutput, CanvasView, Ground, Layers, Trails};
use sandtable::ui::theme::{self, Mode, TeamPalette, Theme};
use std::path::Path;

const SMALL: synthetic::Size = synthetic::Size {
    a_side: 6,
    lives: 2,
    samples: 100,
};

/// A round, its ground, and how it is looked at.
struct Stage {
    round: Round,
    deaths: Vec<Death>,
    ground: Ground,
    layers: Layers,
    theme: Theme,
    t_ms: i64,
    selected: Option<PlayerId>,
    follow: bool,
}

impl Stage {
    fn new(round: Round, ground: Ground) -> Self {
        Self {
            deaths: deaths(&round),
            round,
            ground,
            layers: Layers::default(),
            theme: Theme::new(Mode::Dark, TeamPalette::Game),
            t_ms: 10_000,
            selected: None,
            follow: false,
        }
    }

    fn synthetic() -> Self {
        let ground = Ground {
            rect: WorldRect::new(-3200.0, 2600.0, 3200.0, -2600.0).unwrap(),
            source: "made up".to_owned(),
            picture: None,
            objectives: Vec::new(),
        };
        Self::new(synthetic::round(SMALL), ground)
    }

    fn show(&self, canvas: &mut Canvas, ui: &mut egui::Ui) -> CanvasOutput {
        let view = CanvasView {
            round: &self.round,
            deaths: &self.deaths,
            ground: &self.ground,
            t_ms: self.t_ms,
            layers: &self.layers,
            theme: &self.theme,
            selected: self.selected,
            follow: self.follow,
            smooth: true,
        };
        canvas.show(ui, &view)
    }

    /// Runs one frame with events; gives what was done and the shapes.
    fn frame(
        &self,
        ctx: &egui::Context,
        canvas: &mut Canvas,
        events: Vec<Event>,
    ) -> (CanvasOutput, Vec<Shape>) {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1000.0, 700.0))),
            time: Some(ctx.input(|input| input.time) + 0.5),
            events,
            ..RawInput::default()
        };
        let mut done = CanvasOutput::default();
        let mut output = ctx.run_ui(input, |ui| done = self.show(canvas, ui));
        output.textures_delta.clear();
        (
            done,
            output
                .shapes
                .into_iter()
                .map(|clipped| clipped.shape)
                .collect(),
        )
    }

    /// Where a player is on the screen of a fitted canvas of 1000 x 700.
    fn pos(&self, id: PlayerId) -> Pos2 {
        let Presence::Alive { life, sample } = self.round.presence_at(id, self.t_ms) else {
            panic!("{id:?} is not there");
        };
        let [x, y, _] = self.round.display_position(life, sample, self.t_ms);
        let map = vec2(1000.0, 700.0 - 24.0);
        let scale = ((map.x - 48.0) / 6400.0).min((map.y - 48.0) / 5200.0);
        pos2(map.x / 2.0 + x * scale, map.y / 2.0 - y * scale)
    }
}

fn press(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

fn count(shapes: &[Shape], is_meant: impl Fn(&Shape) -> bool + Copy) -> usize {
    let inner = |shape: &Shape| match shape {
        Shape::Vec(shapes) => count(shapes, is_meant),
        shape => usize::from(is_meant(shape)),
    };
    shapes.iter().map(inner).sum()
}

fn texts(shapes: &[Shape]) -> Vec<String> {
    let text = |shape: &Shape| match shape {
        Shape::Text(text) => Some(text.galley.text().to_owned()),
        _ => None,
    };
    shapes.iter().filter_map(text).collect()
}

#[test]
fn a_frame_has_people_names_trails_and_a_legend() {
    let stage = Stage::synthetic();
    let (_, shapes) = stage.frame(
        &egui::Context::default(),
        &mut Canvas::default(),
        Vec::new(),
    );
    let texts = texts(&shapes);
    for letter in ["M", "E", "S", "F", "C"] {
        assert!(
            texts.iter().any(|text| text == letter),
            "no {letter} in {texts:?}"
        );
    }
    assert!(texts.iter().any(|text| text == "player7"));
    assert!(
        texts
            .iter()
            .any(|text| text.starts_with("no picture for this map"))
    );
    assert!(
        texts.iter().any(|text| text.ends_with(" u")),
        "no scale bar"
    );
    // Lines of the ground in one mesh, all trails in one other.
    assert_eq!(count(&shapes, |shape| matches!(shape, Shape::Mesh(_))), 2);
    // Six diamonds for the Allies, and a nose for those who move.
    let polygons = count(
        &shapes,
        |shape| matches!(shape, Shape::Path(path) if path.closed),
    );
    assert!(polygons >= 6, "{polygons} polygons");
}

#[test]
fn layers_can_be_off() {
    let mut stage = Stage::synthetic();
    stage.layers = Layers {
        names: false,
        trails: Trails::Off,
        ..Layers::default()
    };
    let (_, shapes) = stage.frame(
        &egui::Context::default(),
        &mut Canvas::default(),
        Vec::new(),
    );
    assert!(!texts(&shapes).iter().any(|text| text.contains("player")));
    assert_eq!(count(&shapes, |shape| matches!(shape, Shape::Mesh(_))), 1);
}

#[test]
fn the_dead_are_marked_and_not_drawn_as_alive() {
    let mut stage = Stage::synthetic();
    // All first lives end at 19.9 s, the second ones begin at 20 s.
    stage.t_ms = 19_950;
    let (_, shapes) = stage.frame(
        &egui::Context::default(),
        &mut Canvas::default(),
        Vec::new(),
    );
    assert!(!texts(&shapes).iter().any(|text| text.contains("player")));
    let lines = count(&shapes, |shape| matches!(shape, Shape::LineSegment { .. }));
    // Two strokes for each of 12 crosses, two for each of 12 kill lines; the legend has three.
    assert!((48..=56).contains(&lines), "{lines} lines");
}

#[test]
fn a_click_selects_a_player_and_a_second_one_lets_him_go() {
    let mut stage = Stage::synthetic();
    let (ctx, mut canvas) = (egui::Context::default(), Canvas::default());
    let player = PlayerId(5);
    let at = stage.pos(player);
    let mut click = |stage: &Stage, at: Pos2| {
        stage.frame(&ctx, &mut canvas, vec![Event::PointerMoved(at)]);
        stage.frame(&ctx, &mut canvas, vec![press(at, true)]);
        stage
            .frame(&ctx, &mut canvas, vec![press(at, false)])
            .0
            .clicked
    };
    assert_eq!(click(&stage, at), Some(Some(player)));
    stage.selected = Some(player);
    assert_eq!(click(&stage, at), Some(None));
    assert_eq!(click(&stage, pos2(5.0, 5.0)), Some(None), "empty ground");
}

#[test]
fn dragging_moves_the_view_and_ends_following() {
    let mut stage = Stage::synthetic();
    (stage.selected, stage.follow) = (Some(PlayerId(2)), true);
    let (ctx, mut canvas) = (egui::Context::default(), Canvas::default());
    assert!(!stage.frame(&ctx, &mut canvas, Vec::new()).0.moved_by_hand);
    let from = pos2(20.0, 20.0);
    stage.frame(
        &ctx,
        &mut canvas,
        vec![Event::PointerMoved(from), press(from, true)],
    );
    let (done, _) = stage.frame(
        &ctx,
        &mut canvas,
        vec![Event::PointerMoved(from + vec2(40.0, 30.0))],
    );
    assert!(done.moved_by_hand);
    assert!(!canvas.is_fitted());
    canvas.fit();
    assert!(canvas.is_fitted());
}

#[test]
fn no_room_is_no_reason_to_panic() {
    let stage = Stage::synthetic();
    let ctx = egui::Context::default();
    for size in [vec2(0.0, 0.0), vec2(1.0, 1.0), vec2(40.0, 30.0)] {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            ..RawInput::default()
        };
        let mut canvas = Canvas::default();
        let mut output = ctx.run_ui(input, |ui| {
            stage.show(&mut canvas, ui);
        });
        output.textures_delta.clear();
    }
}

/// The sandpit, by a round that was really played.
fn sandpit(ctx: &egui::Context) -> Stage {
    let file = std::env::var("SANDTABLE_ROUND").unwrap_or_else(|_| {
        let fixture = "assets/demo/2026-11-19-201112-sandpit-round-1_engagements.txt.gz";
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(fixture)
            .display()
            .to_string()
    });
    let bytes = std::fs::read(file).unwrap();
    let plain = container::unpack(&bytes).unwrap();
    let round = Round::build(format::read(&plain.bytes).unwrap(), Provenance::default());
    let known = KnownMaps::bundled().lookup(round.map());
    let picture = bundled_picture(round.map()).map(|bytes| {
        let picture = decode(bytes).unwrap();
        let size = [picture.width as usize, picture.height as usize];
        let image = egui::ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
        ctx.load_texture("ground", image, egui::TextureOptions::LINEAR)
    });
    let ground = Ground {
        rect: known.map_or_else(
            || WorldRect::new(-3000.0, 3000.0, 3000.0, -3000.0).unwrap(),
            |known| known.map.bounds,
        ),
        source: "corners from the table of known maps".to_owned(),
        picture,
        objectives: known
            .map(|known| known.map.objectives.clone())
            .unwrap_or_default(),
    };
    Stage::new(round, ground)
}

/// Not a test but a look: writes pictures of the canvas to the folder named by `SANDTABLE_PICTURES`.
#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures_to_look_at() {
    let Ok(folder) = std::env::var("SANDTABLE_PICTURES") else {
        return;
    };
    let picture = |name: &str, size: egui::Vec2, look: &dyn Fn(&mut Stage, &mut Canvas)| {
        let mut headless = Headless::new(size, 1.0);
        let mut stage = sandpit(headless.context());
        let mut canvas = Canvas::default();
        stage.t_ms = 62_000;
        look(&mut stage, &mut canvas);
        theme::apply(headless.context(), &stage.theme);
        headless.run(1, |ui| {
            stage.show(&mut canvas, ui);
        });
        look(&mut stage, &mut canvas);
        let image = headless.run(3, |ui| {
            stage.show(&mut canvas, ui);
        });
        std::fs::write(
            Path::new(&folder).join(format!("{name}.png")),
            encode_png(&image).unwrap(),
        )
        .unwrap();
    };
    let (large, small) = (vec2(1280.0, 800.0), vec2(1024.0, 700.0));
    picture("fit", large, &|_, _| {});
    picture("small-grid", small, &|stage, _| stage.layers.grid = true);
    picture("zoomed", large, &|stage, canvas| {
        stage.selected = Some(PlayerId(3));
        stage.layers.grid = true;
        canvas.fit();
        canvas.zoom_by(2.5);
    });
    picture("follow", large, &|stage, _| {
        (stage.selected, stage.follow) = (Some(PlayerId(3)), true)
    });
    picture("round", large, &|stage, _| {
        stage.layers.trails = Trails::WholeRound
    });
    picture("life", large, &|stage, _| {
        stage.layers.trails = Trails::CurrentLife
    });
    picture("no-picture", large, &|stage, _| {
        stage.layers.grid = true;
        stage.ground.picture = None;
    });
    picture("light", large, &|stage, _| {
        stage.theme = Theme::new(Mode::Light, TeamPalette::Game)
    });
    picture("light-no-picture", large, &|stage, _| {
        stage.theme = Theme::new(Mode::Light, TeamPalette::ColourBlindSafe);
        stage.ground.picture = None;
    });
    let mut headless = Headless::new(vec2(520.0, 360.0), 2.0);
    let mut stage = sandpit(headless.context());
    (stage.t_ms, stage.selected, stage.follow) = (62_000, Some(PlayerId(3)), true);
    stage.layers.grid = true;
    theme::apply(headless.context(), &stage.theme);
    let mut canvas = Canvas::default();
    let image = headless.run(3, |ui| {
        stage.show(&mut canvas, ui);
    });
    std::fs::write(
        Path::new(&folder).join("detail.png"),
        encode_png(&image).unwrap(),
    )
    .unwrap();
    for (name, t_ms, at) in [
        ("hover", 62_000, pos2(552.0, 301.0)),
        ("hover-death", 62_000, pos2(697.0, 249.0)),
        ("hover-objective", 62_000, pos2(354.0, 267.0)),
    ] {
        let (ctx, mut renderer, mut canvas) = (
            egui::Context::default(),
            SoftwareRenderer::new(),
            Canvas::default(),
        );
        let mut stage = sandpit(&ctx);
        stage.t_ms = t_ms;
        theme::apply(&ctx, &stage.theme);
        for frame in 0..4 {
            let input = RawInput {
                screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1000.0, 700.0))),
                time: Some(f64::from(frame)),
                events: vec![Event::PointerMoved(at + vec2(frame as f32 * 0.1, 0.0))],
                ..RawInput::default()
            };
            let mut output = ctx.run_ui(input, |ui| {
                stage.show(&mut canvas, ui);
            });
            renderer.apply_textures(&mut output.textures_delta);
            let primitives = ctx.tessellate(output.shapes, 1.0);
            let image = renderer.render([1000, 700], 1.0, egui::Color32::BLACK, &primitives);
            std::fs::write(
                Path::new(&folder).join(format!("{name}.png")),
                encode_png(&image).unwrap(),
            )
            .unwrap();
        }
    }
}
