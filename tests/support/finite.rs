//! Finds numbers that are none. In JSON they would all be `null`, like a value that is not there, so the values are walked before.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// Paths of the NaNs and infinities in a value, such as `ours_lives/3/way_u`.
pub(crate) fn not_finite(value: &impl Serialize) -> Vec<String> {
    let mut walk = Walk::default();
    value.serialize(&mut walk).expect("nothing fails here");
    walk.found
}

#[derive(Default)]
struct Walk {
    path: Vec<String>,
    found: Vec<String>,
}

impl Walk {
    fn number(&mut self, is_finite: bool) {
        if !is_finite {
            self.found.push(self.path.join("/"));
        }
    }
}

type Never = serde::de::value::Error;

macro_rules! plain {
    ($($method:ident($type:ty)),+ $(,)?) => {
        $(fn $method(self, _: $type) -> Result<(), Never> { Ok(()) })+
    };
}

impl<'a> Serializer for &'a mut Walk {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Inside<'a>;
    type SerializeTuple = Inside<'a>;
    type SerializeTupleStruct = Inside<'a>;
    type SerializeTupleVariant = Inside<'a>;
    type SerializeMap = Inside<'a>;
    type SerializeStruct = Inside<'a>;
    type SerializeStructVariant = Inside<'a>;

    plain! {
        serialize_bool(bool), serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64), serialize_u8(u8),
        serialize_u16(u16), serialize_u32(u32), serialize_u64(u64), serialize_char(char), serialize_str(&str), serialize_bytes(&[u8]),
        serialize_unit_struct(&'static str),
    }

    fn serialize_f32(self, value: f32) -> Result<(), Never> {
        self.number(value.is_finite());
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Never> {
        self.number(value.is_finite());
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'a>, Never> {
        Ok(Inside { walk: self, nth: 0 })
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside<'a>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'a>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, Never> {
        self.serialize_seq(None)
    }
}

/// Inside a list, a map or a struct.
struct Inside<'a> {
    walk: &'a mut Walk,
    nth: usize,
}

impl Inside<'_> {
    fn step<T: ?Sized + Serialize>(&mut self, name: String, value: &T) -> Result<(), Never> {
        self.walk.path.push(name);
        let done = value.serialize(&mut *self.walk);
        self.walk.path.pop();
        self.nth += 1;
        done
    }
}

macro_rules! lists {
    ($($trait:ident $method:ident),+) => {
        $(impl $trait for Inside<'_> {
            type Ok = ();
            type Error = Never;
            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Never> {
                self.step(self.nth.to_string(), value)
            }
            fn end(self) -> Result<(), Never> {
                Ok(())
            }
        })+
    };
}
lists!(SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);

macro_rules! structs {
    ($($trait:ident),+) => {
        $(impl $trait for Inside<'_> {
            type Ok = ();
            type Error = Never;
            fn serialize_field<T: ?Sized + Serialize>(&mut self, key: &'static str, value: &T) -> Result<(), Never> {
                self.step(key.to_owned(), value)
            }
            fn end(self) -> Result<(), Never> {
                Ok(())
            }
        })+
    };
}
structs!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, _: &T) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Never> {
        self.step(format!("value {}", self.nth), value)
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}
