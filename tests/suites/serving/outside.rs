//! Readers outside of this machine: a server on this one that speaks their protocols, and all the ways it
//! can fail.

use std::io::ErrorKind;
use std::net::TcpListener;

use anyhow::{Context as _, Result, ensure};
use lectern_tests::client::{Client, Events};
use lectern_tests::program::{Place, Server};
use lectern_tests::specimen;
use serde_json::{Value, json};

use crate::answering::{Answering, Reply};
use crate::id_of;

/// What no file, no answer and no log may show.
const KEY: &str = "sk-of-nobody-0123456789";

/// A store that is served, and an admin of it.
struct Desk {
    place: Place,
    _server: Server,
    admin: Client,
    events: Events,
    sent: u8,
}

impl Desk {
    fn open() -> Result<Self> {
        let place = Place::new()?;
        let server = place.serve()?;
        let admin = Client::new(&server.address).sign_in_with_code(&server.code)?;
        let events = admin.listen()?;
        Ok(Self {
            place,
            _server: server,
            admin,
            events,
            sent: 0,
        })
    }

    /// Sets a reader up with a key, through the command line.
    fn set_up(&self, name: &str, how: &[&str]) -> Result<()> {
        let arguments = ["outside", "set", name, "--ask", "always", "--key"];
        let done = self
            .place
            .run_with_input(arguments.iter().chain(how), KEY)?;
        let told = std::str::from_utf8(&done.stderr)?;
        ensure!(done.status.success(), "{told}");
        Ok(())
    }

    fn turn_on(&self, name: &str) -> Result<Value> {
        let consent = json!({ "accept": 1 });
        self.admin
            .post(&format!("/v1/outside/{name}/on"), &consent)?
            .expect(200)
    }

    fn read(&mut self, name: &str, bytes: &[u8]) -> Result<Value> {
        let submitted = self.admin.submit(name, bytes)?.expect(202)?;
        self.admin
            .wait_until_read(&mut self.events, &id_of(&submitted)?)
    }

    /// Submits a small picture on which nothing can be read; what became of it.
    fn read_blank(&mut self) -> Result<Value> {
        self.sent += 1;
        let shade = image::Luma([200 + self.sent]);
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::GrayImage::from_pixel(80, 60, shade)
            .write_to(&mut bytes, image::ImageFormat::Png)?;
        self.read("blank.png", bytes.get_ref())
    }

    /// Submits one and gives the codes of its problems; it must wait for a person, and not have failed.
    fn problems(&mut self) -> Result<Vec<String>> {
        let read = self.read_blank()?;
        assert_eq!(read["document"]["status"], "needs_review");
        let problems = read["reading"]["problems"]
            .as_array()
            .context("no problems")?;
        let code = |problem: &Value| problem["code"].as_str().map(str::to_owned);
        problems
            .iter()
            .map(|problem| code(problem).context("no code"))
            .collect()
    }
}

/// An answer of a model with this content.
fn says(content: &Value) -> Reply {
    let message = json!({ "role": "assistant", "content": content.to_string() });
    Reply::json(
        200,
        &json!({ "choices": [{ "index": 0, "finish_reason": "stop", "message": message }] }),
    )
}

#[test]
fn a_reader_outside_is_asked_once_somebody_accepted_it_and_its_words_are_claims() -> Result<()> {
    let server = Answering::start()?;
    let mut desk = Desk::open()?;
    let definition = include_str!("../types/library_card.toml");
    let imported = desk
        .admin
        .post("/v1/types", &json!({ "definition": definition }))?;
    imported.expect(201)?;
    let address = format!("{}/v1", server.address);
    let model = [
        "--protocol",
        "openai",
        "--address",
        &address,
        "--model",
        "seer-1",
    ];
    desk.set_up("vision", &model)?;

    // Set up, it is off; what leaves the machine is said before anybody can accept it.
    let shown = desk.place.run(["outside", "on", "vision"])?;
    assert_eq!(shown.status.code(), Some(1));
    let told = std::str::from_utf8(&shown.stderr)?;
    assert!(
        told.contains("leave this machine for 127.0.0.1") && told.contains("--accept 1"),
        "{told}"
    );
    let outdated = desk
        .admin
        .post("/v1/outside/vision/on", &json!({ "accept": 0 }))?;
    assert_eq!(outdated.expect(409)?["code"], "sentence_outdated");
    desk.read_blank()?;
    assert!(server.requests().is_empty(), "it was off");
    let on = desk.turn_on("vision")?;
    assert_eq!(
        (&on["on"], &on["has_key"], &on["accepted"]["version"]),
        (&json!(true), &json!(true), &json!(1))
    );

    // Asked by the definition of the type; what the fields cannot have, and what is no field, is left out.
    let specimen = specimen::draw_library_card(21);
    let truth = &specimen.truth.fields;
    server.will_answer(vec![says(&json!({
        "surname": truth["surname"], "given_names": truth["given_names"],
        "reader_number": "LZ-000000", "branch": "MOON", "member_since": null,
        "date_of_expiry": truth["date_of_expiry"], "shoe_size": "44",
    }))]);
    let read = desk.read("card.png", &specimen.encode_png())?;
    let [request] = &server.requests()[..] else {
        panic!("one question")
    };
    assert_eq!(request.path, "/v1/chat/completions");
    assert_eq!(request.header("authorization"), format!("Bearer {KEY}"));
    assert_eq!(request.body["model"], "seer-1");
    let schema = &request.body["response_format"]["json_schema"];
    assert_eq!(
        (&schema["name"], &schema["strict"]),
        (&json!("library_card"), &json!(true))
    );
    let asked = schema["schema"]["properties"]
        .as_object()
        .context("no properties")?;
    let fields: Vec<&String> = truth.keys().collect();
    assert!(
        fields.iter().all(|field| asked.contains_key(*field)),
        "{asked:?}"
    );
    let content = &request.body["messages"][1]["content"];
    let words = content[0]["text"].as_str().context("no words")?;
    assert!(
        words.contains(
            "reader_number: Reader number, labelled \"Reader No.\"; of the form \"AA-999999\""
        ),
        "{words}"
    );
    let picture = content[1]["image_url"]["url"]
        .as_str()
        .context("no picture")?;
    assert!(
        picture.starts_with("data:image/jpeg;base64,/9j/"),
        "{picture:.40}"
    );

    let reading = &read["reading"];
    let outside = &reading["outside"][0];
    assert_eq!(
        (&outside["reader"], &outside["definition"]),
        (&json!("vision"), &json!("library_card@1"))
    );
    assert_eq!(outside["values"]["surname"], *truth["surname"]);
    assert!(
        outside["values"].get("branch").is_none() && outside["values"].get("shoe_size").is_none()
    );
    assert_eq!(outside["problems"][0]["code"], "outside_left_out");
    // What this machine reads is not overruled, and the difference is shown.
    for (name, value) in truth {
        assert_eq!(read["record"]["fields"][name]["value"], *value, "{name}");
    }
    let disagreements = reading["disagreements"]
        .as_array()
        .context("no disagreements")?;
    let number = disagreements
        .iter()
        .find(|one| one["field"] == "reader_number");
    let sources = &number.context("no disagreement")?["sources"];
    assert_eq!(
        (&sources[0]["zone"], &sources[1]["zone"]),
        (&json!("visual"), &json!("outside"))
    );
    assert_eq!(
        (&sources[1]["value"], &sources[1]["crop"]),
        (&json!("LZ-000000"), &Value::Null)
    );
    assert_eq!(read["document"]["status"], "needs_review");

    // Reading again asks nobody, unless somebody wants it.
    let id = read["document"]["id"].as_str().context("no id")?.to_owned();
    for (arguments, questions) in [(&["reread"][..], 1), (&["reread", "--ask-outside"], 2)] {
        server.will_answer(vec![says(&json!({ "surname": truth["surname"] })); 3]);
        desk.place.run(arguments)?;
        let again = desk.admin.wait_until_read(&mut desk.events, &id)?;
        assert_eq!(
            again["reading"]["outside"][0]["values"]["surname"],
            *truth["surname"]
        );
        let cards = server.requests();
        let cards = cards
            .iter()
            .filter(|one| one.body["response_format"]["json_schema"]["name"] == "library_card");
        assert_eq!(cards.count(), questions, "{arguments:?}");
        assert_eq!(
            again["reading"] == *reading,
            questions == 1,
            "the same answer, the same reading"
        );
    }

    // Its key is nowhere to be seen, and everything is in the log.
    let listed = desk.admin.get("/v1/outside")?;
    assert!(!std::str::from_utf8(&listed.bytes)?.contains(KEY));
    let log = desk
        .place
        .run(["audit", "list", "--json", "--limit", "200"])?;
    let log = std::str::from_utf8(&log.stdout)?;
    for act in ["outside.set", "outside.turned_on", "document.sent_outside"] {
        assert!(log.contains(act), "{act}: {log}");
    }
    assert!(!log.contains(KEY));
    Ok(())
}

#[test]
fn whatever_goes_wrong_outside_a_person_gets_the_document_with_a_sentence() -> Result<()> {
    let server = Answering::start()?;
    let mut desk = Desk::open()?;
    let address = format!("{}/v1", server.address);
    let base = ["--address", &address];
    desk.set_up(
        "vision",
        &[
            &[
                "--protocol",
                "openai",
                "--model",
                "seer-1",
                "--patience",
                "20",
            ],
            &base[..],
        ]
        .concat(),
    )?;
    desk.turn_on("vision")?;
    let refusal =
        json!({ "choices": [{ "message": { "content": null, "refusal": "I would rather not" } }] });
    for (answers, code, asked) in [
        (
            vec![Reply::json(401, &json!({ "error": "no" }))],
            "outside_key_refused",
            1,
        ),
        (vec![Reply::status(429).after("3600")], "outside_busy", 1),
        (
            vec![
                Reply::status(429).after("0"),
                says(&json!({ "surname": "AL\u{1}KHWARIZMI 7" })),
            ],
            "outside_left_out",
            2,
        ),
        (vec![Reply::status(500); 3], "outside_failed", 3),
        (vec![Reply::status(302)], "outside_failed", 1),
        (
            vec![Reply::text(200, "{\"choices\": [")],
            "outside_nonsense",
            1,
        ),
        (vec![says(&json!("I see a card"))], "outside_nonsense", 1),
        (vec![Reply::json(200, &refusal)], "outside_declined", 1),
    ] {
        let before = server.requests().len();
        server.will_answer(answers);
        let codes = desk.problems()?;
        assert!(codes.iter().any(|one| one == code), "{code}: {codes:?}");
        assert_eq!(server.requests().len() - before, asked, "{code}");
    }
    let deaf = [
        "--protocol",
        "openai",
        "--model",
        "seer-1",
        "--patience",
        "1",
    ];
    desk.set_up("vision", &[&deaf, &base[..]].concat())?;
    server.will_answer(vec![Reply::never()]);
    assert!(desk.problems()?.contains(&"outside_too_slow".to_owned()));

    // Where nobody listens; where it is off nobody is even looked for.
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let nobody = format!("http://{}/v1", listener.local_addr()?);
    listener.set_nonblocking(true)?;
    desk.set_up(
        "vision",
        &[
            "--protocol",
            "openai",
            "--model",
            "seer-1",
            "--address",
            &nobody,
        ],
    )?;
    let codes = desk.problems()?;
    assert!(
        codes.iter().all(|code| !code.starts_with("outside_")),
        "another place is another consent: {codes:?}"
    );
    let looked = listener.accept().map(|_| ()).map_err(|error| error.kind());
    assert_eq!(
        looked,
        Err(ErrorKind::WouldBlock),
        "no connection was attempted"
    );
    drop(listener);
    desk.turn_on("vision")?;
    assert!(desk.problems()?.contains(&"outside_unreachable".to_owned()));
    desk.admin
        .post("/v1/outside/vision/off", &json!({}))?
        .expect(200)?;

    // Azure's way of speaking, and a verification that would reject: a person decides.
    let azure = [
        "--protocol",
        "azure",
        "--model",
        "eye",
        "--api-version",
        "2024-10-21",
        "--address",
        &server.address,
    ];
    desk.set_up("azure", &azure)?;
    desk.turn_on("azure")?;
    server.will_answer(vec![says(
        &json!({ "surname": "Ekenstein", "date_of_birth": "1984-05-27" }),
    )]);
    let read = desk.read_blank()?;
    let request = server.requests().pop().context("no question")?;
    assert_eq!(
        request.path,
        "/openai/deployments/eye/chat/completions?api-version=2024-10-21"
    );
    assert_eq!(request.header("api-key"), KEY);
    assert!(request.body.get("model").is_none());
    let surname = &read["record"]["fields"]["surname"];
    assert_eq!(
        (&surname["value"], &surname["state"]),
        (&json!("Ekenstein"), &json!("to_check"))
    );
    assert_eq!(
        read["record"]["fields"]["date_of_birth"]["value"],
        "1984-05-27"
    );
    let removed = desk.admin.delete("/v1/outside/azure")?;
    assert_eq!(removed.status, 204);

    let verify = format!("{}/verify", server.address);
    desk.set_up(
        "idcheck",
        &["--protocol", "verification", "--address", &verify],
    )?;
    desk.turn_on("idcheck")?;
    server.will_answer(vec![Reply::json(200, &json!({
        "fields": { "surname": { "value": "MOON", "confidence": 0.99 }, "shoe_size": { "value": "44" } },
        "decision": "reject", "warnings": [{ "code": "FAKE_ID", "description": "of Mr MOON" }],
    }))]);
    let codes = desk.problems()?;
    for code in ["outside_doubts", "outside_warnings", "outside_left_out"] {
        assert!(codes.iter().any(|one| one == code), "{code}: {codes:?}");
    }
    let request = server.requests().pop().context("no question")?;
    assert_eq!(request.path, "/verify");
    assert_eq!(
        (&request.body["version"], &request.body["document_type"]),
        (&json!(1), &json!("other_id"))
    );
    assert_eq!(request.body["pages"][0]["media_type"], "image/jpeg");

    for unsafe_address in [
        "http://example.com/v1",
        "https://me:pass@example.com/v1",
        "ftp://127.0.0.1/",
    ] {
        let body = json!({ "protocol": "verification", "address": unsafe_address });
        let refused = desk.admin.put("/v1/outside/other", &body)?;
        assert_eq!(refused.expect(422)?["code"], "outside_address");
    }
    Ok(())
}
