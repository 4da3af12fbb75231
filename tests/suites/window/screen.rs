//! A place of its own for each test: an X screen, a session bus and a home directory.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::process::{Process, until};

/// The bus offers nothing by itself: no keychain, no accessibility service, no portal.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:dir=DIRECTORY</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

/// An X screen, a session bus and a home directory that nobody else uses.
pub(crate) struct Screen {
    /// Everything the test writes and nobody looks at afterwards.
    pub(crate) home: TempDir,
    /// Where pictures and logs of this test go, to be looked at.
    pub(crate) shown: PathBuf,
    display: String,
    bus: String,
    _processes: Vec<Process>,
}

impl Screen {
    /// Makes one; `test` names the folder of its pictures and logs.
    pub(crate) fn new(test: &str) -> Self {
        let shown = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("window")
            .join(test);
        let _ = fs::remove_dir_all(&shown);
        fs::create_dir_all(&shown).unwrap();
        let home = tempfile::Builder::new()
            .prefix("lectern-window-")
            .tempdir()
            .unwrap();
        // X and D-Bus sockets, the GTK file chooser and WebKit's caches all go in here.
        let runtime = home.path().join("run");
        fs::create_dir(&runtime).unwrap();
        let configuration = home.path().join("bus.conf");
        fs::write(
            &configuration,
            BUS.replace("DIRECTORY", &runtime.display().to_string()),
        )
        .unwrap();

        let mut xvfb = Command::new("Xvfb");
        // It chooses a free number itself and says which, once it takes connections.
        xvfb.args("-displayfd 1 -screen 0 1280x900x24 -nolisten tcp -noreset".split(' '));
        let xvfb = Process::start(&xvfb, "", &shown.join("screen.log"));
        let display = format!(":{}", xvfb.line());
        let mut dbus = Command::new("dbus-daemon");
        dbus.args(["--nofork", "--print-address=1", "--config-file"])
            .arg(&configuration);
        let dbus = Process::start(&dbus, "", &shown.join("bus.log"));
        let bus = dbus.line();
        Self {
            home,
            shown,
            display,
            bus,
            _processes: vec![dbus, xvfb],
        }
    }

    /// A command that runs here and sees nothing of the outer session.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let home = self.home.path();
        let mut command = Command::new(program.as_ref());
        for (outer, _) in std::env::vars_os() {
            if outer != "PATH" {
                command.env_remove(outer);
            }
        }
        command
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home.join("run"))
            .env("TMPDIR", home)
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("GDK_BACKEND", "x11")
            .env("LANG", "C.UTF-8");
        command
    }

    /// Whether a window of this title is on the screen.
    pub(crate) fn shows(&self, title: &str) -> bool {
        let mut search = self.command("xdotool");
        search.args(["search", "--onlyvisible", "--name", &format!("^{title}$")]);
        search.output().unwrap().status.success()
    }

    /// Moves the pointer and presses keys as a hand would; `what` are xdotool's own words.
    pub(crate) fn hand(&self, what: &str) {
        let done = self
            .command("xdotool")
            .args(what.split(' '))
            .status()
            .unwrap();
        assert!(done.success(), "xdotool {what}");
    }

    /// Starts a keychain on the session bus and unlocks it, making it the first time.
    pub(crate) fn keychain(&self) -> Process {
        let mut daemon = self.command("gnome-keyring-daemon");
        daemon.args(["--foreground", "--unlock", "--components=secrets"]);
        let daemon = Process::start(&daemon, "a password", &self.shown.join("keychain.log"));
        until("the keychain", || {
            let mut ask = self.command("dbus-send");
            ask.args([
                "--session",
                "--print-reply=literal",
                "--dest=org.freedesktop.DBus",
                "/",
            ]);
            ask.args([
                "org.freedesktop.DBus.NameHasOwner",
                "string:org.freedesktop.secrets",
            ]);
            let answer = ask.output().unwrap().stdout;
            answer.ends_with(b"true\n").then_some(())
        });
        daemon
    }

    /// A picture of the whole screen, with everything the window manager would show.
    pub(crate) fn picture(&self, name: &str) {
        let picture = self.shown.join(name).with_extension("png");
        let mut import = self.command("import");
        import.args(["-window", "root"]).arg(&picture);
        assert!(
            import.status().unwrap().success(),
            "no picture of the screen"
        );
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.picture("failed");
        }
    }
}
