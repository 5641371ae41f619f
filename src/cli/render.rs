//! `sandtable render`: the map with the players at one moment, as a PNG, without a display.

use super::names::player_named;
use super::output::{ended, message, write_file};
use super::rounds::Shelf;
use super::{Outcome, RenderArgs};
use crate::app::action::Action;
use crate::app::library::LibraryEvent;
use crate::app::time_text;
use crate::jobs::load::{Loaded, load_demo};
use crate::library::catalogue::Entry;
use crate::library::{Library, LibraryError, library_path};
use crate::model::PlayerId;
use crate::render::{Headless, encode_png};
use crate::ui::Desk;
use crate::ui::canvas::{Canvas, CanvasView, Ground, Layers, Trails};
use crate::ui::theme::{self, Mode, TeamPalette, Theme};
use eframe::egui;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Fonts and layout settle in two frames, the camera in a third.
const FRAMES: usize = 4;

pub(super) fn run(args: &RenderArgs, library: Option<&Path>) -> Outcome {
    match draw(args, library) {
        Ok(png) => {
            let written = write_file(&args.out, |file| file.write_all(&png));
            ended(written, &args.out.display().to_string())
        }
        Err(why) => {
            message(&why);
            Outcome::Failed
        }
    }
}

fn draw(args: &RenderArgs, library: Option<&Path>) -> Result<Vec<u8>, String> {
    let [width, height] = parse_size(&args.size)?;
    if !(0.25..=8.0).contains(&args.scale) {
        return Err(format!(
            "--scale {}: give a number from 0.25 to 8",
            args.scale
        ));
    }
    let t_ms = time_text::parse(&args.at).ok_or_else(|| {
        format!(
            "--at {}: give a time such as 3:05.2 or a number of seconds",
            args.at
        )
    })?;
    let trails = parse_trails(&args.trails)?;
    let loaded = match &args.file {
        Some(path) => Shelf::new(library).load_one(path)?,
        None => load_demo(),
    };
    let times = &loaded.round.clock;
    if t_ms < times.start_ms || t_ms > times.end_ms {
        let (first, last) = (
            time_text::clock(times.start_ms),
            time_text::clock(times.end_ms),
        );
        message(&format!(
            "--at {}: the round runs from {first} to {last}; drawn all the same",
            args.at
        ));
    }
    let selected = match &args.follow {
        Some(name) => {
            Some(player_named(&loaded.round, name).map_err(|why| format!("--follow {why}"))?)
        }
        None => None,
    };
    let moment = Moment {
        t_ms,
        trails,
        selected,
    };
    let size_points = egui::vec2(width as f32, height as f32) / args.scale;
    let theme = Theme::new(Mode::Dark, TeamPalette::Game);
    let mut headless = Headless::new(size_points, args.scale).with_clear_color(theme.window);
    let picture = if args.window {
        let list = library_path(library).and_then(|path| stored_rounds(&path));
        let list = list.map_err(|error| error.to_string())?;
        window_picture(&mut headless, loaded, list, &moment)
    } else {
        map_picture(&mut headless, &theme, &loaded, &moment)
    };
    encode_png(&picture).map_err(|error| error.to_string())
}

/// What is to be seen.
struct Moment {
    t_ms: i64,
    trails: Trails,
    selected: Option<PlayerId>,
}

impl Moment {
    fn layers(&self) -> Layers {
        Layers {
            trails: self.trails,
            ..Layers::default()
        }
    }
}

fn map_picture(
    headless: &mut Headless,
    theme: &Theme,
    loaded: &Loaded,
    moment: &Moment,
) -> egui::ColorImage {
    theme::apply(headless.context(), theme);
    let ground = Ground::from_plan(headless.context(), &loaded.ground);
    let layers = moment.layers();
    let mut canvas = Canvas::default();
    headless.run(FRAMES, |ui| {
        let view = CanvasView {
            round: &loaded.round,
            deaths: &loaded.deaths,
            ground: &ground,
            t_ms: moment.t_ms,
            layers: &layers,
            theme,
            selected: moment.selected,
            follow: moment.selected.is_some(),
            smooth: false,
        };
        canvas.show(ui, &view);
    })
}

/// The list in the window's sidebar; empty without a library.
fn stored_rounds(library: &Path) -> Result<Vec<Entry>, LibraryError> {
    match Library::open_to_read(library)? {
        Some(library) => library.catalogue(),
        None => Ok(Vec::new()),
    }
}

fn window_picture(
    headless: &mut Headless,
    loaded: Loaded,
    list: Vec<Entry>,
    moment: &Moment,
) -> egui::ColorImage {
    let mut desk = Desk::new(|| {});
    let list = LibraryEvent::Catalogue(Arc::new(list));
    desk.app.take_library_event(list);
    desk.app.add_round(loaded);
    desk.app.apply(Action::Seek(moment.t_ms));
    desk.app.apply(Action::SetLayers(moment.layers()));
    if moment.selected.is_some() {
        desk.app.apply(Action::Select(moment.selected));
    }
    headless.run(FRAMES, |ui| desk.ui(ui))
}

/// `1280x720`, at most 16384 a side.
fn parse_size(text: &str) -> Result<[u32; 2], String> {
    let sides = text.split_once(['x', 'X', '*']);
    let sides = sides.and_then(|(w, h)| Some([w.trim().parse().ok()?, h.trim().parse().ok()?]));
    sides
        .filter(|sides: &[u32; 2]| sides.iter().all(|side| (16..=16384).contains(side)))
        .ok_or_else(|| {
            format!(
                "--size {text}: give width and height in pixels such as 1280x720, 16 to 16384 each"
            )
        })
}

fn parse_trails(text: &str) -> Result<Trails, String> {
    match text {
        "off" => Ok(Trails::Off),
        "life" => Ok(Trails::CurrentLife),
        "round" => Ok(Trails::WholeRound),
        seconds => match seconds.parse() {
            Ok(seconds) if (0.0..=86_400.0).contains(&seconds) => Ok(Trails::Recent { seconds }),
            _ => Err(format!(
                "--trails {text}: give off, life, round or a number of seconds"
            )),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(parse_size("1280x720"), Ok([1280, 720]));
        assert!(parse_size("1280").is_err());
        assert!(parse_size("0x720").is_err());
        assert!(parse_size("99999x720").is_err());
    }

    #[test]
    fn trails() {
        assert_eq!(parse_trails("round"), Ok(Trails::WholeRound));
        assert_eq!(parse_trails("2.5"), Ok(Trails::Recent { seconds: 2.5 }));
        assert!(parse_trails("-1").is_err());
        assert!(parse_trails("nan").is_err());
    }
}
