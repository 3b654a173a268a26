use super::*;
use kernel::standing::Standing;

fn chart(kind: Kind) -> Chart {
    let days = vec!["1 May".to_owned(), "2 May".to_owned(), "3 May".to_owned()];
    let met = Series::new("Met", Look::Standing(Standing::Met), vec![10, 12, 15]);
    let due = Series::new("Due", Look::Standing(Standing::Due), vec![5, 3, 0]);
    Chart {
        kind,
        ..over_time("Clauses", "More are met.", days, vec![met, due])
    }
}

#[test]
fn every_chart_has_its_figures_as_a_table() {
    for kind in [Kind::Stacked, Kind::Lines, Kind::Bars] {
        let figures = chart(kind).figures();
        assert_eq!(figures.head, ["Day", "Met", "Due"]);
        assert_eq!(figures.rows[1], ["2 May", "12", "3"]);
        let html = chart(kind).draw("c").into_string();
        assert!(
            html.contains("<td class=\"govuk-table__cell govuk-table__cell--numeric\">12</td>")
        );
    }
}

#[test]
fn areas_stand_on_top_of_each_other() {
    let html = over_time::stacked(&chart(Kind::Stacked), "c").into_string();
    let (floor, top) = (paint::y_of(0, 20), paint::y_of(15, 20));
    assert!(
        html.contains(&format!("{top}")) && html.contains(&format!("{floor}z")),
        "{html}"
    );
}

#[test]
fn the_scale_ends_at_a_round_number() {
    for (largest, top) in [
        (1, 4),
        (4, 4),
        (5, 8),
        (9, 12),
        (13, 20),
        (39, 40),
        (41, 80),
        (841, 1200),
    ] {
        assert_eq!(paint::nice(largest), top, "{largest}");
    }
    assert_eq!(paint::nice(u64::MAX), u64::MAX);
}

#[test]
fn an_empty_chart_says_so() {
    let empty = over_time("Clauses", "", Vec::new(), Vec::new());
    assert!(
        empty
            .draw("c")
            .into_string()
            .contains("nothing to draw yet")
    );
}

#[test]
fn numbers_too_large_to_add_up_are_still_drawn() {
    for kind in [Kind::Stacked, Kind::Lines, Kind::Bars] {
        let most = vec![Series::new("Most", Look::Number(0), vec![u64::MAX]); 2];
        let chart = Chart {
            kind,
            series: most,
            ..chart(kind)
        };
        assert!(
            chart
                .draw("c")
                .into_string()
                .contains("18446744073709551615")
        );
    }
}
