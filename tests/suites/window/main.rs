//! The real window on a real screen: an X server, WebKit, the program as it is shipped, and nothing
//! between a person's hand and the store that is not the product's own.
//!
//! Needs Debian's xvfb, xdotool, webkit2gtk-driver, dbus, imagemagick, python3-gi and
//! gir1.2-gtk-3.0. Each test brings its own screen, session bus and home directory, so that several
//! can run side by side; pictures and logs go to `target/tmp/window/`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops where it stands"
)]

mod drag;
mod process;
mod screen;
mod window;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use lectern_tests::specimen::{self, Damage, Kind};
use serde_json::json;

use crate::{
    drag::Drag,
    process::until,
    screen::Screen,
    window::{Window, key},
};

/// What the clerk types over the given names that were read.
const CORRECTED: &str = "ALMA ROSE";

#[test]
fn a_dropped_passport_becomes_a_record_and_a_correction_survives_a_restart() {
    let screen = Screen::new("passport");
    let data = screen.home.path().join("data");
    let specimen = specimen::draw(Kind::Passport, 11, Damage::None);
    let truth = &specimen.truth.fields;
    // The zone has no accents: what is read is what it says.
    let zone = specimen.truth.mrz_parsed.as_ref().unwrap();
    // Names that only work when nobody on the way takes a path for plain text.
    let folder = screen.home.path().join("desk of the clerk");
    fs::create_dir(&folder).unwrap();
    let picture = folder.join("passeport n° 1 é.jpg");
    let drawing = folder.join("drawing.svg");
    fs::write(&picture, specimen.encode_jpeg(92)).unwrap();
    fs::write(&drawing, "<svg/>").unwrap();

    let window = Window::open(&screen, &data, &[]);
    window.find("//h2[text()='Drop identity documents anywhere in this window']");
    window.picture("1-empty");
    // The reader of the print takes the cores from nobody: OpenMP knew its limit when it was loaded.
    let [program] = window.programs()[..] else {
        panic!("the window is one program")
    };
    let environment = fs::read(format!("/proc/{program}/environ")).unwrap();
    let mut variables = environment.split(|byte| *byte == 0);
    assert!(variables.any(|one| one == b"OMP_THREAD_LIMIT=1"));

    // Before anything is let go, the window says what it will take.
    let overlay = "//*[@role='status']//p[text()='Drop 2 files']";
    let drag = Drag::over_window(&screen, &[picture, drawing], || window.has(overlay));
    let said = window.find(&format!("{overlay}/../..")).text();
    assert!(said.contains("1 file, 1 not supported"), "{said}");
    assert!(said.contains("drawing.svg: "), "{said}");
    window.wait_for_paint();
    screen.picture("2-dragging");
    drag.drop_files();
    until("the overlay to go", || (!window.has(overlay)).then_some(()));

    // A row at once, and when it is read it bears the person's name.
    let surname = &zone.surname;
    let row = format!("//*[@role='row'][.//*[contains(text(), '{surname}')]]");
    window.find(&row);
    until("the thumbnail", || {
        window.has_painted("/thumbnail").then_some(())
    });
    window.picture("3-read");
    window.find(&row).click();
    for field in [
        "surname",
        "document_number",
        "date_of_birth",
        "date_of_expiry",
        "sex",
    ] {
        let input = window.find(&input(field));
        until(field, || (input.value() == truth[field]).then_some(()));
    }
    window.find("//img[contains(@src, '/pages/0/image')]");
    window.picture("4-review");

    // By keyboard: into the field, all of it, the right value, accept.
    let names = window.find(&input("given_names"));
    // As they are printed, with their accents, which the zone cannot hold.
    assert_eq!(names.value(), truth["given_names"]);
    names.click();
    names.press(&format!("{}a", key::CONTROL));
    names.press(CORRECTED);
    names.press(key::ENTER);
    window.find(&confirmed("given_names"));
    window.picture("5-corrected");
    window.close();

    let window = Window::open(&screen, &data, &[]);
    window.find(&row).click();
    let names = window.find(&input("given_names"));
    until("the correction", || {
        (names.value() == CORRECTED).then_some(())
    });
    window.find(&confirmed("given_names"));
    window.picture("6-after-restart");
    window.close();

    let secrets = [surname, &truth["document_number"], CORRECTED];
    assert_eq!(
        files_with(screen.home.path(), &secrets),
        Vec::<PathBuf>::new()
    );
}

/// The input of a field on the review page.
fn input(field: &str) -> String {
    format!("//input[@id='field-{field}']")
}

/// The row of a field that a person has settled.
fn confirmed(field: &str) -> String {
    format!("//*[@data-state='confirmed_by_person'][.{}]", input(field))
}

/// The files under a folder in which one of the texts can be read by anybody.
fn files_with(folder: &Path, texts: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            found.extend(files_with(&entry.path(), texts));
        } else if kind.is_file() {
            let bytes = fs::read(entry.path()).unwrap();
            let mut texts = texts.iter().map(|text| text.as_bytes());
            if texts.any(|text| bytes.windows(text.len()).any(|part| part == text)) {
                found.push(entry.path());
            }
        }
    }
    found
}

/// A request body of a kind that WebKitGTK cannot hand to a custom scheme without dying of it, each
/// by every way that a page has to send one. Gives the name of the error each attempt meets.
const DEADLY: &str = r"
  const done = arguments[arguments.length - 1];
  const blob = () => new Blob(['x']);
  const form = () => { const form = new FormData(); form.append('file', new File(['x'], 'x.png')); return form; };
  const stream = () => blob().stream();
  const send = (body) => fetch('/v1/documents', { method: 'POST', body });
  const submit = (how) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action: '/v1/documents' });
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', name: 'file' });
    const files = new DataTransfer();
    files.items.add(new File(['x'], 'x.png'));
    input.files = files.files;
    form.append(input);
    document.body.append(form);
    form[how]();
    form.remove();
    return 'nothing happened';
  };
  const attempts = {
    'fetch, Blob': () => send(blob()),
    'fetch, FormData': () => send(form()),
    'fetch, stream': () => send(stream()),
    'Request, Blob': () => fetch(new Request('/v1/documents', { method: 'POST', body: blob() })),
    'Request, FormData': () => fetch(new Request('/v1/documents', { method: 'POST', body: form() })),
    'XMLHttpRequest, Blob': () => {
      const request = new XMLHttpRequest();
      request.open('POST', '/v1/documents');
      request.send(blob());
    },
    'sendBeacon, Blob': () => navigator.sendBeacon('/v1/documents', blob()),
    'form.submit()': () => submit('submit'),
    'form.requestSubmit()': () => submit('requestSubmit'),
    'Worker': () => new Worker('/app/assets/none.js'),
  };
  (async () => {
    const outcomes = {};
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        outcomes[name] = String(await attempt());
      } catch (error) {
        outcomes[name] = error.name;
      }
    }
    return outcomes;
  })().then(done, (error) => done(String(error)));
";

#[test]
fn a_request_body_that_would_kill_the_window_is_refused() {
    let screen = Screen::new("guard");
    let window = Window::open(&screen, &screen.home.path().join("data"), &[]);
    window.find("//h1");

    let outcomes = window.run_async(DEADLY, &[]);
    let expected = json!({
        "fetch, Blob": "TypeError",
        "fetch, FormData": "TypeError",
        "fetch, stream": "TypeError",
        "Request, Blob": "TypeError",
        "Request, FormData": "TypeError",
        "XMLHttpRequest, Blob": "TypeError",
        "sendBeacon, Blob": "TypeError",
        "form.submit()": "TypeError",
        "form.requestSubmit()": "nothing happened",
        "Worker": "TypeError",
    });
    assert_eq!(outcomes, expected);

    // Bytes go through, and the process that a Blob would have killed still answers.
    let status = window.run_async(
        "const done = arguments[arguments.length - 1];
         fetch('/v1/documents', { method: 'POST', body: new Uint8Array(3_000_000) })
           .then((answer) => answer.json())
           .then((problem) => done(problem.code), (error) => done(String(error)));",
        &[],
    );
    assert_eq!(status, "file_unsupported");
    assert_eq!(window.programs().len(), 1, "the program lives");
    window.close();
}

#[test]
fn the_window_stays_at_home() {
    let screen = Screen::new("navigation");
    let window = Window::open(&screen, &screen.home.path().join("data"), &[]);
    window.find("//h1");
    for elsewhere in [
        "http://127.0.0.1:9/",
        "file:///etc/hostname",
        "data:text/html,away",
    ] {
        window.run("location.assign(arguments[0])", &[elsewhere]);
        window.run("window.open(arguments[0])", &[elsewhere]);
    }
    // A reload comes after everything that was asked for before it.
    window.run("window.before = true", &[]);
    window.run("location.reload()", &[]);
    until("the page to be new", || {
        window
            .try_run("return window.before === undefined")
            .then_some(())
    });
    assert_eq!(
        window.run("return location.href", &[]),
        "app://localhost/app/"
    );
    window.close();
}

#[test]
fn a_store_that_cannot_be_opened_is_explained_and_can_be_tried_again() {
    let screen = Screen::new("start");
    let data = screen.home.path().join("data");
    let key = screen.home.path().join("key");
    let environment = [("LECTERN_KEY_FILE", key.as_path())];
    let right = "1f".repeat(32);
    write_key(&key, &right);
    Window::open(&screen, &data, &environment).close();

    write_key(&key, &"2e".repeat(32));
    let window = Window::open(&screen, &data, &environment);
    window.find("//h1[text()='Lectern cannot open its data']");
    window.find("//*[@id='code' and text()='key_wrong']");
    assert_ne!(window.find("//*[@id='message']").text(), "");
    assert_ne!(window.find("//*[@id='hints']").text(), "");
    assert_eq!(
        window.find("//*[@id='path']").text(),
        data.display().to_string()
    );
    window.picture("explained");

    // Nothing has changed, so trying again says the same; with the right key it opens.
    window.find("//button[text()='Try again']").click();
    window.find("//*[@id='failed' and not(@hidden)]");
    write_key(&key, &right);
    window.find("//button[text()='Try again']").click();
    until("the page to be the application's", || {
        (!window.has("//*[@id='failed']")).then_some(())
    });
    window.find("//h1");
    window.picture("opened");
    window.close();
}

#[test]
fn the_keychain_holds_the_key_and_its_absence_is_explained() {
    let screen = Screen::new("keychain");
    let data = screen.home.path().join("data");
    let keychain = screen.keychain();
    let window = Window::open(&screen, &data, &[]);
    window.find("//h2[text()='Drop identity documents anywhere in this window']");
    window.close();
    let keys = screen.home.path().join(".config/lectern/keys");
    assert!(!keys.exists(), "the key is in the keychain and in no file");

    drop(keychain);
    let window = Window::open(&screen, &data, &[]);
    window.find("//*[@id='code' and text()='keychain_absent']");
    window.picture("explained");
    let _keychain = screen.keychain();
    window.find("//button[text()='Try again']").click();
    window.find("//h2[text()='Drop identity documents anywhere in this window']");
    window.close();
}

#[test]
fn files_are_chosen_in_the_dialog_of_the_system() {
    let screen = Screen::new("dialog");
    let specimen = specimen::draw(Kind::IdCardTd2, 5, Damage::None);
    let picture = screen.home.path().join("card.png");
    fs::write(&picture, specimen.encode_png()).unwrap();
    let window = Window::open(&screen, &screen.home.path().join("data"), &[]);
    window
        .find("//button[.//text()='Choose files' or text()='Choose files']")
        .click();
    until("the dialog", || screen.shows("Open File").then_some(()));
    screen.picture("dialog");
    // GTK's own keys: to the home directory, and to the place for typing a name.
    for keys in ["key alt+Home", "key ctrl+l", "type card.png", "key Return"] {
        screen.hand(keys);
    }
    window.find("//*[@role='row'][.//*[contains(text(), 'card.png')]]");
    window.close();
}

#[test]
fn a_second_start_brings_the_first_window_forward() {
    let screen = Screen::new("second");
    let data = screen.home.path().join("data");
    let window = Window::open(&screen, &data, &[]);
    window.find("//h1");
    assert!(window.starts_again(&data), "the second start ends in peace");
    assert_eq!(window.programs().len(), 1, "and the first goes on");
    window.close();
}

/// Writes a key file as only its owner may read it.
fn write_key(file: &Path, key: &str) {
    fs::write(file, key).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}
