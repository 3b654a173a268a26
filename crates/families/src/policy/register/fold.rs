//! Takes in the facts about the policy. What does not fit the state any more changes nothing.

use super::{
    Answer, Comment, Consulted, Learned, Linked, Misuse, Off, Register, Review, SentOut, Trigger,
    Version, Word,
};
use crate::{
    policy::{
        document::Clause,
        draft::{Approval, Consultation, Draft},
        entries::{self, Entry},
    },
    spine::setting::At,
};

/// The most texts that are kept for the reader.
const LEARNED_MAX: usize = 2_000;

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Adopted(fact) => self.adopt(fact, at),
            Entry::DraftBegun(fact) => self.begin(fact, at),
            Entry::DraftRenamed(fact) => self.change_draft(at, |draft| {
                draft.document.policy.title.clone_from(&fact.title);
            }),
            Entry::DraftDiscarded(_) => self.draft = None,
            Entry::ClauseAdded(fact) => self.change_draft(at, |draft| {
                put(draft, fact.clause.clone(), fact.after.as_deref());
            }),
            Entry::ClauseEdited(fact) => self.change_clause(at, &fact.clause, |clause| {
                clause.section.clone_from(&fact.section);
                clause.text.clone_from(&fact.text);
            }),
            Entry::ClauseRemoved(fact) => self.change_draft(at, |draft| {
                draft.document.clauses.retain(|c| c.id != fact.clause);
                draft.suggestions.remove(&fact.clause);
                draft.confirmed.remove(&fact.clause);
            }),
            Entry::ClauseMoved(fact) => self.change_draft(at, |draft| {
                let place = draft.document.place(&fact.clause);
                if let Some(place) = place {
                    let clause = draft.document.clauses.remove(place);
                    put(draft, clause, fact.after.as_deref());
                }
            }),
            Entry::ClauseBound(fact) => self.bind(fact, at),
            Entry::BindingsConfirmed(fact) => {
                if let Some(draft) = &mut self.draft {
                    draft.confirmed.extend(fact.clauses.iter().cloned());
                }
            }
            Entry::ConsultationOpened(fact) => self.consult(fact, at),
            Entry::CommentMade(fact) => self.comment_made(fact, at),
            Entry::CommentAnswered(fact) => self.answer(fact, at),
            Entry::ApprovalAsked(_) => {
                if let Some(draft) = &mut self.draft {
                    draft.asked = Some((at.seq, at.day));
                }
            }
            Entry::DraftApproved(fact) => self.approve(fact, at),
            Entry::TriggerRecorded(fact) => self.trigger(fact, at),
            Entry::ReviewCompleted(fact) => self.review(fact, at),
            Entry::Acknowledged(fact) => {
                let read = self.read.entry(fact.person).or_default();
                read.insert(fact.version, (at.seq, at.moment));
            }
            Entry::Sent(fact) => self.send(fact, at),
            Entry::PublicSet(fact) => self.public = fact.public,
            Entry::LinkedKept(fact) => self.keep_linked(fact, at),
            Entry::LinkedRemoved(fact) => {
                self.linked.remove(&fact.name.trim().to_lowercase());
            }
            Entry::OutcomeRecorded(fact) => self.misuse(fact, at),
            Entry::SwitchedOff(fact) => self.switch_off(fact, at),
            Entry::SwitchedOn(fact) => {
                self.off.remove(&fact.control);
                self.changed = at.seq;
            }
            Entry::Chosen(fact) => self.choose(fact, at),
            Entry::WordGiven(fact) => self.give_word(fact, at),
        }
    }

    fn comment_made(&mut self, fact: &entries::CommentMade, at: At<'_>) {
        self.comments.push(Comment {
            number: fact.comment,
            draft: fact.draft,
            clause: fact.clause.clone(),
            by: at.by.person(),
            words: fact.words.clone(),
            seq: at.seq,
            at: at.moment,
            answer: None,
        });
    }

    fn answer(&mut self, fact: &entries::CommentAnswered, at: At<'_>) {
        let comment = self.comments.iter_mut().find(|c| c.number == fact.comment);
        if let Some(comment) = comment {
            comment.answer = Some(Answer {
                taken_up: fact.taken_up,
                says: fact.says.clone(),
                by: at.by.person(),
                at: at.moment,
            });
        }
    }

    fn approve(&mut self, fact: &entries::DraftApproved, at: At<'_>) {
        if let Some(draft) = &mut self.draft {
            draft.approvals.push(Approval {
                approver: fact.approver.clone(),
                person: fact.person,
                revision: fact.revision,
                seq: at.seq,
                at: at.moment,
            });
        }
    }

    fn trigger(&mut self, fact: &entries::TriggerRecorded, at: At<'_>) {
        self.triggers.push(Trigger {
            number: fact.trigger,
            kind: fact.kind.clone(),
            what: fact.what.clone(),
            by: at.by.person(),
            seq: at.seq,
            at: at.moment,
            review: None,
        });
    }

    fn send(&mut self, fact: &entries::Sent, at: At<'_>) {
        self.sent.push(SentOut {
            version: fact.version,
            way: fact.way.clone(),
            groups: fact.groups.clone(),
            on: fact.on,
            seq: at.seq,
            at: at.moment,
        });
    }

    fn misuse(&mut self, fact: &entries::OutcomeRecorded, at: At<'_>) {
        self.outcomes.push(Misuse {
            number: fact.outcome,
            on: fact.on,
            person: fact.person,
            what: fact.what.clone(),
            sanction: fact.sanction.clone(),
            decided_by: fact.decided_by,
            seq: at.seq,
            at: at.moment,
        });
    }

    fn switch_off(&mut self, fact: &entries::SwitchedOff, at: At<'_>) {
        let off = Off {
            reason: fact.reason.clone(),
            by: at.by.person(),
            seq: at.seq,
            at: at.moment,
        };
        self.off.insert(fact.control.clone(), off);
        self.changed = at.seq;
    }

    fn give_word(&mut self, fact: &entries::WordGiven, at: At<'_>) {
        let word = Word {
            seq: at.seq,
            at: at.moment,
            until: fact.until,
            says: fact.says.clone(),
            by: at.by.person(),
        };
        self.words.insert(fact.clause.clone(), word);
    }

    fn adopt(&mut self, fact: &entries::Adopted, at: At<'_>) {
        if let Some(before) = self.versions.last() {
            // A word was given on a clause as it read then.
            self.words.retain(|id, _| {
                let text = |clause: &Clause| clause.text.clone();
                before.document.clause(id).map(text) == fact.document.clause(id).map(text)
            });
        }
        self.versions.push(Version {
            number: fact.number,
            document: fact.document.clone(),
            seq: at.seq,
            at: at.moment,
            by: at.by.person(),
            draft: fact.draft,
            took_part: fact.took_part.clone(),
            approved: fact.approved.clone(),
        });
        self.changed = at.seq;
        if fact.draft.is_some() {
            self.draft = None;
        }
    }

    fn begin(&mut self, fact: &entries::DraftBegun, at: At<'_>) {
        self.drafts = self.drafts.max(fact.number);
        self.draft = Some(Draft {
            number: fact.number,
            base: fact.base,
            source: fact.source.clone(),
            document: fact.document.clone(),
            suggestions: fact.suggestions.clone(),
            confirmed: std::collections::BTreeSet::new(),
            seq: at.seq,
            at: at.moment,
            by: at.by.person(),
            revision: at.seq,
            consultation: None,
            approvals: Vec::new(),
            asked: None,
        });
    }

    fn change_draft(&mut self, at: At<'_>, how: impl FnOnce(&mut Draft)) {
        if let Some(draft) = &mut self.draft {
            how(draft);
            draft.revision = at.seq;
        }
    }

    fn change_clause(&mut self, at: At<'_>, id: &str, how: impl FnOnce(&mut Clause)) {
        self.change_draft(at, |draft| {
            let clause = draft.document.clauses.iter_mut().find(|c| c.id == id);
            if let Some(clause) = clause {
                how(clause);
            }
        });
    }

    fn bind(&mut self, fact: &entries::ClauseBound, at: At<'_>) {
        let mut text = None;
        let mut same = true;
        let Some(draft) = &mut self.draft else {
            return;
        };
        let clauses = &mut draft.document.clauses;
        if let Some(clause) = clauses.iter_mut().find(|c| c.id == fact.clause) {
            same = clause.controls == fact.controls && clause.values == fact.values;
            clause.controls.clone_from(&fact.controls);
            clause.values.clone_from(&fact.values);
            text = Some(clause.text.clone());
        }
        draft.confirmed.insert(fact.clause.clone());
        if !same {
            draft.revision = at.seq;
        }
        if let Some(text) = text {
            self.learned.retain(|learned| learned.text != text);
            self.learned.push(Learned {
                text,
                controls: fact.controls.clone(),
            });
            let over = self.learned.len().saturating_sub(LEARNED_MAX);
            self.learned.drain(..over);
        }
    }

    fn consult(&mut self, fact: &entries::ConsultationOpened, at: At<'_>) {
        self.consultations.push(Consulted {
            draft: fact.draft,
            groups: fact.groups.clone(),
            until: fact.until,
            seq: at.seq,
            at: at.moment,
        });
        if let Some(draft) = &mut self.draft {
            draft.consultation = Some(Consultation {
                groups: fact.groups.clone(),
                until: fact.until,
                says: fact.says.clone(),
                seq: at.seq,
                at: at.moment,
            });
        }
    }

    fn review(&mut self, fact: &entries::ReviewCompleted, at: At<'_>) {
        for trigger in &mut self.triggers {
            if fact.answers.contains(&trigger.number) {
                trigger.review = Some(fact.review);
            }
        }
        self.reviews.push(Review {
            number: fact.review,
            version: fact.version,
            outcome: fact.outcome,
            notes: fact.notes.clone(),
            took_part: fact.took_part.clone(),
            by: at.by.person(),
            seq: at.seq,
            at: at.moment,
        });
    }

    fn keep_linked(&mut self, fact: &entries::LinkedKept, at: At<'_>) {
        let linked = Linked {
            name: fact.name.clone(),
            owner: fact.owner.clone(),
            review_on: fact.review_on,
            kept_at: fact.kept_at.clone(),
            address: fact.address.clone(),
            text: fact.text.clone(),
            seq: at.seq,
            at: at.moment,
        };
        self.linked.insert(fact.name.trim().to_lowercase(), linked);
    }

    fn choose(&mut self, fact: &entries::Chosen, at: At<'_>) {
        let key = format!("{}.{}", fact.control, fact.param);
        if let Some(version) = self.versions.last_mut() {
            let choices = &mut version.document.policy.choices;
            choices.insert(key.clone(), fact.value.clone());
            self.changed = at.seq;
        }
        // What is chosen now holds in the next version too.
        if let Some(draft) = &mut self.draft {
            let choices = &mut draft.document.policy.choices;
            choices.insert(key, fact.value.clone());
        }
    }
}

/// Puts a clause after another one, at the beginning, or, where that one is gone, at the end.
fn put(draft: &mut Draft, clause: Clause, after: Option<&str>) {
    let document = &mut draft.document;
    let end = document.clauses.len();
    let place = match after {
        None => 0,
        Some(after) => document.place(after).map_or(end, |place| place + 1),
    };
    document.clauses.insert(place.min(end), clause);
}
