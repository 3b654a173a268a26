//! Everybody in the invented setting. A family is one line: its adults, then its children, each with
//! the age in months on the last 1 September and when the child came: 1 with the newest children,
//! 2 and 3 with those before, 0 earlier; `left1` left last July, `left2` the July before.

/// The team: name, device, rooms, and on how many days of ten they sign in.
pub(super) const TEAM: &[(&str, &str, &[u32], i64)] = &[
    (MANAGER, "windows-1f04ac", &[1, 2, 3, 4], 9),
    (DEPUTY_MANAGER, "windows-1f04ac", &[1, 2, 3, 4], 9),
    (DEPUTY_LEAD, "ipad-70be21", &[1], 8),
    (ROOM_LEADER, "ipad-4c19d8", &[2], 8),
    ("Ruth Abernethy", "ipad-a2e370", &[3], 8),
    ("Harpreet Dhillon", "ipad-e58b06", &[4], 8),
    (PRACTITIONER, "ipad-70be21", &[1], 7),
    ("Mei-Ling Cho", "ipad-4c19d8", &[2], 7),
    (SUCCESSOR, "ipad-a2e370", &[3], 7),
    ("Grace Mensah", "ipad-e58b06", &[4, 3], 8),
    (TECHNICAL_LEAD, "windows-93d2c5", &[], 6),
    (NEW_PRACTITIONER, "ipad-70be21", &[1, 2], 8),
    (LEAVER, "ipad-70be21", &[1], 8),
    (VOLUNTEER, "ipad-4c19d8", &[2], 2),
    ("Beryl Hathersage", "ipad-a2e370", &[3], 1),
    (STUDENT, "ipad-e58b06", &[4], 3),
];

pub(super) const MANAGER: &str = "Bronwen Pryce";
pub(super) const DEPUTY_MANAGER: &str = "Samira Haddad";
pub(super) const DEPUTY_LEAD: &str = "Tomasz Wilk";
pub(super) const ROOM_LEADER: &str = "Adaeze Okonjo";
pub(super) const PRACTITIONER: &str = "Niamh Gallagher";
pub(super) const SUCCESSOR: &str = "Yusuf Demir";
pub(super) const TECHNICAL_LEAD: &str = "Callum Baird";
pub(super) const NEW_PRACTITIONER: &str = "Ilinca Popescu";
pub(super) const LEAVER: &str = "Deborah Finch";
pub(super) const VOLUNTEER: &str = "Len Hartley";
pub(super) const STUDENT: &str = "Zara Whitcombe";
pub(super) const CHAIR: &str = "Oluwaseun Bakare";
pub(super) const NAMED_MEMBER: &str = "Catriona Munro";
pub(super) const MEMBER: &str = "Geoffrey Tan";

/// Those of the committee who are parents too.
pub(super) const PARENTS_ON_COMMITTEE: [&str; 2] = ["Pritesh Solanki", "Halina Nowicka"];

/// The four rooms, numbered from one in this order.
pub(super) const ROOMS: [&str; 4] = [
    "Bluebell Room",
    "Foxglove Room",
    "Clover Room",
    "Hawthorn Room",
];

/// A parent of one child, and one of two.
pub(super) const PARENT: &str = "Marsha Delacroix-Brown";
pub(super) const PARENT_OF_TWO: &str = "Agnieszka Kowal";
pub(super) const FOSTER_CARER: &str = "Wendy Thistlewood";
pub(super) const GRANDPARENT: &str = "Elfed Meredith";
/// One parent who was recorded by mistake and is untied again.
pub(super) const UNTIED: &str = "Curtis Lightbody";
/// A child and a parent who left, for the erasure and the hold.
pub(super) const ERASED: &str = "Fenella Carrick";
pub(super) const HELD: &str = "Tabitha Oakeshott";

/// Every family, those of today first.
pub(super) const FAMILIES: &[&str] = &[
    // Two children each.
    "Agnieszka Kowal, Piotr Kowal | Maja Kowal 44 0, Antoni Kowal 26 1",
    "Farhana Miah, Kamrul Miah | Ayaan Miah 46 0, Inaya Miah 29 1",
    "Siân Probert, Gethin Probert | Efa Probert 41 0, Macsen Probert 41 0",
    "Chidinma Eze, Obinna Eze | Somto Eze 45 0, Kamsi Eze 28 1",
    "Jaswinder Gill, Manjit Gill | Kiran Gill 43 0, Arjan Gill 33 2",
    "Shauna McAteer | Cillian McAteer 47 0, Orla McAteer 34 2",
    "Hodan Warsame, Abdirahman Warsame | Sumaya Warsame 46 0, Idris Warsame 36 3",
    "Wendy Thistlewood (foster), Graham Thistlewood (foster) | Kayleigh Sparrow 42 0, Jayden Sparrow 27 1",
    "Pritesh Solanki, Hetal Solanki | Dhruv Solanki 45 0, Mira Solanki 25 1",
    "Sinéad Ní Bhroin, Declan Power | Fiadh Power 44 0, Tadhg Power 33 2",
    "Thandiwe Ndlovu, Sipho Ndlovu | Lwazi Ndlovu 40 0, Nomsa Ndlovu 40 0",
    "Kirsty Galbraith, Euan Galbraith | Isla Galbraith 47 0, Struan Galbraith 30 1",
    // One child each.
    "Marsha Delacroix-Brown | Tyrell Delacroix-Brown 41 3",
    "Elfed Meredith (grandparent), Nesta Meredith (grandparent) | Cadi Meredith 43 0",
    "Halina Nowicka, Marek Nowicki | Zofia Nowicka 45 0",
    "Oksana Bondarets, Taras Bondarets | Solomiya Bondarets 38 3",
    "Andreea Munteanu, Radu Munteanu | Matei Munteanu 44 0",
    "Saima Chaudhry, Bilal Chaudhry | Hamza Chaudhry 46 0",
    "Kavitha Rajendran, Suresh Rajendran | Anjali Rajendran 42 0",
    "Akosua Boateng-Hill, Simon Boateng-Hill | Kofi Boateng-Hill 47 0",
    "Lian Zhou, Wei Zhou | Jiayi Zhou 41 0",
    "Thu Trang Pham, Minh Pham | An Pham 39 3",
    "Elif Kaya, Murat Kaya | Deniz Kaya 44 0",
    "Rozhin Karimi, Azad Karimi | Lana Karimi 36 3",
    "Inês Carvalhal, Rui Carvalhal | Beatriz Carvalhal 43 0",
    "Maricel Dimaano, Jun Dimaano | Althea Dimaano 45 0",
    "Rivka Feldstein, Dovid Feldstein | Noam Feldstein 40 0",
    "Layla Mansour, Tariq Mansour | Yara Mansour 42 0",
    "Joan Threlkeld, Alice Threlkeld | Wilfred Threlkeld 46 0",
    "Marcus Ainsley-Grant, Peter Ainsley-Grant | Rosalind Ainsley-Grant 44 0",
    "Kelly Stubbins | Alfie Stubbins 37 3",
    "Nadia Rahimi, Farid Rahimi | Zahra Rahimi 38 3",
    "Bridie Connors, Miley Connors | Kathleen Connors 45 0",
    "Ffion Llewelyn-Roach, Damien Roach | Osian Roach 40 3",
    "Temitope Adebisi, Folake Adebisi | Ireoluwa Adebisi 43 0",
    "Svetla Dimitrova, Georgi Dimitrov | Kalina Dimitrova 36 2",
    "Morag Sutherby, Iain Sutherby | Catrin Sutherby 41 0",
    "Asha Bhandari, Prakash Bhandari | Sujan Bhandari 37 2",
    "Latoya Sinclair-Reid | Amari Sinclair-Reid 46 0",
    "Emma Copplestone, Jack Copplestone | Poppy Copplestone 42 0",
    "Selam Tesfay, Dawit Tesfay | Meron Tesfay 38 2",
    "Rukhsana Sharif, Imran Sharif | Eesa Sharif 47 0",
    "Lucy Penhallow, Jago Penhallow | Merryn Penhallow 40 0",
    "Cristina Villaverde, Hugo Villaverde | Lola Villaverde 35 2",
    "Natasha Birtwhistle | Rowan Birtwhistle 33 1",
    "Heather Quayle, Juan Quayle | Breeshey Quayle 31 1",
    "Sunita Gurung, Bikash Gurung | Pema Gurung 32 1",
    "Chloe Ravensdale, Curtis Lightbody (untied) | Teddy Ravensdale 34 1",
    // Those who left.
    "Fenella Carrick | Hamish Carrick 50 left1",
    "Tabitha Oakeshott, Neil Oakeshott | Felix Oakeshott 52 left1",
    "Amina Juma, Rashid Juma | Zuri Juma 49 left1",
    "Dorota Zielonka, Jan Zielonka | Lena Zielonka 55 left1",
    "Rhiannon Bevan-Shah, Anil Bevan-Shah | Nia Bevan-Shah 53 left1, Rohan Bevan-Shah 53 left1",
    "Stacey Mudge | Riley Mudge 51 left1",
    "Blessing Amadi, Victor Amadi | Chizoba Amadi 56 left1",
    "Fatoumata Camara, Ibrahima Camara | Aminata Camara 54 left1",
    "Gillian Fairbrass, Toby Fairbrass | Ottilie Fairbrass 48 left1",
    "Ye-jin Seo, Martin Seo | Hana Seo 58 left1",
    "Parveen Akhtar-Lodge, Dean Lodge | Zain Lodge 57 left1",
    "Orlagh Devenny, Conor Devenny | Caoimhe Devenny 52 left1",
    "Zanele Mokoena, Thabo Mokoena | Lerato Mokoena 50 left1",
    "Jodie Clutterbuck | Mason Clutterbuck 62 left2",
    "Simran Bhogal, Gurdeep Bhogal | Veer Bhogal 64 left2",
    "Eluned Parry-Hughes, Rhodri Parry-Hughes | Mabli Parry-Hughes 61 left2",
    "Mihaela Stoica, Ionut Stoica | Daria Stoica 66 left2",
    "Comfort Asante, Kwabena Asante | Esi Asante 63 left2",
    "Annabel Frobisher, Giles Frobisher | Barnaby Frobisher 68 left2",
    "Shabnam Begum, Rafiq Uddin | Safiya Uddin 65 left2",
    "Paula Entwhistle, Carol Entwhistle | Josie Entwhistle 60 left2",
    "Ngozi Umeh, Chike Umeh | Ebuka Umeh 69 left2",
    "Krystyna Wrona, Adam Wrona | Filip Wrona 67 left2",
    "Moira Kinnaird, Fergus Kinnaird | Ailsa Kinnaird 62 left2",
    "Sabina Costa-Leal, Tiago Leal | Duarte Leal 64 left2",
    "Louise Twelvetrees | Freya Twelvetrees 61 left2",
    "Hina Baig, Omar Baig | Musa Baig 66 left2",
];

/// An adult of a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Adult {
    pub(super) name: &'static str,
    pub(super) is: &'static str,
}

/// A child of a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Child {
    pub(super) name: &'static str,
    pub(super) months: i64,
    pub(super) came: Came,
}

/// When a child came, or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// With which of the times at which children start, the newest first, counted from 1.
    With(usize),
    /// Before those.
    Earlier,
    /// In the last July but so many, counted from 1.
    Left(usize),
}

/// A family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Family {
    pub(super) adults: Vec<Adult>,
    pub(super) children: Vec<Child>,
}

/// Reads the families.
pub(super) fn families() -> anyhow::Result<Vec<Family>> {
    let family = |line: &&'static str| {
        read(line).ok_or_else(|| anyhow::anyhow!("the family “{line}” can’t be read"))
    };
    FAMILIES.iter().map(family).collect()
}

fn read(line: &'static str) -> Option<Family> {
    let (adults, children) = line.split_once(" | ")?;
    let adult = |words: &'static str| match words.split_once(" (") {
        Some((name, is)) => Adult {
            name,
            is: is.trim_end_matches(')'),
        },
        None => Adult {
            name: words,
            is: "parent",
        },
    };
    let child = |words: &'static str| {
        let mut parts = words.rsplitn(3, ' ');
        let came = match parts.next()? {
            "0" => Came::Earlier,
            left if left.starts_with("left") => {
                Came::Left(left.trim_start_matches("left").parse().ok()?)
            }
            with => Came::With(with.parse().ok()?),
        };
        Some(Child {
            came,
            months: parts.next()?.parse().ok()?,
            name: parts.next()?,
        })
    };
    Some(Family {
        adults: adults.split(", ").map(adult).collect(),
        children: children.split(", ").map(child).collect::<Option<_>>()?,
    })
}
