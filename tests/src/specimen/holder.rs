//! Invented persons and the states that might have issued their documents.
//!
//! Names are put together from common ones of several regions, so that every accent and habit of
//! spelling that a reader must survive occurs; no combination is taken from a person. Utopia is the
//! state that ICAO Doc 9303 uses for examples.

use serde::{Deserialize, Serialize};

use super::dice::Dice;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Full year.
    pub year: i32,
    /// 1 to 12.
    pub month: i32,
    /// 1 to 31.
    pub day: i32,
}

impl Day {
    /// A day within the years, never after the 28th, so that every year has it.
    pub fn deal(dice: &mut Dice, first_year: i32, last_year: i32) -> Self {
        Self {
            year: dice.number(first_year, last_year),
            month: dice.number(1, 12),
            day: dice.number(1, 28),
        }
    }

    /// `YYYY-MM-DD`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `YYMMDD`, as machine-readable zones have it.
    pub fn short(self) -> String {
        format!("{:02}{:02}{:02}", self.year % 100, self.month, self.day)
    }

    /// `12.08.1974`, with the given mark between the numbers.
    pub fn numeric(self, mark: char) -> String {
        format!(
            "{:02}{mark}{:02}{mark}{:04}",
            self.day, self.month, self.year
        )
    }

    /// `12 AUG/AOÛT 1974`.
    pub fn in_words(self) -> String {
        const MONTHS: [&str; 12] = [
            "JAN/JAN",
            "FEB/FÉV",
            "MAR/MARS",
            "APR/AVR",
            "MAY/MAI",
            "JUN/JUIN",
            "JUL/JUIL",
            "AUG/AOÛT",
            "SEP/SEPT",
            "OCT/OCT",
            "NOV/NOV",
            "DEC/DÉC",
        ];
        format!(
            "{:02} {} {:04}",
            self.day,
            MONTHS[(self.month - 1) as usize],
            self.year
        )
    }

    /// The same day `years` later, less one day: when a document of so many years ends.
    pub fn expiry(self, years: i32) -> Self {
        let year = self.year + years;
        match (self.month, self.day) {
            (1, 1) => Self {
                year: year - 1,
                month: 12,
                day: 31,
            },
            // Days are never after the 28th, so the last day of the month before is near enough.
            (month, 1) => Self {
                year,
                month: month - 1,
                day: 28,
            },
            (month, day) => Self {
                year,
                month,
                day: day - 1,
            },
        }
    }
}

/// What a document says about sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    /// Female.
    #[serde(rename = "F")]
    Female,
    /// Male.
    #[serde(rename = "M")]
    Male,
    /// Unspecified: `X` in print, a filler in the machine-readable zone.
    #[serde(rename = "X")]
    Unspecified,
}

impl Sex {
    /// As printed.
    pub fn printed(self) -> &'static str {
        match self {
            Self::Female => "F",
            Self::Male => "M",
            Self::Unspecified => "X",
        }
    }

    /// As in the machine-readable zone.
    pub fn symbol(self) -> char {
        match self {
            Self::Female => 'F',
            Self::Male => 'M',
            Self::Unspecified => '<',
        }
    }
}

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
    region: Region,
    places: [&'static str; 4],
    /// Main colour of its documents: red, green, blue.
    pub colour: [f32; 3],
    /// Second colour of its documents.
    pub second_colour: [f32; 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Region {
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
}

/// The states, Utopia first.
pub const STATES: [State; 20] = [
    state(
        "UTO",
        "UTOPIA",
        "UTOPIE",
        "UTOPIAN",
        Region::Anywhere,
        ["ZENITH", "MERIDIAN", "AMAUROTE", "NEW HARBOUR"],
        [38.0, 92.0, 138.0],
        [196.0, 122.0, 62.0],
    ),
    state(
        "FRA",
        "RÉPUBLIQUE FRANÇAISE",
        "FRENCH REPUBLIC",
        "FRANÇAISE",
        Region::French,
        ["ORLÉANS", "NÎMES", "SAINT-ÉTIENNE", "LYON 4E"],
        [60.0, 84.0, 160.0],
        [200.0, 96.0, 104.0],
    ),
    state(
        "D",
        "BUNDESREPUBLIK DEUTSCHLAND",
        "FEDERAL REPUBLIC OF GERMANY",
        "DEUTSCH",
        Region::German,
        ["KÖLN", "DÜSSELDORF", "MÜNCHEN", "GÖRLITZ"],
        [90.0, 122.0, 96.0],
        [188.0, 150.0, 76.0],
    ),
    state(
        "AUT",
        "REPUBLIK ÖSTERREICH",
        "REPUBLIC OF AUSTRIA",
        "ÖSTERREICH",
        Region::German,
        ["WIEN", "GRAZ", "KLAGENFURT", "ST. PÖLTEN"],
        [156.0, 66.0, 72.0],
        [92.0, 128.0, 150.0],
    ),
    state(
        "ESP",
        "ESPAÑA",
        "SPAIN",
        "ESPAÑOLA",
        Region::Iberian,
        ["A CORUÑA", "CÁCERES", "MADRID", "LEÓN"],
        [188.0, 86.0, 70.0],
        [198.0, 164.0, 70.0],
    ),
    state(
        "PRT",
        "PORTUGAL",
        "PORTUGAL",
        "PORTUGUESA",
        Region::Iberian,
        ["SETÚBAL", "BRAGANÇA", "ÉVORA", "LISBOA"],
        [86.0, 132.0, 96.0],
        [182.0, 84.0, 84.0],
    ),
    state(
        "POL",
        "RZECZPOSPOLITA POLSKA",
        "REPUBLIC OF POLAND",
        "POLSKIE",
        Region::Slavic,
        ["ŁÓDŹ", "GDAŃSK", "RZESZÓW", "TORUŃ"],
        [176.0, 96.0, 120.0],
        [120.0, 128.0, 168.0],
    ),
    state(
        "CZE",
        "ČESKÁ REPUBLIKA",
        "CZECH REPUBLIC",
        "ČESKÁ REPUBLIKA",
        Region::Slavic,
        ["PLZEŇ", "TÁBOR", "ÚSTÍ NAD LABEM", "BRNO"],
        [148.0, 82.0, 132.0],
        [86.0, 118.0, 176.0],
    ),
    state(
        "HRV",
        "REPUBLIKA HRVATSKA",
        "REPUBLIC OF CROATIA",
        "HRVATSKO",
        Region::Slavic,
        ["ŠIBENIK", "POŽEGA", "ZAGREB", "ČAKOVEC"],
        [70.0, 108.0, 166.0],
        [196.0, 84.0, 88.0],
    ),
    state(
        "SWE",
        "SVERIGE",
        "SWEDEN",
        "SVENSK",
        Region::Nordic,
        ["MALMÖ", "VÄXJÖ", "UMEÅ", "GÖTEBORG"],
        [66.0, 116.0, 168.0],
        [204.0, 172.0, 82.0],
    ),
    state(
        "NOR",
        "NORGE",
        "NORWAY",
        "NORSK",
        Region::Nordic,
        ["TROMSØ", "ÅLESUND", "BODØ", "OSLO"],
        [84.0, 138.0, 146.0],
        [190.0, 98.0, 96.0],
    ),
    state(
        "ISL",
        "ÍSLAND",
        "ICELAND",
        "ÍSLENSKUR",
        Region::Nordic,
        ["REYKJAVÍK", "ÍSAFJÖRÐUR", "AKUREYRI", "HÖFN"],
        [82.0, 124.0, 178.0],
        [140.0, 168.0, 150.0],
    ),
    state(
        "DZA",
        "ALGÉRIE",
        "ALGERIA",
        "ALGÉRIENNE",
        Region::Maghreb,
        ["BÉJAÏA", "ORAN", "TIZI OUZOU", "SÉTIF"],
        [72.0, 140.0, 104.0],
        [176.0, 140.0, 90.0],
    ),
    state(
        "MAR",
        "ROYAUME DU MAROC",
        "KINGDOM OF MOROCCO",
        "MAROCAINE",
        Region::Maghreb,
        ["FÈS", "MEKNÈS", "AGADIR", "TÉTOUAN"],
        [166.0, 88.0, 84.0],
        [98.0, 138.0, 108.0],
    ),
    state(
        "TUN",
        "RÉPUBLIQUE TUNISIENNE",
        "REPUBLIC OF TUNISIA",
        "TUNISIENNE",
        Region::Maghreb,
        ["SFAX", "BIZERTE", "GABÈS", "SOUSSE"],
        [172.0, 92.0, 100.0],
        [110.0, 136.0, 150.0],
    ),
    state(
        "TUR",
        "TÜRKİYE CUMHURİYETİ",
        "REPUBLIC OF TÜRKİYE",
        "T.C.",
        Region::Turkish,
        ["İZMİR", "ESKİŞEHİR", "MUĞLA", "ANKARA"],
        [180.0, 84.0, 92.0],
        [104.0, 142.0, 168.0],
    ),
    state(
        "VNM",
        "VIỆT NAM",
        "VIET NAM",
        "VIỆT NAM",
        Region::Asian,
        ["HÀ NỘI", "ĐÀ NẴNG", "CẦN THƠ", "HUẾ"],
        [84.0, 140.0, 112.0],
        [196.0, 150.0, 82.0],
    ),
    state(
        "IND",
        "REPUBLIC OF INDIA",
        "BHARAT GANARAJYA",
        "INDIAN",
        Region::Asian,
        ["PUNE", "MYSURU", "KOLKATA", "INDORE"],
        [92.0, 112.0, 160.0],
        [206.0, 146.0, 84.0],
    ),
    state(
        "IRL",
        "ÉIRE",
        "IRELAND",
        "ÉIREANNACH",
        Region::English,
        ["CORK", "DÚN LAOGHAIRE", "GALWAY", "SLIGO"],
        [84.0, 142.0, 112.0],
        [196.0, 140.0, 84.0],
    ),
    state(
        "CAN",
        "CANADA",
        "CANADA",
        "CANADIAN",
        Region::Anywhere,
        ["MONTRÉAL", "HALIFAX", "TROIS-RIVIÈRES", "REGINA"],
        [170.0, 88.0, 92.0],
        [112.0, 128.0, 156.0],
    ),
];

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

/// Names of one region: surnames, women's and men's given names.
struct Names {
    region: Region,
    surnames: [&'static str; 12],
    female: [&'static str; 8],
    male: [&'static str; 8],
}

const NAMES: [Names; 9] = [
    Names {
        region: Region::French,
        surnames: [
            "Lefèvre",
            "Dubois-Moreau",
            "Gauthier",
            "Bérenger",
            "Noël",
            "Besançon",
            "Le Goff",
            "d'Aubigné",
            "Martin",
            "Françoise-Guérin",
            "L'Hôpital",
            "Œuvrard",
        ],
        female: [
            "Élodie",
            "Chloé",
            "Anne-Sophie",
            "Françoise",
            "Maëlle",
            "Zoé",
            "Inès",
            "Héloïse",
        ],
        male: [
            "Jérôme",
            "François",
            "Loïc",
            "Jean-Baptiste",
            "Théo",
            "Gaël",
            "Hugo",
            "Étienne",
        ],
    },
    Names {
        region: Region::German,
        surnames: [
            "Müller",
            "Schäfer",
            "Größmann",
            "Weiß",
            "von der Heide",
            "Jäger",
            "Köhler-Brandt",
            "Zöllner",
            "Schmidt",
            "Österreicher",
            "Kuhn",
            "Übelacker",
        ],
        female: [
            "Käthe",
            "Jördis",
            "Sabine",
            "Anneliese",
            "Ursula",
            "Gisela",
            "Mareike",
            "Änne",
        ],
        male: [
            "Jürgen",
            "Götz",
            "Matthias",
            "Björn",
            "Karl-Heinz",
            "Uwe",
            "Lüder",
            "Hans",
        ],
    },
    Names {
        region: Region::Iberian,
        surnames: [
            "Núñez García",
            "Peña",
            "Gonçalves",
            "Ibáñez",
            "de la Cruz",
            "Magalhães",
            "Fernández Ruiz",
            "Conceição",
            "Muñoz",
            "Álvarez",
            "Sá Nogueira",
            "Güell",
        ],
        female: [
            "María José",
            "Íngrid",
            "Begoña",
            "Conceição",
            "Lúcia",
            "Inés",
            "Nuria",
            "Graça",
        ],
        male: [
            "João",
            "José Ángel",
            "Íñigo",
            "Simão",
            "Óscar",
            "Luís",
            "Iván",
            "Martín",
        ],
    },
    Names {
        region: Region::Slavic,
        surnames: [
            "Łukasiewicz",
            "Wójcik",
            "Dvořák",
            "Żółkiewska",
            "Šimić",
            "Petrović",
            "Kowalska-Nowak",
            "Čermák",
            "Hájek",
            "Świątek",
            "Ivanova",
            "Đurić",
        ],
        female: [
            "Małgorzata",
            "Žofie",
            "Agnieszka",
            "Ljiljana",
            "Věra",
            "Bożena",
            "Anežka",
            "Zuzana",
        ],
        male: [
            "Stanisław",
            "Jiří",
            "Ondřej",
            "Krešimir",
            "Łukasz",
            "Miloš",
            "Grzegorz",
            "Václav",
        ],
    },
    Names {
        region: Region::Nordic,
        surnames: [
            "Sørensen",
            "Åkesson",
            "Þórsdóttir",
            "Ødegård",
            "Lindström",
            "Næss",
            "Hägglund",
            "Eriksson",
            "Guðmundsson",
            "Kjær",
            "Mäkelä",
            "Bjørnstad",
        ],
        female: [
            "Åsa",
            "Sigríður",
            "Mærete",
            "Anna Maria",
            "Øydis",
            "Märta",
            "Guðrún",
            "Ingrid",
        ],
        male: [
            "Bjørn",
            "Jón Þór",
            "Åke",
            "Sören",
            "Håkon",
            "Väinö",
            "Lars",
            "Ægir",
        ],
    },
    Names {
        region: Region::Maghreb,
        surnames: [
            "Benali",
            "El Amrani",
            "Bouzid",
            "Aït Ahmed",
            "Ben Youssef",
            "Cherif",
            "Belkacem",
            "Haddad",
            "Ould Kaddour",
            "Zerrouki",
            "El-Idrissi",
            "Mansouri",
        ],
        female: [
            "Fatima Zahra",
            "Khadija",
            "Nour El Houda",
            "Amina",
            "Yasmine",
            "Lalla Meriem",
            "Souad",
            "Kheïra",
        ],
        male: [
            "Mohamed Amine",
            "Abderrahmane",
            "Youssef",
            "Karim",
            "Moulay Hassan",
            "Rachid",
            "Sid Ali",
            "Tarek",
        ],
    },
    Names {
        region: Region::Turkish,
        surnames: [
            "Yılmaz",
            "Şahin",
            "Çelik",
            "Öztürk",
            "Güneş",
            "Kılıç",
            "Aydın",
            "Doğan",
            "Yıldırım",
            "Koç",
            "Işık",
            "Çağlar",
        ],
        female: [
            "Ayşe", "Gülşen", "Zeynep", "Şebnem", "Çiğdem", "Nurgül", "Elif", "Özlem",
        ],
        male: [
            "İbrahim",
            "Çağatay",
            "Oğuz",
            "Gökhan",
            "Emre",
            "Ümit",
            "Mehmet",
            "Barış",
        ],
    },
    Names {
        region: Region::Asian,
        surnames: [
            "Nguyễn",
            "Trần",
            "Wang",
            "Satō",
            "Krishnamurthy",
            "Lê",
            "Phạm",
            "Chen",
            "Patel",
            "Kim",
            "Võ",
            "Đặng",
        ],
        female: [
            "Thị Hồng",
            "Mei-Ling",
            "Lakshmi",
            "Thúy",
            "Yuki",
            "Priya",
            "Soo-Jin",
            "Ngọc Ánh",
        ],
        male: [
            "Văn Đức",
            "Jian",
            "Venkataraman",
            "Minh Tuấn",
            "Kenji",
            "Arjun",
            "Min-Ho",
            "Hữu Phước",
        ],
    },
    Names {
        region: Region::English,
        surnames: [
            "O'Connor",
            "MacDonald",
            "Smith-Jones",
            "D'Arcy",
            "Ní Bhriain",
            "Fitzgerald",
            "Ó Súilleabháin",
            "Whitfield",
            "Brontë",
            "St. John",
            "Hughes",
            "Featherstonehaugh",
        ],
        female: [
            "Siobhán",
            "Zoë",
            "Margaret",
            "Aoife",
            "Charlotte",
            "Mary Ann",
            "Niamh",
            "Grace",
        ],
        male: [
            "Seán",
            "Oisín",
            "William",
            "Padraig",
            "Edward",
            "John Paul",
            "Rory",
            "Alistair",
        ],
    },
];

/// An invented person.
#[derive(Clone, Debug)]
pub struct Holder {
    /// Surname in full spelling.
    pub surname: String,
    /// Given names in full spelling, parted by spaces.
    pub given_names: Vec<String>,
    /// As documents state it.
    pub sex: Sex,
    /// Day of birth.
    pub birth: Day,
    /// Place of birth, in capitals.
    pub place_of_birth: &'static str,
}

impl Holder {
    /// A person born and named as is common in a state.
    pub fn deal(dice: &mut Dice, state: &State) -> Self {
        let names = NAMES
            .iter()
            .find(|names| names.region == state.region && dice.chance(0.9))
            .unwrap_or_else(|| dice.pick(&NAMES));
        let sex = dice.weighted(&[
            (Sex::Female, 0.49),
            (Sex::Male, 0.48),
            (Sex::Unspecified, 0.03),
        ]);
        let list = match sex {
            Sex::Female => &names.female,
            Sex::Male => &names.male,
            Sex::Unspecified => *dice.pick(&[&names.female, &names.male]),
        };
        let mut given_names: Vec<String> = Vec::new();
        for _ in 0..*dice.pick(&[1, 1, 2, 2, 3]) {
            let name = dice.word(list).to_owned();
            if !given_names.contains(&name) {
                given_names.push(name);
            }
        }
        Self {
            surname: dice.word(&names.surnames).to_owned(),
            given_names,
            sex,
            birth: Day::deal(dice, 1941, 2004),
            place_of_birth: dice.word(&state.places),
        }
    }

    /// Surname as printed in capitals.
    pub fn surname_in_capitals(&self) -> String {
        capitals(&self.surname)
    }

    /// Given names in capitals, with the given text between them.
    pub fn given_names_in_capitals(&self, between: &str) -> String {
        capitals(&self.given_names.join(between))
    }
}

/// Capitals, with the sharp s spelt out, as documents do.
fn capitals(text: &str) -> String {
    text.to_uppercase()
}

impl State {
    /// One of the state's places, in capitals.
    pub fn place(&self, dice: &mut Dice) -> &'static str {
        dice.word(&self.places)
    }
}
