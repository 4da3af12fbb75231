//! The running window, looked at and worked through WebKit's own WebDriver.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use lectern_tests::program::binary;
use serde_json::{Value, json};

use crate::{
    process::{PATIENCE, Process, until},
    screen::Screen,
};

/// What WebDriver calls the key of an element's id (W3C WebDriver, "Elements").
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// WebDriver's names for keys that are no characters.
pub(crate) mod key {
    pub(crate) const ENTER: &str = "\u{e007}";
    pub(crate) const CONTROL: &str = "\u{e009}";
}

/// The program with its one window.
pub(crate) struct Window<'screen> {
    screen: &'screen Screen,
    driver: Process,
    agent: ureq::Agent,
    session: String,
}

impl<'screen> Window<'screen> {
    /// Starts the program on a data directory, with the given environment beside the screen's.
    pub(crate) fn open(
        screen: &'screen Screen,
        data: &Path,
        environment: &[(&str, &Path)],
    ) -> Self {
        let mut command = screen.command("WebKitWebDriver");
        // Tauri's own switch: without it WebKit lets nobody look into the window.
        command.env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.envs(environment.iter().copied());
        let port = free_port();
        command.args(["--host=127.0.0.1", &format!("--port={port}")]);
        let driver = Process::start(&command, "", &screen.shown.join("window.log"));
        let agent = ureq::Agent::config_builder()
            // The errors of WebDriver have sentences of their own.
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build()
            .new_agent();
        let driver_at = format!("http://127.0.0.1:{port}");
        until("WebDriver", || {
            agent.get(format!("{driver_at}/status")).call().ok()
        });
        let options = json!({ "binary": program(), "args": ["--data", data] });
        let wanted =
            json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let answer = agent.post(format!("{driver_at}/session")).send_json(wanted);
        let made: Value = answer.unwrap().body_mut().read_json().unwrap();
        let id = made["value"]["sessionId"].as_str();
        let id = id.unwrap_or_else(|| panic!("no window: {made}"));
        let session = format!("{driver_at}/session/{id}");
        Self {
            screen,
            driver,
            agent,
            session,
        }
    }

    /// Closes the window as a person does, and waits until the program has ended in good order.
    pub(crate) fn close(self) {
        let programs = self.programs();
        assert!(!programs.is_empty(), "the program is gone already");
        let closer = Path::new(env!("CARGO_MANIFEST_DIR")).join("suites/window/close.py");
        let closed = self
            .screen
            .command("/usr/bin/python3")
            .arg(closer)
            .arg("Lectern")
            .status();
        assert!(closed.unwrap().success(), "no window to close");
        until("the program to end", || {
            self.programs().is_empty().then_some(())
        });
    }

    /// The ids of the window's program, as long as it runs.
    pub(crate) fn programs(&self) -> Vec<u32> {
        let driver = self.driver.id();
        let children = fs::read_to_string(format!("/proc/{driver}/task/{driver}/children"));
        let children = children.unwrap_or_default();
        children
            .split_whitespace()
            .map(|id| id.parse().unwrap())
            .collect()
    }

    fn try_call(&self, path: &str, body: Option<Value>) -> Result<Value, String> {
        let address = format!("{}{path}", self.session);
        let answer = match body {
            Some(body) => self.agent.post(address).send_json(body),
            None => self.agent.get(address).call(),
        };
        let answer: Value = answer
            .and_then(|mut answer| answer.body_mut().read_json())
            .map_err(|error| error.to_string())?;
        let value = answer["value"].clone();
        match value["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", value["message"])),
            None => Ok(value),
        }
    }

    #[track_caller]
    fn call(&self, path: &str, body: Option<Value>) -> Value {
        self.try_call(path, body)
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// What a function body on the page returns.
    #[track_caller]
    pub(crate) fn run(&self, script: &str, arguments: &[&str]) -> Value {
        let body = json!({ "script": script, "args": arguments });
        self.call("/execute/sync", Some(body))
    }

    /// What a function body gives to the callback that is its last argument.
    #[track_caller]
    pub(crate) fn run_async(&self, script: &str, arguments: &[&str]) -> Value {
        let body = json!({ "script": script, "args": arguments });
        self.call("/execute/async", Some(body))
    }

    /// Whether a function body returns true, on a page that may be about to go away.
    pub(crate) fn try_run(&self, script: &str) -> bool {
        let body = json!({ "script": script, "args": [] });
        self.try_call("/execute/sync", Some(body))
            .is_ok_and(|value| value == true)
    }

    /// The first element of an XPath that is there, however long it takes to come.
    #[track_caller]
    pub(crate) fn find(&self, path: &str) -> Element<'_> {
        let found = until(path, || self.look(path));
        Element {
            window: self,
            id: found,
        }
    }

    /// Whether an XPath finds something at this moment.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.look(path).is_some()
    }

    fn look(&self, path: &str) -> Option<String> {
        let body = json!({ "using": "xpath", "value": path });
        let found = self.try_call("/element", Some(body)).ok()?;
        found[ELEMENT].as_str().map(str::to_owned)
    }

    /// Whether a picture whose address contains `address` has come and can be seen.
    pub(crate) fn has_painted(&self, address: &str) -> bool {
        let script =
            "const picture = [...document.images].find((each) => each.src.includes(arguments[0]));
            return picture !== undefined && picture.complete && picture.naturalWidth > 0;";
        self.run(script, &[address]) == true
    }

    /// Waits until everything that the page has so far is on the screen, and stands still.
    pub(crate) fn wait_for_paint(&self) {
        let script = "const done = arguments[arguments.length - 1];
            const still = document.getAnimations().map((animation) => animation.finished);
            const clear = [...document.images].map((picture) => picture.decode());
            Promise.allSettled([...still, ...clear]).then(() =>
              requestAnimationFrame(() => requestAnimationFrame(() => done())));";
        self.run_async(script, &[]);
    }

    /// A picture of the page.
    pub(crate) fn picture(&self, name: &str) {
        self.wait_for_paint();
        let picture = self.call("/screenshot", None);
        let picture = STANDARD.decode(picture.as_str().unwrap()).unwrap();
        fs::write(self.screen.shown.join(name).with_extension("png"), picture).unwrap();
    }

    /// Whether a second start of the program ends at once and in peace.
    pub(crate) fn starts_again(&self, data: &Path) -> bool {
        let mut second = self.screen.command(program());
        second.arg("--data").arg(data);
        Process::start(&second, "", &self.screen.shown.join("second.log")).ends()
    }
}

/// Something on the page.
pub(crate) struct Element<'window> {
    window: &'window Window<'window>,
    id: String,
}

impl Element<'_> {
    #[track_caller]
    fn call(&self, what: &str, body: Option<Value>) -> Value {
        self.window
            .call(&format!("/element/{}/{what}", self.id), body)
    }

    /// Its text as a person sees it.
    #[track_caller]
    pub(crate) fn text(&self) -> String {
        self.call("text", None).as_str().unwrap().to_owned()
    }

    /// What stands in an input.
    #[track_caller]
    pub(crate) fn value(&self) -> String {
        self.call("property/value", None)
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// A click of the mouse in its middle.
    #[track_caller]
    pub(crate) fn click(&self) {
        self.call("click", Some(json!({})));
    }

    /// Types keys into it; one that is held, such as control, is let go at the end.
    #[track_caller]
    pub(crate) fn press(&self, keys: &str) {
        self.call("value", Some(json!({ "text": keys })));
    }
}

/// The window's program, which lies beside this test.
fn program() -> PathBuf {
    let program = binary("lectern-desktop");
    program.expect("built before: cargo build --features desktop -p lectern-desktop")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
