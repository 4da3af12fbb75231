//! A real drag: another program offers files over X11, and the pointer carries them to the window.

use std::path::{Path, PathBuf};

use crate::{
    process::{Process, until},
    screen::Screen,
};

/// Where the source stands: below the window, whose height leaves this strip free.
const SOURCE: (i32, i32) = (1100, 820);
/// The middle of the source.
const GRIP: (i32, i32) = (1160, 850);
/// Somewhere on the window.
const TARGET: (i32, i32) = (560, 420);

/// Files on their way, the mouse button still down.
pub(crate) struct Drag<'screen> {
    screen: &'screen Screen,
    source: Process,
}

impl<'screen> Drag<'screen> {
    /// Takes hold of files and carries them over the window, until `noticed` is true there.
    pub(crate) fn over_window(
        screen: &'screen Screen,
        files: &[PathBuf],
        mut noticed: impl FnMut() -> bool,
    ) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("suites/window/drag_source.py");
        let mut command = screen.command("/usr/bin/python3");
        command
            .arg(script)
            .arg(SOURCE.0.to_string())
            .arg(SOURCE.1.to_string())
            .args(files);
        let source = Process::start(&command, "", &screen.shown.join("drag.log"));
        source.says("shown");
        let drag = Self { screen, source };
        drag.to(GRIP);
        screen.hand("mousedown 1");
        // GTK takes a press for a drag only after some way with the button down.
        for step in 1..=12 {
            drag.to((GRIP.0 - 3 * step, GRIP.1 - step));
        }
        drag.source.says("begun");
        for step in 1..=10 {
            let part = |from: i32, to: i32| from + (to - from) * step / 10;
            drag.to((part(GRIP.0, TARGET.0), part(GRIP.1, TARGET.1)));
        }
        let mut sway = 0;
        until("the window to notice the files", || {
            // XDND says where the pointer is only while it moves.
            sway = 3 - sway;
            drag.to((TARGET.0 + sway, TARGET.1));
            noticed().then_some(())
        });
        drag
    }

    /// Lets go, and waits until the window has taken the files.
    pub(crate) fn drop_files(self) {
        self.screen.hand("mouseup 1");
        self.source.says("ended");
    }

    fn to(&self, (x, y): (i32, i32)) {
        self.screen.hand(&format!("mousemove {x} {y}"));
    }
}
