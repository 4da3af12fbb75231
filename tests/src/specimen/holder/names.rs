//! Common names by region, so that every accent and habit of spelling that a reader must survive occurs.

use super::states::Region;

/// Names of one region: surnames, women's and men's given names.
pub(super) struct Names {
    pub(super) region: Region,
    pub(super) surnames: &'static [&'static str],
    pub(super) female: &'static [&'static str],
    pub(super) male: &'static [&'static str],
}

#[rustfmt::skip] // One list, one row.
pub(super) const NAMES: [Names; 9] = [
    Names {
        region: Region::French,
        surnames: &["Lefèvre", "Dubois-Moreau", "Gauthier", "Bérenger", "Noël", "Besançon", "Le Goff", "d'Aubigné", "Martin", "Françoise-Guérin", "L'Hôpital", "Œuvrard"],
        female: &["Élodie", "Chloé", "Anne-Sophie", "Françoise", "Maëlle", "Zoé", "Inès", "Héloïse"],
        male: &["Jérôme", "François", "Loïc", "Jean-Baptiste", "Théo", "Gaël", "Hugo", "Étienne"],
    },
    Names {
        region: Region::German,
        surnames: &["Müller", "Schäfer", "Größmann", "Weiß", "von der Heide", "Jäger", "Köhler-Brandt", "Zöllner", "Schmidt", "Österreicher", "Kuhn", "Übelacker"],
        female: &["Käthe", "Jördis", "Sabine", "Anneliese", "Ursula", "Gisela", "Mareike", "Änne"],
        male: &["Jürgen", "Götz", "Matthias", "Björn", "Karl-Heinz", "Uwe", "Lüder", "Hans"],
    },
    Names {
        region: Region::Iberian,
        surnames: &["Núñez García", "Peña", "Gonçalves", "Ibáñez", "de la Cruz", "Magalhães", "Fernández Ruiz", "Conceição", "Muñoz", "Álvarez", "Sá Nogueira", "Güell"],
        female: &["María José", "Íngrid", "Begoña", "Conceição", "Lúcia", "Inés", "Nuria", "Graça"],
        male: &["João", "José Ángel", "Íñigo", "Simão", "Óscar", "Luís", "Iván", "Martín"],
    },
    Names {
        region: Region::Slavic,
        surnames: &["Łukasiewicz", "Wójcik", "Dvořák", "Żółkiewska", "Šimić", "Petrović", "Kowalska-Nowak", "Čermák", "Hájek", "Świątek", "Ivanova", "Đurić"],
        female: &["Małgorzata", "Žofie", "Agnieszka", "Ljiljana", "Věra", "Bożena", "Anežka", "Zuzana"],
        male: &["Stanisław", "Jiří", "Ondřej", "Krešimir", "Łukasz", "Miloš", "Grzegorz", "Václav"],
    },
    Names {
        region: Region::Nordic,
        surnames: &["Sørensen", "Åkesson", "Þórsdóttir", "Ødegård", "Lindström", "Næss", "Hägglund", "Eriksson", "Guðmundsson", "Kjær", "Mäkelä", "Bjørnstad"],
        female: &["Åsa", "Sigríður", "Mærete", "Anna Maria", "Øydis", "Märta", "Guðrún", "Ingrid"],
        male: &["Bjørn", "Jón Þór", "Åke", "Sören", "Håkon", "Väinö", "Lars", "Ægir"],
    },
    Names {
        region: Region::Maghreb,
        surnames: &["Benali", "El Amrani", "Bouzid", "Aït Ahmed", "Ben Youssef", "Cherif", "Belkacem", "Haddad", "Ould Kaddour", "Zerrouki", "El-Idrissi", "Mansouri"],
        female: &["Fatima Zahra", "Khadija", "Nour El Houda", "Amina", "Yasmine", "Lalla Meriem", "Souad", "Kheïra"],
        male: &["Mohamed Amine", "Abderrahmane", "Youssef", "Karim", "Moulay Hassan", "Rachid", "Sid Ali", "Tarek"],
    },
    Names {
        region: Region::Turkish,
        surnames: &["Yılmaz", "Şahin", "Çelik", "Öztürk", "Güneş", "Kılıç", "Aydın", "Doğan", "Yıldırım", "Koç", "Işık", "Çağlar"],
        female: &["Ayşe", "Gülşen", "Zeynep", "Şebnem", "Çiğdem", "Nurgül", "Elif", "Özlem"],
        male: &["İbrahim", "Çağatay", "Oğuz", "Gökhan", "Emre", "Ümit", "Mehmet", "Barış"],
    },
    Names {
        region: Region::Asian,
        surnames: &["Nguyen", "Trân", "Wang", "Satō", "Krishnamurthy", "Lê", "Đình", "Chen", "Patel", "Kim", "Võ", "Lý-Hoàng"],
        female: &["Thanh Thúy", "Mei-Ling", "Lakshmi", "Hông", "Yuki", "Priya", "Soo-Jin", "Ánh Minh"],
        male: &["Văn Dũng", "Jian", "Venkataraman", "Minh Đăng", "Kenji", "Arjun", "Min-Ho", "Quôc Bình"],
    },
    Names {
        region: Region::English,
        surnames: &["O'Connor", "MacDonald", "Smith-Jones", "D'Arcy", "Ní Bhriain", "Fitzgerald", "Ó Súilleabháin", "Whitfield", "Brontë", "St. John", "Hughes", "Featherstonehaugh"],
        female: &["Siobhán", "Zoë", "Margaret", "Aoife", "Charlotte", "Mary Ann", "Niamh", "Grace"],
        male: &["Seán", "Oisín", "William", "Padraig", "Edward", "John Paul", "Rory", "Alistair"],
    },
];

/// Names of regions that joined later; kept apart, so that what is dealt for the others stays the same.
#[rustfmt::skip] // One list, one row.
pub(super) const MORE_NAMES: [Names; 3] = [
    Names {
        region: Region::Italian,
        surnames: &["Rossi", "Esposito", "De Luca", "D'Angelo", "Colò", "Bianchi Ferrari", "Nicolò", "Greco", "Marangon", "Lo Presti", "Sanfilippo", "Fabbri"],
        female: &["Chiara", "Giulia Maria", "Noemi", "Anna Rita", "Beatrice", "Lucia", "Marialuisa", "Niccolò Andrea"],
        male: &["Nicolò", "Gian Luca", "Matteo", "Salvatore", "Pier Paolo", "Davide", "Ciro", "Giosuè"],
    },
    Names {
        region: Region::Dutch,
        surnames: &["de Vries", "van den Berg", "Janssens", "Peeters", "Molenaar", "van 't Hoff", "Willemsen", "de Bruijn", "Claes", "Özkan", "Coëlho", "Vandenbroucke"],
        female: &["Willeke Liselotte", "Anneke", "Fleur", "Zoë", "Renée", "Marieke", "Noëlle", "Sanne"],
        male: &["Bram", "Sjoerd", "Pieter Jan", "Joost", "Thijs", "René", "Wout", "Kees"],
    },
    Names {
        region: Region::Romanian,
        surnames: &["Popescu", "Ionescu", "Ştefănescu", "Ţurcanu", "Dumitraşcu", "Mărginean", "Bălan", "Câmpeanu", "Rădulescu", "Vlad", "Niţă", "Gheorghiu"],
        female: &["Ioana", "Ana-Maria", "Mihaela", "Ştefania", "Anca Elena", "Cătălina", "Ileana", "Roxana"],
        male: &["Andrei", "Ştefan", "Mihai Alexandru", "Cătălin", "Vasile", "Răzvan", "Ion", "Ovidiu"],
    },
];
