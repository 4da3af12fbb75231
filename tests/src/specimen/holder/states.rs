//! The states that issue documents here. Utopia is the one that ICAO Doc 9303 uses for examples; the
//! others exist, but nothing about their documents is copied but the name.

/// An issuing state, with what its documents need.
#[derive(Debug)]
pub struct State {
    /// The code of ICAO Doc 9303 part 3, section 5; without fillers.
    pub code: &'static str,
    /// Its name as a title on a document.
    pub title: &'static str,
    /// The same in a second language.
    pub second_title: &'static str,
    /// What a citizen is called.
    pub citizen: &'static str,
    pub(super) region: Region,
    pub(super) places: [&'static str; 4],
    /// Main colour of its documents: red, green, blue.
    pub colour: [f32; 3],
    /// Second colour of its documents.
    pub second_colour: [f32; 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    Anywhere,
    French,
    German,
    Iberian,
    Slavic,
    Nordic,
    Maghreb,
    Turkish,
    Asian,
    English,
    Italian,
    Dutch,
    Romanian,
}

/// The states, Utopia first.
#[rustfmt::skip] // One state, one row.
pub const STATES: [State; 20] = [
    state("UTO", "UTOPIA", "UTOPIE", "UTOPIAN", Region::Anywhere, ["ZENITH", "MERIDIAN", "AMAUROTE", "NEW HARBOUR"], [38.0, 92.0, 138.0], [196.0, 122.0, 62.0]),
    state("FRA", "RÉPUBLIQUE FRANÇAISE", "FRENCH REPUBLIC", "FRANÇAISE", Region::French, ["ORLÉANS", "NÎMES", "SAINT-ÉTIENNE", "LYON 4E"], [60.0, 84.0, 160.0], [200.0, 96.0, 104.0]),
    state("D", "BUNDESREPUBLIK DEUTSCHLAND", "FEDERAL REPUBLIC OF GERMANY", "DEUTSCH", Region::German, ["KÖLN", "DÜSSELDORF", "MÜNCHEN", "GÖRLITZ"], [90.0, 122.0, 96.0], [188.0, 150.0, 76.0]),
    state("AUT", "REPUBLIK ÖSTERREICH", "REPUBLIC OF AUSTRIA", "ÖSTERREICH", Region::German, ["WIEN", "GRAZ", "KLAGENFURT", "ST. PÖLTEN"], [156.0, 66.0, 72.0], [92.0, 128.0, 150.0]),
    state("ESP", "ESPAÑA", "SPAIN", "ESPAÑOLA", Region::Iberian, ["A CORUÑA", "CÁCERES", "MADRID", "LEÓN"], [188.0, 86.0, 70.0], [198.0, 164.0, 70.0]),
    state("PRT", "PORTUGAL", "PORTUGAL", "PORTUGUESA", Region::Iberian, ["SETÚBAL", "BRAGANÇA", "ÉVORA", "LISBOA"], [86.0, 132.0, 96.0], [182.0, 84.0, 84.0]),
    state("POL", "RZECZPOSPOLITA POLSKA", "REPUBLIC OF POLAND", "POLSKIE", Region::Slavic, ["ŁÓDŹ", "GDAŃSK", "RZESZÓW", "TORUŃ"], [176.0, 96.0, 120.0], [120.0, 128.0, 168.0]),
    state("CZE", "ČESKÁ REPUBLIKA", "CZECH REPUBLIC", "ČESKÁ REPUBLIKA", Region::Slavic, ["PLZEŇ", "TÁBOR", "ÚSTÍ NAD LABEM", "BRNO"], [148.0, 82.0, 132.0], [86.0, 118.0, 176.0]),
    state("HRV", "REPUBLIKA HRVATSKA", "REPUBLIC OF CROATIA", "HRVATSKO", Region::Slavic, ["ŠIBENIK", "POŽEGA", "ZAGREB", "ČAKOVEC"], [70.0, 108.0, 166.0], [196.0, 84.0, 88.0]),
    state("SWE", "SVERIGE", "SWEDEN", "SVENSK", Region::Nordic, ["MALMÖ", "VÄXJÖ", "UMEÅ", "GÖTEBORG"], [66.0, 116.0, 168.0], [204.0, 172.0, 82.0]),
    state("NOR", "NORGE", "NORWAY", "NORSK", Region::Nordic, ["TROMSØ", "ÅLESUND", "BODØ", "OSLO"], [84.0, 138.0, 146.0], [190.0, 98.0, 96.0]),
    state("ISL", "ÍSLAND", "ICELAND", "ÍSLENSKUR", Region::Nordic, ["REYKJAVÍK", "ÍSAFJÖRÐUR", "AKUREYRI", "HÖFN"], [82.0, 124.0, 178.0], [140.0, 168.0, 150.0]),
    state("DZA", "ALGÉRIE", "ALGERIA", "ALGÉRIENNE", Region::Maghreb, ["BÉJAÏA", "ORAN", "TIZI OUZOU", "SÉTIF"], [72.0, 140.0, 104.0], [176.0, 140.0, 90.0]),
    state("MAR", "ROYAUME DU MAROC", "KINGDOM OF MOROCCO", "MAROCAINE", Region::Maghreb, ["FÈS", "MEKNÈS", "AGADIR", "TÉTOUAN"], [166.0, 88.0, 84.0], [98.0, 138.0, 108.0]),
    state("TUN", "RÉPUBLIQUE TUNISIENNE", "REPUBLIC OF TUNISIA", "TUNISIENNE", Region::Maghreb, ["SFAX", "BIZERTE", "GABÈS", "SOUSSE"], [172.0, 92.0, 100.0], [110.0, 136.0, 150.0]),
    state("TUR", "TÜRKİYE CUMHURİYETİ", "REPUBLIC OF TÜRKİYE", "T.C.", Region::Turkish, ["İZMİR", "ESKİŞEHİR", "MUĞLA", "ANKARA"], [180.0, 84.0, 92.0], [104.0, 142.0, 168.0]),
    state("JPN", "JAPAN", "NIHON KOKU", "JAPAN", Region::Asian, ["TOKYO", "KYŌTO", "SAPPORO", "NAHA"], [84.0, 140.0, 112.0], [196.0, 150.0, 82.0]),
    state("IND", "REPUBLIC OF INDIA", "BHARAT GANARAJYA", "INDIAN", Region::Asian, ["PUNE", "MYSURU", "KOLKATA", "INDORE"], [92.0, 112.0, 160.0], [206.0, 146.0, 84.0]),
    state("IRL", "ÉIRE", "IRELAND", "ÉIREANNACH", Region::English, ["CORK", "DÚN LAOGHAIRE", "GALWAY", "SLIGO"], [84.0, 142.0, 112.0], [196.0, 140.0, 84.0]),
    state("CAN", "CANADA", "CANADA", "CANADIAN", Region::Anywhere, ["MONTRÉAL", "HALIFAX", "TROIS-RIVIÈRES", "REGINA"], [170.0, 88.0, 92.0], [112.0, 128.0, 156.0]),
];

/// States that joined later; kept apart, so that what is dealt for the others stays the same.
#[rustfmt::skip] // One state, one row.
pub const MORE_STATES: [State; 11] = [
    state("ITA", "REPUBBLICA ITALIANA", "ITALIAN REPUBLIC", "ITALIANA", Region::Italian, ["FORLÌ", "CEFALÙ", "ROMA", "L'AQUILA"], [96.0, 140.0, 110.0], [180.0, 150.0, 90.0]),
    state("BEL", "BELGIË BELGIQUE BELGIEN", "BELGIUM", "Belg", Region::Dutch, ["GENT", "LIÈGE", "NAMUR", "SINT-NIKLAAS"], [130.0, 140.0, 120.0], [200.0, 170.0, 90.0]),
    state("NLD", "KONINKRIJK DER NEDERLANDEN", "KINGDOM OF THE NETHERLANDS", "Nederlandse", Region::Dutch, ["UTRECHT", "'S-HERTOGENBOSCH", "LEIDEN", "DEN HAAG"], [130.0, 140.0, 180.0], [200.0, 140.0, 110.0]),
    state("ROU", "ROMÂNIA", "ROMANIA", "Română", Region::Romanian, ["Iaşi", "Bucureşti", "Bistriţa", "Târgu Mureş"], [120.0, 130.0, 180.0], [200.0, 170.0, 100.0]),
    state("LUX", "GRAND-DUCHÉ DE LUXEMBOURG", "LUXEMBOURG", "LUXEMBOURGEOISE", Region::French, ["ESCH-SUR-ALZETTE", "DIEKIRCH", "LUXEMBOURG", "MERSCH"], [90.0, 150.0, 190.0], [200.0, 110.0, 110.0]),
    state("CHE", "SCHWEIZ SUISSE SVIZZERA SVIZRA", "SWITZERLAND", "SUISSE", Region::German, ["Zürich", "Neuchâtel", "Chur", "Bern"], [190.0, 90.0, 96.0], [150.0, 150.0, 160.0]),
    state("DNK", "DANMARK", "DENMARK", "DANSK", Region::Nordic, ["KØBENHAVN", "AARHUS", "RØNNE", "VIBORG"], [180.0, 90.0, 100.0], [150.0, 150.0, 170.0]),
    state("FIN", "SUOMI FINLAND", "FINLAND", "SUOMI/FINLAND", Region::Nordic, ["HELSINKI", "JYVÄSKYLÄ", "HÄMEENLINNA", "OULU"], [100.0, 140.0, 190.0], [170.0, 170.0, 180.0]),
    state("GBR", "UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND", "ROYAUME-UNI", "BRITISH CITIZEN", Region::English, ["LONDON", "CARDIFF", "YORK", "DUNDEE"], [90.0, 110.0, 170.0], [180.0, 90.0, 110.0]),
    state("HUN", "MAGYARORSZÁG", "HUNGARY", "MAGYAR", Region::Slavic, ["GYŐR", "SZEGED", "SZÉKESFEHÉRVÁR", "PÉCS"], [140.0, 160.0, 120.0], [180.0, 120.0, 110.0]),
    state("SVN", "REPUBLIKA SLOVENIJA", "REPUBLIC OF SLOVENIA", "SLOVENSKO", Region::Slavic, ["LJUBLJANA", "KOČEVJE", "MARIBOR", "ŠKOFJA LOKA"], [110.0, 150.0, 150.0], [180.0, 150.0, 110.0]),
];

/// The state with a code, of either table.
pub(crate) fn state_of(code: &str) -> &'static State {
    STATES
        .iter()
        .chain(&MORE_STATES)
        .find(|state| state.code == code)
        .unwrap_or(&STATES[0])
}

#[expect(clippy::too_many_arguments, reason = "one row of the table above")]
const fn state(
    code: &'static str,
    title: &'static str,
    second_title: &'static str,
    citizen: &'static str,
    region: Region,
    places: [&'static str; 4],
    colour: [f32; 3],
    second_colour: [f32; 3],
) -> State {
    State {
        code,
        title,
        second_title,
        citizen,
        region,
        places,
        colour,
        second_colour,
    }
}
