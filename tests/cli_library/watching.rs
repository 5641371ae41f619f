//! `watch`: what is there, what arrives, and how it ends.

use crate::bench::{Bench, text};
use crate::support::{fixture, plain};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Generous: nothing depends on how fast it goes, only that it goes at all.
const DEADLINE: Duration = Duration::from_mins(2);

/// A running `watch`, ended when this is dropped.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watch {
    fn start(bench: &Bench, args: &[&str]) -> Self {
        let mut child = bench
            .command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    fn line(&self) -> String {
        self.lines
            .recv_timeout(DEADLINE)
            .expect("a line before the deadline")
    }
}

/// Puts a file there as a server does: under its name at once, but it takes a while.
fn arrive(folder: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(folder.join(name), &bytes[..bytes.len() / 2]).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    std::fs::write(folder.join(name), bytes).unwrap();
}

#[test]
fn what_is_there_and_what_arrives() {
    let bench = Bench::new("watch");
    let name = |path: &Path| {
        path.file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .trim_end_matches(".gz")
            .to_owned()
    };
    let (first, second) = (
        fixture("sandpit/2026-11-19-212012"),
        fixture("sandpit/2026-11-19-212637"),
    );
    bench.write(&format!("rounds/{}", name(&first)), &plain(&first));
    let folder = bench.folder.join("rounds");
    let watch = Watch::start(&bench, &["watch", &text(&folder), "--json"]);
    let told: Value = serde_json::from_str(&watch.line()).unwrap();
    assert_eq!(told["state"], "stored");
    assert_eq!(told["path"], text(&folder.join(name(&first))));
    std::fs::create_dir(folder.join("later")).unwrap();
    arrive(&folder.join("later"), &name(&second), &plain(&second));
    let told: Value = serde_json::from_str(&watch.line()).unwrap();
    assert_eq!(
        (&told["state"], &told["problems"]),
        (&Value::from("stored"), &Value::from(0))
    );
    assert_eq!(
        told["path"],
        text(&folder.join("later").join(name(&second)))
    );
    // A file that is no round is told once, in words.
    arrive(
        &folder,
        "x_engagements.txt",
        b"hello, this is no round at all\n",
    );
    let told: Value = serde_json::from_str(&watch.line()).unwrap();
    assert_eq!(told["state"], "refused");
    drop(watch);
    // Killed, and everything is there: also the match of the two.
    let list = bench.run(&["list", "--json"]).json();
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!(list[1]["match_id"], list[0]["id"]);
    let query = bench
        .run(&["query", "SELECT count(*) FROM source", "--csv"])
        .fine();
    assert_eq!(
        query, "count(*)\n0\n",
        "watching from here leaves no watched folder behind"
    );
}

#[test]
fn polling_finds_the_same() {
    let bench = Bench::new("watch-poll");
    let path = fixture("sandpit/2026-11-19-201935");
    let copy = bench.copy(
        &path,
        "rounds/2026-11-19-201935-sandpit-round-2_engagements.txt.gz",
    );
    let watch = Watch::start(
        &bench,
        &["watch", "--poll", &text(&bench.folder.join("rounds"))],
    );
    assert_eq!(watch.line(), format!("stored     {}", copy.display()));
}

#[test]
fn folders_that_are_not_there() {
    let bench = Bench::new("watch-missing");
    bench
        .run(&["watch", &text(&bench.folder.join("nowhere"))])
        .failed("nowhere: there is no such folder");
    assert_eq!(bench.run(&["watch"]).code, 2);
    assert!(!bench.library.exists());
}
