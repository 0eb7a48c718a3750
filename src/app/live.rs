//! What keeps a screen small: the few generic pieces that every screen goes through.
//!
//! The app is compiled to wasm that a phone fetches before the first screen. Whatever is generic is compiled once for each type
//! that it is used with, so a closure in a view, or a memo of one more type, brings its own copy of leptos' machinery (an effect with
//! its task, a state, ways to build, rebuild, mount and unmount), a kilobyte or two each. Here the type is put in a box at the door, and
//! what is behind it exists once:
//!
//! - [`live`], [`sometimes`]: a part of a view that follows what it reads;
//! - [`keyed`]: a list whose rows keep their place, and the focus in them, while others come and go;
//! - [`derive`]: a value worked out from signals that tells of a change only when it is another one.
//!
//! So a screen costs its words and what it does with them. `make size` shows what one more costs.

use std::any::Any;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

/// A part of a view that is built anew when what it reads changes.
pub fn live<V: IntoAny>(part: impl Fn() -> V + Send + 'static) -> AnyView {
    boxed(Box::new(move || part().into_any()))
}

/// A part of a view that is there only at times.
pub fn sometimes<V: IntoAny>(part: impl Fn() -> Option<V> + Send + 'static) -> AnyView {
    boxed(Box::new(move || part().map_or_else(|| ().into_any(), IntoAny::into_any)))
}

fn boxed(part: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    part.into_any()
}

/// A list of rows that follows what `items` reads. An item is its own key: one that stays the same keeps its row.
pub fn keyed<T: Hash + Send + 'static, V: IntoAny>(
    items: impl Fn() -> Vec<T> + Send + Sync + 'static,
    row: impl Fn(T) -> V + Copy + Send + Sync + 'static,
) -> AnyView {
    rows(Box::new(move || {
        let make = |item: T| {
            let mut hasher = DefaultHasher::new();
            item.hash(&mut hasher);
            Row { key: hasher.finish(), view: Box::new(move || row(item).into_any()) }
        };
        items().into_iter().map(make).collect()
    }))
}

struct Row {
    key: u64,
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

fn rows(items: Box<dyn Fn() -> Vec<Row> + Send + Sync>) -> AnyView {
    view! { <For each=items key=|row| row.key children=|row: Row| (row.view)()/> }.into_any()
}

/// A value worked out from signals. A handle: cheap to copy.
pub struct Derived<T> {
    memo: Memo<Value>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

/// Works a value out, and again when what it reads changes.
pub fn derive<T: PartialEq + Send + Sync + 'static>(work_out: impl Fn() -> T + Send + Sync + 'static) -> Derived<T> {
    Derived { memo: memo(Box::new(move || Value(Arc::new(work_out())))), of: PhantomData }
}

fn memo(work_out: Box<dyn Fn() -> Value + Send + Sync>) -> Memo<Value> {
    Memo::new(move |_| work_out())
}

impl<T: 'static> Derived<T> {
    /// Looks at it, and follows it.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(self.memo.get().of())
    }

    /// Looks at it as it is now.
    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(self.memo.get_untracked().of())
    }
}

impl<T: Clone + 'static> Derived<T> {
    /// The value, followed.
    #[must_use]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is now.
    #[must_use]
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// The value as it is now; nothing once the screen that worked it out is gone.
    #[must_use]
    pub fn try_get_untracked(self) -> Option<T> {
        self.memo.try_get_untracked().map(|value| value.of::<T>().clone())
    }
}

/// Any value that can be compared with another of its type.
#[derive(Clone)]
struct Value(Arc<dyn Comparable>);

trait Comparable: Any + Send + Sync {
    fn is(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Comparable for T {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>() == Some(self)
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        let other: &dyn Any = &*other.0;
        self.0.is(other)
    }
}

impl Value {
    fn of<T: 'static>(&self) -> &T {
        let value: &dyn Any = &*self.0;
        let Some(value) = value.downcast_ref() else { unreachable!("a derived value is of the type that it was made as") };
        value
    }
}
