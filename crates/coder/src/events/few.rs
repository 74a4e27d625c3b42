//! A list that nearly always has one member or none, which takes no memory of its own.

use std::ops::Deref;

#[derive(Debug, Clone, Default)]
pub(super) enum Few<T> {
    #[default]
    None,
    One(T),
    Many(Vec<T>),
}

impl<T> Few<T> {
    pub(super) fn push(&mut self, next: T) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(next),
            Self::One(first) => Self::Many(vec![first, next]),
            Self::Many(mut all) => {
                all.push(next);
                Self::Many(all)
            }
        };
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(all) => all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_in_the_order_in_which_they_were_put() {
        let mut few = Few::default();
        assert!(few.is_empty());
        (1..=3).for_each(|number| few.push(number));
        assert_eq!(*few, [1, 2, 3]);
    }
}
