//! Tables of people as they come from spreadsheets and from other systems: each with what its
//! columns mean. All people are invented.

/// A table, and the key of what each of its columns means; `-` is left out.
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) columns: &'static [&'static str],
}

fn shape(name: &'static str, text: &str, columns: &'static [&'static str]) -> Shape {
    Shape {
        name,
        bytes: text.as_bytes().to_vec(),
        columns,
    }
}

fn wide(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

fn windows(text: &str) -> Vec<u8> {
    let one = |letter: char| match letter {
        '’' => 0x92,
        '–' => 0x96,
        other => u8::try_from(u32::from(other)).unwrap(),
    };
    text.chars().map(one).collect()
}

pub(super) fn all() -> Vec<Shape> {
    let mut all = families();
    all.extend(contacts());
    all.extend(staff());
    all
}

fn families() -> Vec<Shape> {
    vec![
        shape(
            "one name, days with slashes, two parents a row",
            "Child's name,Date of birth,Room,Mother's name,Mother's mobile,Mother's email,Father's name,Father's mobile,Notes\n\
             Wren Ash,31/12/2022,Robins,Isla Ash,07700 900101,isla@ash.example,Rhys Ash,07700 900102,likes trains\n\
             Pip Moor,04/03/2023,Wrens,Ada Moor,07700 900103,ada@moor.example,,,\n\
             Fern Holt,15/07/2022,Robins,Cara Holt,07700 900105,cara@holt.example,Ben Holt,07700 900106,\n",
            &[
                "child1.name",
                "child1.born",
                "child1.room",
                "adult1.name",
                "adult1.phone",
                "adult1.email",
                "adult2.name",
                "adult2.phone",
                "-",
            ],
        ),
        shape(
            "two names, ISO days, parents numbered",
            "First Name,Surname,DOB,Class,Start Date,Parent 1 First Name,Parent 1 Surname,Parent 1 Email,Parent 1 Phone,Parent 2 First Name,Parent 2 Surname,Parent 2 Email,Parent 2 Phone,Gender,Postcode\n\
             Wren,Ash,2022-12-31,Robins,2025-09-01,Isla,Ash,isla@ash.example,07700 900101,Rhys,Ash,rhys@ash.example,07700 900102,F,ZZ1 1AA\n\
             Pip,Moor,2023-03-04,Wrens,2025-09-01,Ada,Moor,ada@moor.example,07700 900103,,,,,M,ZZ1 2BB\n",
            &[
                "child1.first",
                "child1.last",
                "child1.born",
                "child1.room",
                "child1.since",
                "adult1.first",
                "adult1.last",
                "adult1.email",
                "adult1.phone",
                "adult2.first",
                "adult2.last",
                "adult2.email",
                "adult2.phone",
                "-",
                "-",
            ],
        ),
        Shape {
            name: "semicolons, surname first, days in words, Windows-1252",
            bytes: windows(
                "Name;Birthday;Group;Carer;Relationship;Telephone;Allergies\r\n\
                 \"Ash, Zoë\";31 Dec 2022;Robins;\"Ash, Renée\";Mother;01632 960101;–\r\n\
                 \"O’Moor, Pip\";4 Mar 2023;Wrens;\"O’Moor, Ada\";Grandmother;01632 960103;nuts\r\n",
            ),
            columns: &[
                "child1.name",
                "child1.born",
                "child1.room",
                "adult1.name",
                "adult1.relation",
                "adult1.phone",
                "-",
            ],
        },
        Shape {
            name: "tabs, UTF-16, a title above, empty columns",
            bytes: wide(
                "Larkrise Preschool\t\t\t\t\t\nRegister for autumn, made 1 September\t\t\t\t\t\n\t\t\t\t\t\n\
                 Pupil\tBorn\t\tRoom name\tParent/Carer\tEmail address\n\
                 Żaneta Ash\t31.12.2022\t\tRobins\tIsla Ash\tisla@ash.example\n\
                 Pip Moor\t4.3.2023\t\tWrens\tAda Moor\tada@moor.example\n",
            ),
            columns: &[
                "child1.name",
                "child1.born",
                "-",
                "child1.room",
                "adult1.name",
                "adult1.email",
            ],
        },
        shape(
            "UTF-8 with a mark, quoted line breaks, camel case",
            "\u{feff}childFirstName,childLastName,dateOfBirth,homeAddress,motherName,motherPhone,motherEmail,fatherName,fatherPhone,fatherEmail\n\
             Wren,Ash,2022-12-31,\"1 Mill Lane\nLarkrise\",Isla Ash,07700900101,isla@ash.example,Rhys Ash,07700900102,rhys@ash.example\n\
             Pip,Moor,2023-03-04,\"2 Mill Lane\nLarkrise\",Ada Moor,07700900103,ada@moor.example,,,\n",
            &[
                "child1.first",
                "child1.last",
                "child1.born",
                "-",
                "adult1.name",
                "adult1.phone",
                "adult1.email",
                "adult2.name",
                "adult2.phone",
                "adult2.email",
            ],
        ),
        shape(
            "no headings at all",
            "Wren Ash,31/12/2022,07700 900101,isla@ash.example\nPip Moor,04/03/2023,07700 900103,ada@moor.example\n",
            &["child1.name", "child1.born", "-", "-"],
        ),
    ]
}

fn contacts() -> Vec<Shape> {
    vec![
        shape(
            "a row for each contact, responsibility said",
            "Child Forename,Child Surname,Date of Birth,Contact Name,Relationship to child,Parental responsibility,Home phone,Mobile phone,Email\n\
             Wren,Ash,31/12/2022,Mrs Isla Ash,Mother,Yes,01632 960101,07700 900101,isla@ash.example\n\
             Wren,Ash,31/12/2022,Mr Rhys Ash,Father,Yes,01632 960101,07700 900102,rhys@ash.example\n\
             Wren,Ash,31/12/2022,Nell Ash,Grandmother,No,01632 960109,,\n\
             Pip,Moor,04/03/2023,Ms Ada Moor,Mother,Yes,,07700 900103,ada@moor.example\n",
            &[
                "child1.first",
                "child1.last",
                "child1.born",
                "adult1.name",
                "adult1.relation",
                "adult1.responsibility",
                "-",
                "adult1.phone",
                "adult1.email",
            ],
        ),
        shape(
            "parents with several children in a row",
            "Parent name,Email,Mobile,Child 1,Child 1 DOB,Child 2,Child 2 DOB\n\
             Isla Ash,isla@ash.example,07700 900101,Wren Ash,31/12/2022,Rowan Ash,15/05/2021\n\
             Ada Moor,ada@moor.example,07700 900103,Pip Moor,04/03/2023,,\n",
            &[
                "adult1.name",
                "adult1.email",
                "adult1.phone",
                "child1.name",
                "child1.born",
                "child2.name",
                "child2.born",
            ],
        ),
        shape(
            "the same parents once for each child",
            "Child,D.O.B.,Room,Primary contact,Primary contact number,Primary contact email,Secondary contact,Secondary contact number,Key person,Funded hours\n\
             Wren Ash,31/12/2022,Robins,Isla Ash,07700 900101,isla@ash.example,Rhys Ash,07700 900102,Tomos Reed,15\n\
             Rowan Ash,15/05/2021,Wrens,Isla Ash,07700 900101,isla@ash.example,Rhys Ash,07700 900102,Tomos Reed,30\n\
             Rowan Ash,15/05/2021,Wrens,Isla Ash,07700 900101,isla@ash.example,Rhys Ash,07700 900102,Tomos Reed,30\n",
            &[
                "child1.name",
                "child1.born",
                "child1.room",
                "adult1.name",
                "adult1.phone",
                "adult1.email",
                "adult2.name",
                "adult2.phone",
                "-",
                "-",
            ],
        ),
    ]
}

fn staff() -> Vec<Shape> {
    vec![
        shape(
            "a staff list",
            "Staff member,Job title,Room,Work email,Mobile,Start date,DBS number,Qualification\n\
             Tomos Reed,Nursery practitioner,Robins,tomos@larkrise.example,07700 900201,01/09/2024,001234567890,Level 3\n\
             Ines Marsh,Room leader,Wrens,ines@larkrise.example,07700 900202,15/04/2023,001234567891,Level 5\n",
            &[
                "adult1.name",
                "adult1.group",
                "adult1.room",
                "adult1.email",
                "adult1.phone",
                "adult1.since",
                "-",
                "-",
            ],
        ),
        shape(
            "people of several kinds, with pipes",
            "First name|Last name|Type|E-mail|Phone number|Started\n\
             Tomos|Reed|Staff|tomos@larkrise.example|07700 900201|2024-09-01\n\
             Vera|Pine|Volunteer|vera@pine.example|07700 900203|2025-01-06\n\
             Col|Heath|Committee|col@heath.example|07700 900204|2025-11-01\n",
            &[
                "adult1.first",
                "adult1.last",
                "adult1.group",
                "adult1.email",
                "adult1.phone",
                "adult1.since",
            ],
        ),
        shape(
            "payroll: employee and a surname of its own",
            "Payroll ID,Employee first name,Employee surname,Position,Personal email,Work email,Telephone,Employment start,NI\n\
             1001,Tomos,Reed,Practitioner,tomos@reed.example,tomos@larkrise.example,01632 960201,2 Sep 2024,QQ123456A\n\
             1002,Ines,Marsh,Deputy manager,ines@marsh.example,ines@larkrise.example,01632 960202,15 Apr 2023,QQ123457A\n",
            &[
                "-",
                "adult1.first",
                "adult1.last",
                "adult1.group",
                "adult1.email",
                "-",
                "adult1.phone",
                "adult1.since",
                "-",
            ],
        ),
        shape(
            "headings that say little, content that says all",
            "Name,Info,When,Who,How,Where\n\
             Wren Ash,isla@ash.example,31/12/2022,Isla Ash,07700 900101,Robins\n\
             Pip Moor,ada@moor.example,04/03/2023,Ada Moor,07700 900103,Robins\n",
            &["child1.name", "-", "child1.born", "-", "-", "child1.room"],
        ),
        shape(
            "a child’s guardian and an emergency contact",
            "Full name of child,Date of Birth,Admission date,Guardian full name,Guardian contact number,Guardian e-mail,Emergency contact name,Emergency contact phone,Emergency contact relationship,GP name\n\
             Wren Ash,31/12/2022,01/09/2025,Isla Ash,07700 900101,isla@ash.example,Nell Ash,01632 960109,Grandmother,Dr Vale\n\
             Pip Moor,04/03/2023,01/09/2025,Ada Moor,07700 900103,ada@moor.example,Jo Fell,01632 960110,Friend,Dr Vale\n",
            &[
                "child1.name",
                "child1.born",
                "child1.since",
                "adult1.name",
                "adult1.phone",
                "adult1.email",
                "adult2.name",
                "adult2.phone",
                "adult2.relation",
                "-",
            ],
        ),
    ]
}
