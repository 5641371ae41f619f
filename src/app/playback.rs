//! The playhead: where it is, whether it moves, and how fast.

/// Speeds to choose from, slowest first.
pub const SPEEDS: [f64; 8] = [0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0];
const NORMAL: usize = 3;

/// The playhead of one round. Times are ms on the file's clock; between two frames it moves by fractions of a ms.
#[derive(Clone, Debug, PartialEq)]
pub struct Playback {
    t_ms: f64,
    start_ms: i64,
    end_ms: i64,
    is_playing: bool,
    speed: usize,
}

impl Playback {
    /// At the start, paused, at normal speed. An end before the start counts as the start.
    pub fn new(start_ms: i64, end_ms: i64) -> Self {
        Self {
            t_ms: start_ms as f64,
            start_ms,
            end_ms: end_ms.max(start_ms),
            is_playing: false,
            speed: NORMAL,
        }
    }

    /// The moment to show, ms.
    pub fn t_ms(&self) -> i64 {
        self.t_ms as i64
    }

    /// First moment, ms.
    pub fn start_ms(&self) -> i64 {
        self.start_ms
    }

    /// Last moment, ms.
    pub fn end_ms(&self) -> i64 {
        self.end_ms
    }

    /// Whether it moves by itself.
    pub fn is_playing(&self) -> bool {
        self.is_playing
    }

    /// Whether it has arrived at the end.
    pub fn is_at_end(&self) -> bool {
        self.t_ms >= self.end_ms as f64
    }

    /// Times as fast as the round was.
    pub fn speed(&self) -> f64 {
        SPEEDS[self.speed]
    }

    /// Plays or pauses. Playing from the end starts over: there is nothing left to play.
    pub fn set_playing(&mut self, play: bool) {
        if play && self.is_at_end() {
            self.t_ms = self.start_ms as f64;
        }
        self.is_playing = play && self.end_ms > self.start_ms;
    }

    /// Moves the playhead by `dt_s` seconds of the viewer's time, and stops it at the end. Does nothing while paused.
    pub fn advance(&mut self, dt_s: f64) {
        if !self.is_playing || !dt_s.is_finite() || dt_s <= 0.0 {
            return;
        }
        self.t_ms += dt_s * 1000.0 * self.speed();
        if self.is_at_end() {
            self.t_ms = self.end_ms as f64;
            self.is_playing = false;
        }
    }

    /// Puts the playhead at a moment, or at the nearest one there is. Playing goes on.
    pub fn seek(&mut self, t_ms: i64) {
        self.t_ms = t_ms.clamp(self.start_ms, self.end_ms) as f64;
    }

    /// Moves the playhead by so many ms of the round.
    pub fn seek_by(&mut self, ms: i64) {
        self.seek(self.t_ms().saturating_add(ms));
    }

    /// One step faster (positive) or slower (negative).
    pub fn step_speed(&mut self, steps: isize) {
        self.speed = self
            .speed
            .saturating_add_signed(steps)
            .min(SPEEDS.len() - 1);
    }

    /// Takes the speed of [`SPEEDS`] with this index; the last one for an index beyond.
    pub fn set_speed(&mut self, index: usize) {
        self.speed = index.min(SPEEDS.len() - 1);
    }

    /// As fast as the round was.
    pub fn reset_speed(&mut self) {
        self.speed = NORMAL;
    }
}

/// `0.25x`, `1x`.
pub fn speed_text(speed: f64) -> String {
    format!("{speed}x")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_passes_only_while_playing() {
        let mut playback = Playback::new(0, 10_000);
        playback.advance(1.0);
        assert_eq!(playback.t_ms(), 0);
        playback.set_playing(true);
        playback.advance(1.0);
        playback.advance(-5.0);
        playback.advance(f64::NAN);
        assert_eq!(playback.t_ms(), 1000);
        playback.step_speed(1);
        playback.advance(0.25);
        assert_eq!(playback.t_ms(), 1500);
    }

    #[test]
    fn many_short_frames_lose_nothing() {
        let mut playback = Playback::new(0, 10_000);
        playback.set_speed(0);
        playback.set_playing(true);
        for _ in 0..1000 {
            playback.advance(0.001);
        }
        assert!((99..=100).contains(&playback.t_ms()), "{}", playback.t_ms());
    }

    #[test]
    fn it_stops_at_the_end_and_starts_over_from_there() {
        let mut playback = Playback::new(500, 2000);
        playback.set_playing(true);
        playback.advance(60.0);
        assert_eq!((playback.t_ms(), playback.is_playing()), (2000, false));
        playback.set_playing(true);
        assert_eq!((playback.t_ms(), playback.is_playing()), (500, true));
    }

    #[test]
    fn seeking_stays_inside() {
        let mut playback = Playback::new(-300, 2000);
        playback.seek(i64::MAX);
        assert_eq!(playback.t_ms(), 2000);
        playback.seek_by(i64::MIN);
        assert_eq!(playback.t_ms(), -300);
        playback.seek_by(100);
        assert_eq!(playback.t_ms(), -200);
    }

    #[test]
    fn speeds_end_where_the_list_ends() {
        let mut playback = Playback::new(0, 1);
        playback.step_speed(100);
        assert_eq!(playback.speed(), 16.0);
        playback.step_speed(-100);
        assert_eq!(playback.speed(), 0.1);
        playback.reset_speed();
        assert_eq!(speed_text(playback.speed()), "1x");
    }

    #[test]
    fn an_empty_round_cannot_play() {
        let mut playback = Playback::new(100, 50);
        playback.set_playing(true);
        assert!(!playback.is_playing());
        assert_eq!((playback.start_ms(), playback.end_ms()), (100, 100));
    }
}
