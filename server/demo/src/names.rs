//! Given and family names, one culture per office, and how they become mail addresses.
//!
//! A name in a script without Latin letters carries its Latin form after a bar.

/// Given and family names that go together.
pub(crate) struct Culture {
    pub given: [&'static str; 16],
    pub family: [&'static str; 16],
    /// Whether the family name is written first, without a space.
    pub is_family_first: bool,
}

const fn culture(given: [&'static str; 16], family: [&'static str; 16]) -> Culture {
    Culture {
        given,
        family,
        is_family_first: false,
    }
}

/// In the order of the offices.
#[rustfmt::skip]
pub(crate) static CULTURES: [Culture; 12] = [
    culture(
        [
            "Øyvind", "Ingrid", "Åse", "Sigurd", "Maren", "Håkon", "Solveig", "Torbjørn",
            "Liv", "Bjørn", "Astrid", "Jonas", "Ragnhild", "Eirik", "Siri", "Leif",
        ],
        [
            "Hauge", "Sørensen", "Bråten", "Lie", "Nygård", "Ødegaard", "Moen", "Fjeld",
            "Håland", "Solberg", "Rønning", "Aas", "Vik", "Tveit", "Bøe", "Strøm",
        ],
    ),
    culture(
        [
            "Jürgen", "Anneliese", "Björn", "Käthe", "Lukas", "Sören", "Miriam", "Götz",
            "Franziska", "Emre", "Ayşe", "Henrik", "Beate", "Jörg", "Leonie", "Ömer",
        ],
        [
            "Müller", "Groß", "Schröder", "Weiß", "Köhler", "Petersen", "Yılmaz", "Öztürk",
            "Lüders", "Behrens", "Jäger", "Hansen", "Böttcher", "Vogt", "Strauß", "Claussen",
        ],
    ),
    culture(
        [
            "Oliver", "Siân", "Gareth", "Niamh", "Priya", "Callum", "Aoife", "Harriet",
            "Tariq", "Rhys", "Imogen", "Zoë", "Alistair", "Chloé", "Desmond", "Folasade",
        ],
        [
            "Thackeray", "O'Donnell", "Hussain", "Llewellyn", "Armitage", "Okafor", "Whitaker", "Kaur",
            "Fitzgerald", "Ackroyd", "Sutcliffe", "Mbeki", "Braithwaite", "Nuñez", "Holroyd", "MacAulay",
        ],
    ),
    culture(
        [
            "Élodie", "Théo", "Chloé", "Rémi", "Anaïs", "Noël", "Zélie", "François",
            "Maëlle", "Léa", "Jérôme", "Inès", "Benoît", "Océane", "Kévin", "Soraya",
        ],
        [
            "Lefèvre", "Bérard", "Garçon", "Dubois", "Chevallier", "Moulin", "Benhaddou", "Préjean",
            "Rousseau", "Châtelain", "Girard", "Lacoste", "Perrin", "Guérin", "Fontaine", "Nguyễn",
        ],
    ),
    culture(
        [
            "Łukasz", "Małgorzata", "Paweł", "Zofia", "Michał", "Agnieszka", "Stanisław", "Bożena",
            "Jędrzej", "Świętosława", "Tomasz", "Hanna", "Wojciech", "Ola", "Krzysztof", "Żaneta",
        ],
        [
            "Wiśniewski", "Dąbrowska", "Wójcik", "Kowal", "Szczęsny", "Błaszczyk", "Górski", "Pawłowska",
            "Krawczyk", "Gałązka", "Zając", "Mróz", "Sikora", "Żak", "Lis", "Ćwikła",
        ],
    ),
    culture(
        [
            "Avery", "Marisol", "DeShawn", "Keiko", "Brandon", "Xiomara", "Tyler", "Noor",
            "Caitlin", "Rubén", "Mei-Ling", "Jamal", "Hannah", "Quinn", "Siddharth", "Leilani",
        ],
        [
            "Whitmore", "García", "Washington", "Nakamura", "Kowalczyk", "Peña", "Goldberg", "Tran",
            "Abernathy", "Muñoz", "Kealoha", "Rosenthal", "Begay", "Delacroix", "Hollis", "Ibáñez",
        ],
    ),
    culture(
        [
            "João", "Letícia", "Antônio", "Beatriz", "Caíque", "Conceição", "Rafael", "Thaís",
            "Estêvão", "Iara", "Sebastião", "Júlia", "Vinícius", "Marlene", "Raí", "Aparecida",
        ],
        [
            "Gonçalves", "Araújo", "Magalhães", "Simões", "Brandão", "Nakashima", "Falcão", "Guimarães",
            "Assunção", "Teixeira", "Leão", "Queiroz", "Sampaio", "Patrício", "Rocha", "Vidal",
        ],
    ),
    culture(
        [
            "Ananya", "अर्जुन|arjun", "Lakshmi", "Rohan", "Meenakshi", "Vikram", "Fatima", "प्रिया|priya",
            "Suresh", "Kavya", "Harpreet", "Nandini", "Aditya", "Zubin", "Shreya", "Ganesh",
        ],
        [
            "Iyer", "Krishnamurthy", "Gowda", "Fernandes", "शर्मा|sharma", "Reddy", "Banerjee", "Qureshi",
            "Deshpande", "Nair", "Chatterjee", "Hegde", "Pillai", "Bhat", "Menon", "Rao",
        ],
    ),
    Culture {
        given: [
            "陽子|yoko", "健太|kenta", "美咲|misaki", "大輔|daisuke", "さくら|sakura", "翔|sho", "直美|naomi", "拓也|takuya",
            "結衣|yui", "蓮|ren", "恵|megumi", "隆|takashi", "明日香|asuka", "誠|makoto", "葵|aoi", "修|osamu",
        ],
        family: [
            "佐藤|sato", "鈴木|suzuki", "高橋|takahashi", "田中|tanaka", "渡辺|watanabe", "伊藤|ito", "山本|yamamoto", "中村|nakamura",
            "小林|kobayashi", "加藤|kato", "吉田|yoshida", "山田|yamada", "松本|matsumoto", "井上|inoue", "木村|kimura", "清水|shimizu",
        ],
        is_family_first: true,
    },
    culture(
        [
            "Wanjiru", "Otieno", "Akinyi", "Kipchoge", "Njeri", "Mwangi", "Amina", "Baraka",
            "Chebet", "Juma", "Wambui", "Omondi", "Halima", "Kamau", "Zawadi", "Nekesa",
        ],
        [
            "Kariuki", "Odhiambo", "Ng'ang'a", "Kiplagat", "Mutua", "Hassan", "Wafula", "Achieng",
            "Githinji", "Cherono", "Mohamed", "Ochieng", "Kimani", "Barasa", "Nyambura", "Ruto",
        ],
    ),
    culture(
        [
            "ليلى|layla", "Omar", "Yasmin", "خالد|khalid", "Mariam", "Tariq", "نور|noor", "Hamad",
            "Salma", "Rashid", "Aisha", "يوسف|yousef", "Huda", "Faisal", "Reem", "Zayed",
        ],
        [
            "Al Mansoori", "حداد|haddad", "Al Suwaidi", "Nasser", "Khoury", "Al Hashimi", "فارس|faris", "Darwish",
            "Al Ketbi", "Saleh", "Rahman", "Al Falasi", "Barakat", "Qasim", "Najjar", "Sabbagh",
        ],
    ),
    Culture {
        given: [
            "嘉欣|ka yan", "志明|chi ming", "Winnie", "詠詩|wing sze", "Jason", "美玲|mei ling", "俊傑|chun kit", "Crystal",
            "國強|kwok keung", "Vivian", "子軒|tsz hin", "Kelvin", "曉彤|hiu tung", "Fiona", "偉文|wai man", "Ivy",
        ],
        family: [
            "陳|chan", "黃|wong", "李|lee", "Leung", "張|cheung", "林|lam", "Ho", "吳|ng",
            "劉|lau", "Cheng", "何|ho", "Tsang", "郭|kwok", "鄧|tang", "Yip", "馮|fung",
        ],
        is_family_first: false,
    },
];

/// Splits a name into what is shown and its Latin form.
pub(crate) fn forms(name: &'static str) -> (&'static str, &'static str) {
    name.split_once('|').unwrap_or((name, name))
}

/// Lower-case ASCII letters and dots only, for a mail address.
pub(crate) fn mail_form(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        match character {
            'a'..='z' => out.push(character),
            'à'..='ã' | 'å' | 'ą' => out.push('a'),
            'ä' => out.push_str("ae"),
            'æ' => out.push_str("ae"),
            'ç' | 'ć' => out.push('c'),
            'è'..='ë' | 'ę' | 'ễ' => out.push('e'),
            'ì'..='ï' | 'ı' => out.push('i'),
            'ł' => out.push('l'),
            'ñ' | 'ń' => out.push('n'),
            'ò'..='õ' | 'ø' => out.push('o'),
            'ö' => out.push_str("oe"),
            'ś' | 'ş' => out.push('s'),
            'ß' => out.push_str("ss"),
            'ù'..='û' => out.push('u'),
            'ü' => out.push_str("ue"),
            'ź' | 'ż' => out.push('z'),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_mail_form() {
        for name in CULTURES
            .iter()
            .flat_map(|culture| culture.given.iter().chain(&culture.family))
        {
            let (_, latin) = forms(name);
            let letters = latin
                .chars()
                .filter(|character| character.is_alphabetic())
                .count();
            assert!(
                mail_form(latin).len() >= letters,
                "{name} lost letters: {}",
                mail_form(latin)
            );
        }
        assert_eq!(mail_form("Groß"), "gross");
    }
}
