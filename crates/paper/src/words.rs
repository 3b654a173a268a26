//! The few words that paper says itself, in each language that families read. All else comes with the
//! document.

/// The words of one language; `{}` stands for what goes in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    /// When the document was made.
    pub(crate) made: &'static str,
    /// Which page of how many.
    pub(crate) page: &'static str,
    /// Under a line to write the date on.
    pub(crate) date: &'static str,
    /// Letters that no font has.
    pub(crate) missing: &'static str,
    /// Whether the language runs from right to left.
    pub(crate) is_right_to_left: bool,
}

const ENGLISH: Words = Words {
    made: "Made {}",
    page: "Page {} of {}",
    date: "Date",
    missing: "Some letters in this document can't be printed yet. They are shown as question marks.",
    is_right_to_left: false,
};

/// The words of a language, by its code; English for one that we don't have.
pub(crate) fn words(lang: &str) -> Words {
    match lang {
        "pl" => Words {
            made: "Utworzono: {}",
            page: "Strona {} z {}",
            date: "Data",
            missing: "Niektórych liter w tym dokumencie nie da się jeszcze wydrukować. Zamiast nich są znaki zapytania.",
            is_right_to_left: false,
        },
        "ro" => Words {
            made: "Creat: {}",
            page: "Pagina {} din {}",
            date: "Data",
            missing: "Unele litere din acest document nu pot fi tipărite încă. În locul lor apar semne de întrebare.",
            is_right_to_left: false,
        },
        "uk" => Words {
            made: "Створено: {}",
            page: "Сторінка {} з {}",
            date: "Дата",
            missing: "Деякі літери цього документа ще не можна надрукувати. Замість них стоять знаки питання.",
            is_right_to_left: false,
        },
        "ar" => Words {
            made: "أُنشئ في {}",
            page: "صفحة {} من {}",
            date: "التاريخ",
            missing: "لا يمكن بعد طباعة بعض الحروف في هذا المستند، وتظهر مكانها علامات استفهام.",
            is_right_to_left: true,
        },
        "ur" => Words {
            made: "تیار کیا گیا: {}",
            page: "صفحہ {} از {}",
            date: "تاریخ",
            missing: "اس دستاویز کے کچھ حروف ابھی چھاپے نہیں جا سکتے۔ ان کی جگہ سوالیہ نشان ہیں۔",
            is_right_to_left: true,
        },
        _ => ENGLISH,
    }
}

/// Words with what goes in, in turn.
pub(crate) fn filled(words: &str, values: &[&str]) -> String {
    let mut said = String::new();
    let mut values = values.iter();
    for (nth, part) in words.split("{}").enumerate() {
        if nth > 0 {
            said.push_str(values.next().copied().unwrap_or_default());
        }
        said.push_str(part);
    }
    said
}
