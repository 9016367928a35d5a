"""Asking the processor for a row of a table before it is needed.

What is under way does not fit the processor's nearest memory, and to wait for one row takes as long as a hundred
instructions. Which rows the next minute will look at is known when the minute is opened, so they can be on their way
while others are at work. It changes nothing but time.
"""

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir
from numba import types
from numba.core import config
from numba.extending import intrinsic

from sim.engine.records import Records

_LINE = 64
"""Octets that a processor fetches at a time."""
_TO_READ, _KEEP_NEAR, _DATA = 0, 3, 1


def _asked_for(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    kind, (rows, number) = signature.args[0], arguments
    octets = context.get_abi_sizeof(context.get_data_type(kind.dtype))
    address, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
    first = builder.bitcast(context.make_array(kind)(context, builder, rows).data, address)
    row = builder.gep(first, [builder.mul(number, ir.Constant(number.type, octets))])
    fetch = builder.module.declare_intrinsic(
        "llvm.prefetch", [address], ir.FunctionType(ir.VoidType(), [address, flag, flag, flag])
    )
    for offset in range(0, octets, _LINE):
        place = builder.gep(row, [ir.Constant(ir.IntType(64), offset)])
        builder.call(fetch, [place, flag(_TO_READ), flag(_KEEP_NEAR), flag(_DATA)])
    return context.get_dummy_value()


@intrinsic
def _fetch_ahead(_: Any, rows: Any, number: Any) -> Any:  # noqa: ARG001 - the call that it stands for
    return types.void(rows, types.int64), _asked_for


def _nothing(rows: Records, number: int) -> None:
    """Plain Python does not fetch ahead."""


fetch_ahead = _nothing if cast("Any", config).DISABLE_JIT else cast("Callable[[Records, int], None]", _fetch_ahead)
"""Ask for row `number` of a plain array of records, which must be one of them."""
