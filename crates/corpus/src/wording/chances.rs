//! How the uses of a phrase are spread, and out of how many chances.

use std::collections::{BTreeSet, HashMap};

use super::said::Sayings;
use super::scope::Text;
use super::spotted::{Sets, Spot};
use super::track::{By, Share};

/// What each text counts for, and out of how many.
pub(super) struct Chances<'a> {
    texts: &'a [Text],
    keys: Vec<(By, String)>,
    /// How many texts each key has.
    of: Vec<u32>,
    /// The year, the month, the outlet and the dyads of each text, those that it has, as numbers of keys.
    own: Vec<[usize; 3]>,
    groups: Vec<Vec<usize>>,
    /// The keys of speakers by their numbers, and at the end of what nobody is seen to say.
    speakers: Vec<usize>,
}

impl<'a> Chances<'a> {
    pub(super) fn of(texts: &'a [Text], sayings: &Sayings) -> Self {
        let mut all = Self {
            texts,
            keys: Vec::new(),
            of: Vec::new(),
            own: Vec::with_capacity(texts.len()),
            groups: Vec::new(),
            speakers: Vec::new(),
        };
        // Many texts share date, outlet or dyads: keys are made of each once.
        let mut dates: HashMap<Option<(i16, Option<u8>)>, usize> = HashMap::new();
        let mut outlets: HashMap<&str, usize> = HashMap::new();
        let mut dyads: HashMap<&BTreeSet<String>, usize> = HashMap::new();
        let mut years: HashMap<i16, usize> = HashMap::new();
        let mut pairs: HashMap<&str, usize> = HashMap::new();
        for text in texts {
            let date = text.date.map(|date| (date.parts().0, date.parts().1));
            let date = *dates.entry(date).or_insert_with(|| {
                let Some((year, month)) = date else { return all.group(Vec::new()) };
                let years = years.entry(year).or_insert_with(|| all.key(By::Year, format!("{year:04}")));
                let mut keys = vec![*years];
                keys.extend(month.map(|month| all.key(By::Month, format!("{year:04}-{month:02}"))));
                all.group(keys)
            });
            let outlet = *outlets.entry(&text.outlet).or_insert_with(|| {
                let key = all.key(By::Outlet, text.outlet.to_string());
                all.group(vec![key])
            });
            let dyads = *dyads.entry(&*text.dyads).or_insert_with(|| {
                let mut key =
                    |pair: &'a str| *pairs.entry(pair).or_insert_with(|| all.key(By::Dyad, pair.to_owned()));
                let mut keys: Vec<usize> = text.dyads.iter().map(|pair| key(pair)).collect();
                if keys.is_empty() {
                    keys.push(key(""));
                }
                all.group(keys)
            });
            all.own.push([date, outlet, dyads]);
        }
        for group in all.own.iter().flatten() {
            for key in &all.groups[*group] {
                all.of[*key] += 1;
            }
        }
        all.speak(sayings);
        all
    }

    /// In how many texts each speaks; what nobody is seen to say may stand in any.
    fn speak(&mut self, sayings: &Sayings) {
        for name in sayings.names() {
            let key = self.key(By::Speaker, name.clone());
            self.speakers.push(key);
        }
        let mut speakers: Vec<u32> = Vec::new();
        for text in self.texts {
            speakers.clear();
            speakers.extend(sayings.of(text.number).iter().map(|row| row.speaker));
            speakers.sort_unstable();
            speakers.dedup();
            speakers.iter().for_each(|&speaker| self.of[self.speakers[speaker as usize]] += 1);
        }
        let nobody = self.key(By::Speaker, String::new());
        self.of[nobody] = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.speakers.push(nobody);
    }

    fn key(&mut self, by: By, key: String) -> usize {
        self.keys.push((by, key));
        self.of.push(0);
        self.keys.len() - 1
    }

    fn group(&mut self, keys: Vec<usize>) -> usize {
        self.groups.push(keys);
        self.groups.len() - 1
    }

    /// How places, which are in the order of time, are spread: times in their order, all else the commonest first.
    pub(super) fn shares(&self, spots: &[Spot], sets: &Sets) -> Vec<Share> {
        let none =
            Share { by: By::Year, key: String::new(), texts: 0, of: 0, uses: 0, first: None, last: None };
        let mut shares = vec![(none, None); self.keys.len()];
        let nobody = [u32::try_from(self.speakers.len() - 1).unwrap_or(u32::MAX)];
        for spot in spots {
            let speakers = &sets.sets[spot.speakers].1;
            let speakers = if speakers.is_empty() { &nobody[..] } else { speakers };
            let speakers = speakers.iter().map(|&speaker| self.speakers[speaker as usize]);
            let own = self.own[spot.text].iter().flat_map(|group| self.groups[*group].iter().copied());
            let date = self.texts[spot.text].date;
            for key in speakers.chain(own) {
                let (share, seen) = &mut shares[key];
                if share.uses == 0 {
                    share.first = date;
                }
                share.uses += 1;
                share.last = date.or(share.last);
                share.texts += u32::from(*seen != Some(spot.text));
                *seen = Some(spot.text);
            }
        }
        let named = shares.into_iter().zip(self.keys.iter().zip(&self.of));
        let mut shares: Vec<Share> = named
            .map(|((share, _), ((by, key), of))| Share { by: *by, key: key.clone(), of: *of, ..share })
            // Months and years in which nobody said it were chances as well.
            .filter(|share| share.uses > 0 || share.by <= By::Month)
            .collect();
        let often = |share: &Share| if share.by > By::Month { share.texts } else { 0 };
        shares.sort_by(|a, b| (a.by, often(b), &a.key).cmp(&(b.by, often(a), &b.key)));
        shares
    }
}
