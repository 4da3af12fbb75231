//! Papers that are no identity documents: invoices, letters from banks and offices, forms. They carry
//! names, dates, addresses and numbers, and must yield no type of identity document.

use super::bearer::Bearer;
use super::canvas::{Canvas, Frame, INK, Style, Typeface};
use super::form::Form;
use super::symbol::{Modules, Symbology};
use super::{Kind, Said, Sheet, ornament};
use crate::specimen::dice::Dice;
use crate::specimen::holder::{Day, STATES, State};

/// Words of one language for the papers below.
struct Tongue {
    codes: &'static [&'static str],
    invoice: &'static str,
    number: &'static str,
    date: &'static str,
    due: &'static str,
    columns: [&'static str; 4],
    total: &'static str,
    goods: [&'static str; 6],
    greeting: &'static str,
    body: [&'static str; 5],
    account: &'static str,
    closing: &'static str,
}

#[rustfmt::skip] // One language, a few rows.
const TONGUES: [Tongue; 4] = [
    Tongue {
        codes: &["FRA", "DZA", "MAR", "TUN"], invoice: "FACTURE", number: "Facture n°", date: "Date", due: "Échéance",
        columns: ["Désignation", "Qté", "Prix unitaire", "Montant"], total: "Total TTC",
        goods: ["Fournitures de bureau", "Entretien annuel", "Livraison", "Main-d'œuvre", "Câble réseau 10 m", "Abonnement mensuel"],
        greeting: "Madame, Monsieur,",
        body: ["Nous accusons réception de votre courrier et vous en remercions.", "Veuillez trouver ci-dessous les coordonnées de votre compte,", "à communiquer à tout organisme qui vous en ferait la demande.", "Votre conseiller reste à votre disposition du lundi au vendredi.", "Les pièces jointes sont à conserver sans limitation de durée."],
        account: "Relevé d'identité bancaire", closing: "Nous vous prions d'agréer nos salutations distinguées.",
    },
    Tongue {
        codes: &["D", "AUT"], invoice: "RECHNUNG", number: "Rechnungsnummer", date: "Datum", due: "Zahlbar bis",
        columns: ["Bezeichnung", "Menge", "Einzelpreis", "Betrag"], total: "Gesamtbetrag",
        goods: ["Büromaterial", "Jährliche Wartung", "Versandkosten", "Arbeitszeit", "Netzwerkkabel 10 m", "Monatsabonnement"],
        greeting: "Sehr geehrte Damen und Herren,",
        body: ["wir haben Ihr Schreiben erhalten und danken Ihnen dafür.", "Nachfolgend finden Sie die Angaben zu Ihrem Konto,", "die Sie bei Bedarf weitergeben können.", "Für Fragen stehen wir Ihnen montags bis freitags zur Verfügung.", "Bitte bewahren Sie die Anlagen gut auf."],
        account: "Kontoverbindung", closing: "Mit freundlichen Grüßen",
    },
    Tongue {
        codes: &["ESP"], invoice: "FACTURA", number: "Factura n.º", date: "Fecha", due: "Vencimiento",
        columns: ["Concepto", "Cant.", "Precio", "Importe"], total: "Total con IVA",
        goods: ["Material de oficina", "Mantenimiento anual", "Gastos de envío", "Mano de obra", "Cable de red 10 m", "Cuota mensual"],
        greeting: "Estimado cliente:",
        body: ["Hemos recibido su carta y se lo agradecemos.", "A continuación encontrará los datos de su cuenta,", "que puede comunicar a quien se los solicite.", "Quedamos a su disposición de lunes a viernes.", "Le rogamos que conserve los documentos adjuntos."],
        account: "Datos de la cuenta", closing: "Reciba un cordial saludo",
    },
    Tongue {
        codes: &[], invoice: "INVOICE", number: "Invoice No.", date: "Date", due: "Due date",
        columns: ["Description", "Qty", "Unit price", "Amount"], total: "Total due",
        goods: ["Office supplies", "Annual maintenance", "Delivery", "Labour", "Network cable 10 m", "Monthly subscription"],
        greeting: "Dear customer,",
        body: ["Thank you for your letter, which we received this week.", "Please find the details of your account below,", "which you may give to anyone who asks you for them.", "Our staff will be glad to help you from Monday to Friday.", "Please keep the enclosed documents in a safe place."],
        account: "Account details", closing: "Yours faithfully",
    },
];

const TEXT: [f32; 3] = [36.0, 36.0, 42.0];

pub(super) fn draw(kind: Kind, dice: &mut Dice, scale: f32) -> Sheet {
    let state: &'static State = dice.pick(&STATES);
    let bearer = Bearer::deal(dice, state, 10);
    let tongue = TONGUES
        .iter()
        .find(|tongue| tongue.codes.contains(&state.code))
        .unwrap_or(&TONGUES[3]);
    let canvas = Canvas::new(148.0, 190.0, scale, [251.0, 250.0, 248.0]);
    let mut form = Form::new(canvas);
    let faces = *dice.pick(&[
        (Typeface::Sans, Typeface::SansBold),
        (Typeface::Serif, Typeface::SerifBold),
        (Typeface::Round, Typeface::RoundBold),
    ]);
    let text = Style::new(faces.0, 1.75, TEXT);
    let bold = Style::new(faces.1, 1.8, TEXT);
    // Sender and receiver.
    let firm = dice.word(&[
        "NORDWIND HANDEL",
        "ATELIER DU PONT",
        "BANCO DEL PRADO",
        "MERIDIAN BANK",
        "STADTWERKE",
        "CAISSE DES DEUX RIVES",
    ]);
    let head = Style::new(faces.1, 3.0, state.colour.map(|v| v * 0.6));
    form.print(12.0, 14.0, 70.0, firm, head);
    let [street, town] = state.address(dice);
    form.print(12.0, 18.4, 70.0, &format!("{street} - {town}"), text);
    let name = format!(
        "{} {}",
        bearer.holder.given_names.join(" "),
        bearer.holder.surname
    );
    form.print(84.0, 30.0, 56.0, &name, text);
    form.print(84.0, 33.8, 56.0, &bearer.address[0], text);
    form.print(84.0, 37.6, 56.0, &bearer.address[1], text);
    if kind == Kind::Invoice {
        invoice(&mut form, tongue, dice, text, bold);
    } else {
        bank_letter(&mut form, tongue, &bearer, dice, text, bold);
    }
    Sheet {
        canvas: form.canvas,
        radius: 0.0,
        mrz_frames: Vec::new(),
        said: Said {
            doc_type: "",
            issuing_country: "",
            zone: None,
            fields: form.fields,
        },
    }
}

/// Lines with quantities and amounts, a total, sometimes a code to pay with.
fn invoice(form: &mut Form, tongue: &Tongue, dice: &mut Dice, text: Style, bold: Style) {
    let large = Style {
        capital: 3.4,
        ..bold
    };
    form.print(12.0, 54.0, 60.0, tongue.invoice, large);
    let issued = Day::deal(dice, 2021, 2025);
    let number = format!("{}-{}", issued.year, dice.symbols("0123456789", 5));
    let due = Day {
        month: issued.month % 12 + 1,
        ..issued
    };
    for (row, (label, value)) in [
        (tongue.number, number.as_str()),
        (tongue.date, &issued.numeric('/')),
        (tongue.due, &due.numeric('/')),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 61.0 + row as f32 * 4.2;
        form.print(12.0, y, 34.0, label, text);
        form.print(48.0, y, 40.0, value, text);
    }
    let columns = [12.0, 84.0, 112.0, 136.0];
    form.canvas.fill(
        Frame::new(11.0, 76.0, 126.0, 5.0),
        0.0,
        [220.0, 222.0, 228.0],
        1.0,
    );
    form.print(columns[0], 79.6, 60.0, tongue.columns[0], bold);
    for (words, right) in tongue.columns[1..].iter().zip(&columns[1..]) {
        form.canvas.text_to(*right, 79.6, words, bold);
    }
    let mut total = 0;
    let rows = dice.number(4, 9);
    for row in 0..rows {
        let y = 86.0 + row as f32 * 5.4;
        let (count, price) = (dice.number(1, 24), dice.number(199, 28_999));
        total += count * price;
        let money = |cents: i32| format!("{},{:02}", cents / 100, cents % 100);
        form.print(columns[0], y, 60.0, dice.word(&tongue.goods), text);
        form.canvas.text_to(columns[1], y, &count.to_string(), text);
        form.canvas.text_to(columns[2], y, &money(price), text);
        form.canvas
            .text_to(columns[3], y, &money(count * price), text);
    }
    let y = 90.0 + rows as f32 * 5.4;
    form.print(84.0, y, 26.0, tongue.total, bold);
    let sum = format!("{},{:02} €", total / 100, total % 100);
    form.canvas.text_to(136.0, y, &sum, bold);
    iban(form, dice, y + 14.0, text);
    if dice.chance(0.5) {
        let code = format!("BCD\n002\n1\nSCT\n\nNORDWIND\n{number}\nEUR{}", total / 100);
        if let Some(modules) = Modules::encode(Symbology::Qr, &code) {
            modules.draw(&mut form.canvas, Frame::new(114.0, 150.0, 22.0, 22.0), 2.0);
        }
    } else if dice.chance(0.4)
        && let Some(modules) = Modules::encode(Symbology::Aztec, &number)
    {
        modules.draw(&mut form.canvas, Frame::new(116.0, 152.0, 18.0, 18.0), 2.0);
    }
}

/// Running text, an account in groups of four, a reference with the holder's day of birth.
fn bank_letter(
    form: &mut Form,
    tongue: &Tongue,
    bearer: &Bearer,
    dice: &mut Dice,
    text: Style,
    bold: Style,
) {
    let written = Day::deal(dice, 2021, 2025);
    let place = format!("{}, {}", bearer.authority, written.numeric('.'));
    form.print(84.0, 50.0, 56.0, &place, text);
    form.print(12.0, 58.0, 60.0, tongue.account, bold);
    form.print(12.0, 68.0, 80.0, tongue.greeting, text);
    let mut y = 75.0;
    for line in tongue.body {
        form.print(12.0, y, 124.0, line, text);
        y += 4.4;
    }
    y += 3.0;
    iban(form, dice, y, text);
    y += 22.0;
    for line in tongue.body.iter().rev() {
        form.print(12.0, y, 124.0, line, text);
        y += 4.4;
    }
    form.print(12.0, y + 6.0, 100.0, tongue.closing, text);
    ornament::signature(
        &mut form.canvas,
        dice,
        Frame::new(14.0, y + 8.0, 34.0, 12.0),
        [30.0, 34.0, 80.0],
    );
}

fn iban(form: &mut Form, dice: &mut Dice, y: f32, text: Style) {
    let groups: Vec<String> = (0..5).map(|_| dice.symbols("0123456789", 4)).collect();
    let number = format!(
        "IBAN UT{} {}",
        dice.symbols("0123456789", 2),
        groups.join(" ")
    );
    let mono = Style::new(Typeface::Mono, 1.8, INK);
    form.print(12.0, y, 120.0, &number, mono);
    let bic = format!("BIC {}UTXX", dice.symbols("ABCDEFGHKLMNPRSTUVWZ", 4));
    form.print(12.0, y + 4.6, 60.0, &bic, text);
}
