//! Programs that a test starts, ended with everything they started themselves.

use std::{
    io::{BufRead, BufReader, Write},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// How long anything may take before the test gives up: far more than it ever needs, because the
/// machine may be busy with something else.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// A running program at the head of a process group of its own.
pub(crate) struct Process {
    child: Child,
    name: String,
    lines: mpsc::Receiver<String>,
}

impl Process {
    /// Starts `command`. It ends with this value, and also when the test itself is killed.
    ///
    /// What it says on standard error goes to the end of `log`, so that a failure can be looked into.
    pub(crate) fn start(command: &Command, input: &str, log: &Path) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(log)
            .unwrap();
        let mut guarded = Command::new("setpriv");
        guarded
            .args(["--pdeathsig", "KILL"])
            .arg(command.get_program())
            .args(command.get_args());
        for (key, value) in command.get_envs() {
            match value {
                Some(value) => guarded.env(key, value),
                None => guarded.env_remove(key),
            };
        }
        let mut child = guarded
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("{name} cannot be started: {error}"));
        // Taken, so that it is closed after the write and the program sees the end of its input.
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            // Read to the end even when nobody listens any more: a full pipe would stop the program.
            for line in output.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self { child, name, lines }
    }

    /// Its id, which is that of its group too.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line it prints.
    pub(crate) fn line(&self) -> String {
        let line = self.lines.recv_timeout(PATIENCE);
        line.unwrap_or_else(|error| panic!("{} says nothing: {error}", self.name))
    }

    /// Waits until it prints exactly this line.
    pub(crate) fn says(&self, wanted: &str) {
        while self.line() != wanted {}
    }

    /// Waits until it ends by itself; whether it was content.
    pub(crate) fn ends(mut self) -> bool {
        let name = self.name.clone();
        let status = until(&format!("{name} to end"), || self.child.try_wait().unwrap());
        status.success()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
        let _ = self.child.wait();
    }
}

/// Asks until there is an answer.
#[track_caller]
pub(crate) fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(40));
    }
}
