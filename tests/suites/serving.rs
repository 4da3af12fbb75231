//! The program serves over real HTTP: sign-in, submission, events, review, and a restart that forgets
//! nothing.

#[path = "serving/answering.rs"]
mod answering;
#[path = "serving/outside.rs"]
mod outside;
#[path = "serving/relations.rs"]
mod relations;

use anyhow::{Context as _, Result, ensure};
use lectern_tests::client::Client;
use lectern_tests::program::Place;
use lectern_tests::specimen::{self, Damage, Kind, Specimen};
use serde_json::{Value, json};

fn passport(seed: u64) -> Specimen {
    specimen::draw(Kind::Passport, seed, Damage::Light)
}

fn id_of(answer: &Value) -> Result<String> {
    let id = answer["submissions"][0]["document"]["id"].as_str();
    Ok(id.context("no document was made")?.to_owned())
}

#[test]
fn a_corrected_document_survives_a_restart() -> Result<()> {
    let place = Place::new()?;
    let specimen = passport(11);
    let server = place.serve()?;
    let password = server.first_password.clone();
    let password = password.context("the first start prints no password")?;
    let stranger = Client::new(&server.address);

    // By code, once.
    let by_code = stranger.sign_in_with_code(&server.code)?;
    let session = by_code.get("/v1/session")?.expect(200)?;
    assert_eq!(session["door"], "network");
    let again = stranger.post("/v1/session/code", &json!({"code": server.code}))?;
    assert_eq!(again.expect(401)?["code"], "code_invalid");

    // By password; the document is read.
    let admin = stranger.sign_in("admin", &password)?;
    let mut events = admin.listen()?;
    let submitted = admin.submit("passport%20of%20nobody.jpg", &specimen.encode_jpeg(90))?;
    let submitted = submitted.expect(202)?;
    assert_eq!(
        submitted["submissions"][0]["name"],
        "passport of nobody.jpg"
    );
    let id = id_of(&submitted)?;
    let path = format!("/v1/documents/{id}");
    let read = admin.wait_until_read(&mut events, &id)?;
    assert_eq!(read["reading"]["mrz_format"], "TD3");
    assert_eq!(
        read["record"]["fields"]["document_number"]["value"],
        json!(specimen.truth.fields["document_number"])
    );

    // Its page can be looked at.
    let page = admin.get(&format!("{path}/pages/0/image?max_side=400"))?;
    assert_eq!((page.status, page.media_type.as_str()), (200, "image/png"));
    let picture = image::load_from_memory(&page.bytes)?;
    assert_eq!(picture.width().max(picture.height()), 400);

    // A person corrects it.
    let correction = json!({"field": "given_names", "kind": "edited", "value": "ANNA MARIA"});
    let corrected = admin
        .post(&format!("{path}/corrections"), &correction)?
        .expect(201)?;
    assert_eq!(
        corrected["record"]["fields"]["given_names"]["value"],
        "ANNA MARIA"
    );

    // Asked to stop, the server ends its streams and leaves.
    let left = server.stop()?;
    ensure!(left.success(), "the server left with {left}");
    while events.next_event()?.is_some() {}

    let server = place.serve()?;
    assert_eq!(server.first_password, None, "the first start comes once");
    let admin = Client::new(&server.address).sign_in("admin", &password)?;
    let kept = admin.get(&path)?.expect(200)?;
    let field = &kept["record"]["fields"]["given_names"];
    assert_eq!(field["value"], "ANNA MARIA");
    assert_eq!(field["state"], "confirmed_by_person");
    assert_eq!(
        kept["reading"], read["reading"],
        "a reading is never changed"
    );

    // The same bytes are known; deleted, they are not.
    let known = admin
        .submit("other-name.jpg", &specimen.encode_jpeg(90))?
        .expect(200)?;
    assert_eq!(known["submissions"][0]["outcome"], "already_here");
    assert_eq!(id_of(&known)?, id);
    assert_eq!(admin.delete(&path)?.status, 204);
    assert_eq!(admin.get(&path)?.expect(404)?["code"], "document_not_found");
    Ok(())
}

#[test]
fn a_refused_file_leaves_the_others_alone() -> Result<()> {
    let place = Place::new()?;
    let server = place.serve()?;
    let client = Client::new(&server.address).sign_in_with_code(&server.code)?;
    let (first, second) = (passport(21).encode_jpeg(85), passport(22).encode_jpeg(85));
    let files: [(&str, &[u8]); 4] = [
        ("first.jpg", &first),
        ("notes.jpg", b"this is no picture"),
        ("empty.png", b""),
        ("second.jpg", &second),
    ];
    let mut events = client.listen()?;
    let answer = client.submit_form(&files)?.expect(202)?;
    let entries = answer["submissions"].as_array().context("no list")?;
    let outcomes: Vec<_> = entries
        .iter()
        .map(|entry| entry["outcome"].as_str())
        .collect();
    let (taken, refused) = (Some("submitted"), Some("refused"));
    assert_eq!(outcomes, [taken, refused, refused, taken]);
    assert_eq!(entries[1]["problem"]["code"], "file_unsupported");
    assert_eq!(entries[2]["problem"]["code"], "file_empty");
    for entry in [&entries[0], &entries[3]] {
        let id = entry["document"]["id"].as_str().context("no id")?;
        let detail = client.wait_until_read(&mut events, id)?;
        assert_eq!(detail["reading"]["document_type"], "passport");
    }
    Ok(())
}

#[test]
fn users_and_tokens_of_the_command_line_open_the_server() -> Result<()> {
    let place = Place::new()?;
    let arguments = ["users", "add", "camille", "--role", "reviewer"];
    let added = place.run_with_input(arguments, "a long enough password\n")?;
    ensure!(
        added.status.success(),
        "{}",
        String::from_utf8(added.stderr)?
    );
    let token = place.run(["tokens", "add", "scanner"])?;
    let token = String::from_utf8(token.stdout)?.trim().to_owned();

    let server = place.serve()?;
    let stranger = Client::new(&server.address);
    let camille = stranger.sign_in("camille", "a long enough password")?;
    assert_eq!(
        camille.get("/v1/session")?.expect(200)?["user"]["role"],
        "reviewer"
    );
    assert_eq!(
        camille.get("/v1/users")?.expect(403)?["code"],
        "not_allowed"
    );

    let bearer = format!("Bearer {token}");
    let script = stranger.clone().with_header("authorization", &bearer);
    assert_eq!(
        script.get("/v1/documents")?.expect(200)?["documents"],
        json!([])
    );
    let minted = script.post("/v1/tokens", &json!({"name": "another"}))?;
    assert_eq!(minted.expect(403)?["code"], "token_not_enough");

    let health = stranger.get("/v1/health")?.expect(200)?;
    assert_eq!(health["status"], "ok", "{health}");
    Ok(())
}

#[test]
fn it_does_not_open_itself_to_the_network_unasked() -> Result<()> {
    let place = Place::new()?;
    let refused = place.run(["serve", "--listen", "0.0.0.0:0"])?;
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr)?;
    assert!(
        said.contains("not encrypted") && said.contains("\n\nhint: "),
        "{said}"
    );
    assert!(!place.data().exists(), "a refused start makes no store");
    Ok(())
}

#[test]
fn an_admin_adds_a_type_and_its_documents_become_records() -> Result<()> {
    let definition = include_str!("types/library_card.toml");
    let place = Place::new()?;
    let server = place.serve()?;
    let admin = Client::new(&server.address).sign_in_with_code(&server.code)?;
    let body = json!({ "definition": definition });

    let wrong = json!({ "definition": definition.replace("kind =", "kinds =") });
    let wrong = admin.post("/v1/types", &wrong)?.expect(422)?;
    assert_eq!(wrong["code"], "definition_unreadable");
    let sentence = wrong["detail"].as_str().context("no sentence")?;
    assert!(sentence.contains("line 3, `kinds`: "), "{sentence}");
    let taken = json!({ "definition": definition.replace("\"library_card\"", "\"passport\"") });
    assert_eq!(
        admin.post("/v1/types", &taken)?.expect(409)?["code"],
        "type_built_in"
    );

    // Before it is in use the card says what any paper does; what the definition would say can be seen.
    let specimen = specimen::draw_library_card(9);
    let mut events = admin.listen()?;
    let submitted = admin
        .submit("card.png", &specimen.encode_png())?
        .expect(202)?;
    let id = id_of(&submitted)?;
    let read = admin.wait_until_read(&mut events, &id)?;
    assert_ne!(read["reading"]["definition"], "library_card@1");
    let check = json!({ "definition": definition, "document": id });
    let checked = admin.post("/v1/types/check", &check)?.expect(200)?;
    assert_eq!(checked["is_recognised"], true);

    let imported = admin.post("/v1/types", &body)?.expect(201)?;
    assert_eq!(imported["document_type"]["version"], 1);
    assert_eq!(
        admin.post("/v1/types", &body)?.expect(200)?["outcome"],
        "unchanged"
    );
    let specimen = specimen::draw_library_card(10);
    let submitted = admin
        .submit("other.png", &specimen.encode_png())?
        .expect(202)?;
    let read = admin.wait_until_read(&mut events, &id_of(&submitted)?)?;
    assert_eq!(read["reading"]["definition"], "library_card@1");
    for (name, value) in &specimen.truth.fields {
        assert_eq!(read["record"]["fields"][name]["value"], *value, "{name}");
    }

    let names = &read["imported_type"];
    assert_eq!(names["names"]["fr"], "Carte de lecteur");
    assert_eq!(names["fields"]["reader_number"]["en"], "Reader number");

    let shown = admin.get("/v1/types/library_card")?.expect(200)?;
    assert_eq!(shown["definition"], definition);
    assert_eq!(shown["versions"][0]["version"], 1);
    let retired = admin
        .post("/v1/types/library_card/retire", &json!({}))?
        .expect(200)?;
    assert_eq!(retired["in_use"], false);
    let again = admin
        .post("/v1/types/library_card/retire", &json!({}))?
        .expect(409)?;
    assert_eq!(again["code"], "type_retired");
    Ok(())
}
