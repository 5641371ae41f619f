//! The native window around [`Desk`].

use crate::app::action::Action;
use crate::app::library::LibraryEvent;
use crate::jobs::runner::Source;
use crate::ui::Desk;
use eframe::egui::{self, ViewportBuilder};
use std::fmt;
use std::path::PathBuf;

/// What the window opens with.
#[derive(Clone, Debug, Default)]
pub struct Startup {
    /// Round files, folders of which the newest round is opened, rounds of the library.
    pub rounds: Vec<Source>,
    /// Open the built-in demo round.
    pub demo: bool,
    /// The library's file, or why there is none.
    pub library: Option<Result<PathBuf, String>>,
}

/// Why there is no window.
#[derive(Debug)]
pub struct NoWindow(String);

impl fmt::Display for NoWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot open a window: {}\nSandtable needs a display (X11 or Wayland) with OpenGL; without one, use its command line.",
            self.0
        )
    }
}

impl std::error::Error for NoWindow {}

struct Program {
    desk: Desk,
}

impl eframe::App for Program {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.desk.ui(ui);
    }
}

/// Shows the window until it is closed.
///
/// # Errors
/// When there is no display, or it cannot draw.
pub fn run(startup: Startup) -> Result<(), NoWindow> {
    let options = eframe::NativeOptions {
        renderer: eframe::Renderer::Glow,
        viewport: ViewportBuilder::default()
            .with_title("Sandtable")
            .with_app_id("sandtable")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([960.0, 600.0])
            .with_drag_and_drop(true),
        ..eframe::NativeOptions::default()
    };
    let start = |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        let ctx = cc.egui_ctx.clone();
        let mut desk = Desk::new(move || ctx.request_repaint());
        match startup.library {
            Some(Ok(path)) => desk.app.use_library(path),
            Some(Err(why)) => desk.app.take_library_event(LibraryEvent::Unavailable(why)),
            None => {}
        }
        for source in startup.rounds {
            desk.app.apply(Action::Open(source));
        }
        if startup.demo {
            desk.app.apply(Action::Open(Source::Demo));
        }
        Ok(Box::new(Program { desk }) as Box<dyn eframe::App>)
    };
    // Some libraries that the windowing needs are only looked for at run time, and missing ones make it panic.
    let shown = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        eframe::run_native("Sandtable", options, Box::new(start))
    }));
    match shown {
        Ok(result) => result.map_err(|error| NoWindow(without_place(&error.to_string()))),
        Err(panic) => Err(NoWindow(panic_words(panic.as_ref()))),
    }
}

/// The windowing library names the line of its own source; the person needs what comes behind it.
fn without_place(text: &str) -> String {
    let behind = text
        .split_once(".rs:")
        .and_then(|(_, rest)| rest.split_once(": "));
    behind.map_or(text, |(_, words)| words).to_owned()
}

fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or(panic.downcast_ref::<&str>().copied());
    text.unwrap_or("the windowing library failed").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_and_not_where_in_the_source() {
        let text = "winit EventLoopError: os error at /src/winit/linux/mod.rs:788: Failed to open connection to X server";
        assert_eq!(without_place(text), "Failed to open connection to X server");
        assert_eq!(without_place("no display"), "no display");
    }
}
