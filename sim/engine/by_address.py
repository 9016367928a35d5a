"""Named tuples of arrays that compiled code gets by their address, not with every array taken apart.

Numba hands a tuple over by value: forty arrays are two hundred and eighty arguments of each function that takes a
world, and most of the time to compile them. Here the caller from Python lays the tuple down once and all it calls get
one pointer.
"""

from hashlib import sha256
from typing import Any, TypeVar

from numba import types
from numba.core import cgutils
from numba.core.datamodel import models
from numba.core.imputils import impl_ret_borrowed
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, lower_getattr_generic, register_model, typeof_impl, unbox

T = TypeVar("T", bound=type)


class ByAddress(types.Type):
    """The address of a named tuple of arrays."""

    def __init__(self, held: types.NamedTuple) -> None:
        self.held = held
        digest = sha256(str(held).encode()).hexdigest()[:16]
        super().__init__(name=f"{held.instance_class.__name__}@{digest}")


def by_address(named: T) -> T:
    """Let compiled functions take this class of named tuples by its address; they read its fields, nothing else."""

    def its_type(value: Any, context: Any) -> ByAddress:
        return ByAddress(types.NamedTuple([typeof_impl(field, context) for field in value], named))

    typeof_impl.register(named)(its_type)
    return named


class _Address(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: ByAddress) -> None:
        super().__init__(manager, kind, manager.lookup(kind.held).get_value_type().as_pointer())


class _Fields(AttributeTemplate):
    key = ByAddress

    def generic_resolve(self, value: ByAddress, attr: str) -> Any:  # type: ignore[override]  # numba: "to be overridden"
        names = value.held.fields
        return value.held.types[names.index(attr)] if attr in names else None


def _load_field(context: Any, builder: Any, kind: ByAddress, address: Any, field: str) -> Any:
    place = kind.held.fields.index(field)
    value = builder.load(cgutils.gep_inbounds(builder, address, 0, place))
    return impl_ret_borrowed(context, builder, kind.held.types[place], value)


def _lay_down(kind: ByAddress, value: Any, c: Any) -> NativeValue:
    taken = c.unbox(kind.held, value)
    address = cgutils.alloca_once_value(c.builder, taken.value)
    return NativeValue(address, is_error=taken.is_error, cleanup=taken.cleanup)


register_model(ByAddress)(_Address)
infer_getattr(_Fields)
lower_getattr_generic(ByAddress)(_load_field)
unbox(ByAddress)(_lay_down)
