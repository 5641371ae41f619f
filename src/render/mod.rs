//! Draws egui output to a picture on the CPU: snapshots, pictures without a display.
