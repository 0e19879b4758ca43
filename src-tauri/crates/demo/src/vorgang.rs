//! The Vorgänge: begun by an Eingang or at the desk, worked on, waiting, closed.

use kontor_domain::{
    AddNotiz, AddSchriftstueck, AddWiedervorlage, AssignEingang, ChangeFelder,
    CompleteWiedervorlage, CreateVorgang, EingangId, Feldaenderung, Feldwert, Frist, FristId,
    Intent, Kanal, NotizId, PersonId, Status, VorgangId, WiedervorlageId,
};

use crate::anliegen::{ALLE, Anliegen};
use crate::buerger::Buerger;
use crate::diary::{Deed, Diary};
use crate::enter::value;
use crate::paper::{self, Kind};
use crate::{DemoError, eingang, id, kreis};

/// Older ones are closed, most of them.
const OPEN_DAYS: i64 = 60;

/// Everything about one Vorgang that its deeds need.
struct Course {
    word: String,
    vorgang: VorgangId,
    who: &'static str,
    person: PersonId,
    /// Days before now it began.
    begin: i64,
    minute: i64,
    /// Whether somebody works on it.
    taken: bool,
}

/// Tells them all; returns how many.
pub(crate) fn all(diary: &mut Diary) -> Result<usize, DemoError> {
    let mut count = 0;
    for (kind, anliegen) in ALLE.iter().enumerate() {
        for number in 0..anliegen.count {
            tell(diary, anliegen, &format!("{kind}/{number}"))?;
            count += 1;
        }
    }
    Ok(count)
}

fn tell(diary: &mut Diary, anliegen: &Anliegen, word: &str) -> Result<(), DemoError> {
    let buerger = Buerger::any(diary, anliegen.firmen);
    let clerks: Vec<&str> = kreis::clerks(anliegen.einheit).collect();
    let who = diary.one_of(&clerks);
    // More of them lately than long ago.
    let begin = (diary.chance.i64(1..15) * diary.chance.i64(1..15)).min(kreis::BEGIN_DAYS - 1);
    let course = Course {
        word: word.to_owned(),
        vorgang: VorgangId::new(id::of(&format!("vorgang/{word}"))),
        who,
        person: kreis::person(who),
        begin,
        minute: diary.chance.i64(0..480),
        // Most of them, and all that are old.
        taken: begin > 10 || diary.chance.u32(0..4) > 0,
    };
    course.begin(diary, anliegen, &buerger)?;
    course.set_frist(diary, anliegen)?;
    course.note(diary, anliegen, &buerger)?;
    if diary.chance.bool() {
        course.add_later_paper(diary, anliegen, &buerger)?;
    }
    course.remind(diary, anliegen)?;
    course.get_on(diary)
}

impl Course {
    fn at(&self, days_later: i64, minute: i64) -> (i64, i64) {
        ((self.begin - days_later).max(0), self.minute + minute)
    }

    fn add(&self, diary: &mut Diary, (days, minute): (i64, i64), intent: Intent) {
        let at = diary.calendar.at(days, minute);
        diary.add(at, self.who, intent);
    }

    fn change(
        &self,
        diary: &mut Diary,
        when: (i64, i64),
        (from, to): (Feldwert, Feldwert),
        grund: Option<&str>,
    ) -> Result<(), DemoError> {
        let changes = Feldaenderung::new(from, to).into_iter().collect();
        let grund = grund.map(value).transpose()?;
        let change = ChangeFelder { entity: self.vorgang.into(), changes, grund };
        self.add(diary, when, Intent::ChangeFelder(change));
        Ok(())
    }

    /// Two of three come through the inbox, the others begin at the desk.
    fn begin(
        &self,
        diary: &mut Diary,
        anliegen: &Anliegen,
        buerger: &Buerger,
    ) -> Result<(), DemoError> {
        let betreff = buerger.fill(anliegen.betreff);
        let arrived = (diary.chance.u32(0..3) > 0).then(|| {
            let eingang = EingangId::new(id::of(&format!("eingang/{}", self.word)));
            let kanal = if diary.chance.bool() { Kanal::Portal } else { Kanal::Papier };
            let when = (self.begin, self.minute);
            let arrival = eingang::Arrival { eingang, anliegen, kanal, when };
            eingang::record(diary, &arrival, buerger).map(|()| eingang)
        });
        let create = CreateVorgang {
            vorgang: self.vorgang,
            einheit: kreis::einheit(anliegen.einheit),
            betreff: value(betreff)?,
            leistung: None,
        };
        self.add(diary, self.at(0, 1), Intent::CreateVorgang(create));
        if let Some(eingang) = arrived.transpose()? {
            let assign = AssignEingang { eingang, vorgang: self.vorgang };
            self.add(diary, self.at(0, 2), Intent::AssignEingang(assign));
        }
        if self.taken {
            let taken = (Feldwert::Zuweisung(None), Feldwert::Zuweisung(Some(self.person)));
            self.change(diary, self.at(0, 12), taken, None)?;
            let begun = (Feldwert::Status(Status::Offen), Feldwert::Status(Status::InBearbeitung));
            self.change(diary, self.at(0, 13), begun, None)?;
            let akte = kreis::akte_of(anliegen.plan, buerger.name);
            let filed = (Feldwert::Akte(None), Feldwert::Akte(Some(akte)));
            self.change(diary, self.at(0, 15), filed, None)?;
        }
        Ok(())
    }

    fn set_frist(&self, diary: &mut Diary, anliegen: &Anliegen) -> Result<(), DemoError> {
        let Some((name, days)) = anliegen.frist else { return Ok(()) };
        let ende = diary.calendar.day(days - self.begin)?;
        let frist = FristId::new(id::of(&format!("frist/{}", self.word)));
        let set = Feldwert::Frist(frist, Some(Frist { name: value(name)?, ende, rechnung: None }));
        let none = Feldwert::Frist(frist, None);
        self.change(diary, self.at(0, 14), (none.clone(), set.clone()), None)?;
        // Nearly all are kept, a day before they end.
        if days < self.begin.min(OPEN_DAYS - 20) && diary.chance.u32(0..12) > 0 {
            let kept = self.at(days - 1, 25);
            self.change(diary, kept, (set, none), Some("Erledigt."))?;
        }
        Ok(())
    }

    fn note(
        &self,
        diary: &mut Diary,
        anliegen: &Anliegen,
        buerger: &Buerger,
    ) -> Result<(), DemoError> {
        for (number, text) in (1..).zip(anliegen.notizen) {
            if diary.chance.bool() {
                let notiz = NotizId::new(id::of(&format!("notiz/{}/{number}", self.word)));
                let text = value(buerger.fill(text))?;
                let add = AddNotiz { vorgang: self.vorgang, notiz, text };
                self.add(diary, self.at(number, 30), Intent::AddNotiz(add));
            }
        }
        Ok(())
    }

    fn add_later_paper(
        &self,
        diary: &mut Diary,
        anliegen: &Anliegen,
        buerger: &Buerger,
    ) -> Result<(), DemoError> {
        let betreff = diary.one_of(anliegen.anlagen);
        let date = diary.calendar.written(2 - self.begin);
        let request = paper::Request { kind: Kind::of(betreff), betreff, date, anliegen, buerger };
        let paper = request.make()?;
        let word = format!("nachgereicht/{}", self.word);
        let (days, minute) = self.at(3, 45);
        let at = diary.calendar.at(days, minute);
        let schriftstueck = paper::schriftstueck(&paper, &word, (self.person, at))?;
        let add = AddSchriftstueck { vorgang: self.vorgang, schriftstueck };
        let intent = Intent::AddSchriftstueck(add);
        diary.add_with(Deed { at, who: self.who, intent, papers: vec![paper] });
        Ok(())
    }

    fn remind(&self, diary: &mut Diary, anliegen: &Anliegen) -> Result<(), DemoError> {
        let days = diary.chance.i64(3..25);
        let (vorgang, grund) = (self.vorgang, diary.one_of(anliegen.wiedervorlagen));
        let wiedervorlage = WiedervorlageId::new(id::of(&format!("wiedervorlage/{}", self.word)));
        let am = diary.calendar.day(days - self.begin)?;
        let add = AddWiedervorlage { vorgang, wiedervorlage, am, grund: value(grund)? };
        self.add(diary, self.at(0, 40), Intent::AddWiedervorlage(add));
        // What was due is done, but for the last days.
        if days + 4 < self.begin {
            let done = CompleteWiedervorlage { vorgang, wiedervorlage };
            self.add(diary, self.at(days, 20), Intent::CompleteWiedervorlage(done));
        }
        Ok(())
    }

    /// Old ones are closed, some wait for somebody outside.
    fn get_on(&self, diary: &mut Diary) -> Result<(), DemoError> {
        let here = Feldwert::Status(Status::InBearbeitung);
        if self.begin > OPEN_DAYS {
            let closed = (here, Feldwert::Status(Status::ZdA));
            return self.change(
                diary,
                self.at(OPEN_DAYS - 20, 90),
                closed,
                Some("Bescheid erteilt."),
            );
        }
        if self.taken && diary.chance.u32(0..4) == 0 {
            let waits = (here, Feldwert::Status(Status::Wartet));
            self.change(diary, self.at(2, 60), waits, Some("Unterlagen nachgefordert."))?;
        }
        Ok(())
    }
}
