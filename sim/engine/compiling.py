"""How a function is compiled: what is called from Python becomes machine code, with all that it calls made part of it.

Numba turns every function into machine code of its own, with a door for Python, and once more inside each function
that calls it, one level after another. Of the model's two hundred functions Python calls a few dozen; only these are
optimised and turned into machine code here, each once, together with everything below them.
"""

from collections.abc import Iterator
from typing import Any

from numba import types
from numba._dynfunc import make_function
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering


class _PartLibrary(JITCodeLibrary):
    """Code of a function that others call: kept as it was written, until one that Python calls takes it in."""

    def finalize(self) -> None:
        self._raise_if_finalized()
        self._finalized = True

    def parts(self) -> Iterator[JITCodeLibrary]:
        """It, and all that it calls."""
        yield self
        for library in self._linking_libraries:
            yield from library.parts() if isinstance(library, _PartLibrary) else (library,)


class _WholeLibrary(JITCodeLibrary):
    """Code of a function that Python calls, with all that it calls, to be optimised as one."""

    def finalize(self) -> None:
        for library in list(self._linking_libraries):
            if isinstance(library, _PartLibrary):
                self._linking_libraries.extend(library.parts())
        super().finalize()

    def _optimize_final_module(self) -> None:
        passes, builder = self._codegen._module_pass_manager()
        passes.run(self._final_module, builder)


@register_pass(mutates_CFG=True, analysis_only=False)
class _PartLowering(NativeLowering):
    """Writes a function down for its callers, without machine code."""

    _name = "part_lowering"

    def run_pass(self, state: Any) -> bool:
        state.flags.no_compile = True
        super().run_pass(state)
        written = state["cr"]
        # what Numba knows the function by; nobody calls it
        name = make_function(
            written.fndesc.lookup_module(), written.fndesc.qualname, "", 0, written.env, (state.library,)
        )
        state.targetctx.insert_user_function(name, written.fndesc, [state.library])
        state["cr"] = written._replace(cfunc=name)
        return True


class _PartCompiler(Compiler):
    def compile_extra(self, function: Any) -> Any:
        self.state.library = _PartLibrary(self.state.targetctx.codegen(), function.__qualname__)
        return super().compile_extra(function)

    def define_pipelines(self) -> list[Any]:
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        at = next(i for i, (step, _) in enumerate(passes.passes) if step is NativeLowering)
        passes.passes[at] = (_PartLowering, "writing it down for its callers")
        passes.finalize()
        return [passes]


class _WholeCompiler(Compiler):
    def compile_extra(self, function: Any) -> Any:
        self.state.library = _WholeLibrary(self.state.targetctx.codegen(), function.__qualname__)
        self.state.library.enable_object_caching()
        return super().compile_extra(function)


class Compiled(CPUDispatcher):
    """A function that Python calls as a whole, and compiled functions as a part of theirs."""

    def __init__(self, function: Any, options: dict[str, Any]) -> None:
        super().__init__(function, targetoptions={"nopython": True, **options}, pipeline_class=_WholeCompiler)
        part = {"nopython": True, "no_cpython_wrapper": True, **options}
        self.part = CPUDispatcher(function, targetoptions=part, pipeline_class=_PartCompiler)

    @property
    def _numba_type_(self) -> types.Dispatcher:
        return types.Dispatcher(self.part)
