"""Calls as programs spell them: arguments by name, options, types, layers, comments, and each program's own meanings."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from math import atan, atan2, cos, erf, exp, expm1, floor, log, log1p, pi, sin, sqrt, tanh, trunc

import pytest

from derivlab import ParseError, parse, value
from tests.expression.refusal import is_read_or_refused

POINTS = (0.7, -1.2, 2.3, 0.31, -0.45)


def cbrt(x: float) -> float:
    """The real cube root."""
    return math.copysign(abs(x) ** (1 / 3), x)


def relu(x: float) -> float:
    """What is above zero."""
    return max(x, 0.0)


def sigmoid(x: float) -> float:
    """The logistic function."""
    return 1 / (1 + exp(-x))


MEANINGS: list[tuple[str, Callable[..., float]]] = [
    ("torch.frac(x)", lambda x: x - trunc(x)),
    ("x.frac()", lambda x: x - trunc(x)),
    ("frac(x)", lambda x: x - floor(x)),
    ("sp.frac(x)", lambda x: x - floor(x)),
    ("frac{x}{2}", lambda x: x / 2),
    ("frac{x+1}{x-1}", lambda x: (x + 1) / (x - 1)),
    ("frac(1, x)", lambda x: 1 / x),
    ("frac(1,x)", lambda x: 1 / x),
    ("3frac{x}{2}", lambda x: 3 * x / 2),
    ("Sinc[x]", lambda x: sin(x) / x),
    ("UnitStep[x]", lambda x: x >= 0),
    ("Piecewise[{{x, x>0}}]", lambda x: max(0, x)),
    ("sp.acot(x)", lambda x: pi / 2 - atan(x)),
    ("ArcCot[x]", lambda x: pi / 2 - atan(x)),
    ("Math.round(x)", lambda x: floor(x + 0.5)),
    ("Power[E, x]", exp),
    ("E^x Sin[x]", lambda x: exp(x) * sin(x)),
    ("ATAN2(x, y)", atan2),
    ("torch.clamp(max=1, min=0, input=x)", lambda x: min(max(x, 0), 1)),
    ("torch.pow(exponent=2, input=x)", lambda x: x * x),
    ("torch.pow(input=x, exponent=2)", lambda x: x * x),
    ("F.elu(x, alpha=2)", lambda x: x if x > 0 else 2 * expm1(x)),
    ("F.elu(alpha=2, input=x)", lambda x: x if x > 0 else 2 * expm1(x)),
    ("torch.where(condition=x>0, input=x, other=0)", relu),
    ("torch.sub(x, alpha=2, other=1)", lambda x: x - 2),
    ("torch.lerp(x, y, weight=0.5)", lambda x, y: (x + y) / 2),
    ("torch.full_like(x, fill_value=2)*x", lambda x: 2 * x),
    ("torch.heaviside(x, values=torch.tensor(0.5))", lambda x: x > 0),
    ("torch.div(x, 2, rounding_mode=None)", lambda x: x / 2),
    ("np.clip(a=x, a_min=0, a_max=1)", lambda x: min(max(x, 0), 1)),
    ("np.clip(a=x, min=0, max=1)", lambda x: min(max(x, 0), 1)),
    ("round(x, ndigits=2)", lambda x: round(x * 100) / 100),
    ("F.softplus(x, 2, 20)", lambda x: log1p(exp(2 * x)) / 2),
    ("F.relu(x, True)", relu),
    ("F.leaky_relu(x, 0.2, True)", lambda x: x if x > 0 else 0.2 * x),
    ("F.leaky_relu(x, inplace=True)", lambda x: x if x > 0 else 0.01 * x),
    ("F.hardtanh(x, min_val=-2)", lambda x: min(max(x, -2), 1)),
    ("F.hardtanh(x, max_val=2)", lambda x: min(max(x, -1), 2)),
    ("F.gelu(x, approximate='tanh')", lambda x: x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))) / 2),
    ('F.gelu(x, approximate="tanh")', lambda x: x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))) / 2),
    ("nn.GELU(approximate='tanh')(x)", lambda x: x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))) / 2),
    ("F.gelu(x, approximate='none')", lambda x: x * (1 + erf(x / sqrt(2))) / 2),
    ("jax.nn.gelu(x)", lambda x: x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))) / 2),
    ("jax.nn.gelu(x, approximate=False)", lambda x: x * (1 + erf(x / sqrt(2))) / 2),
    ("jax.nn.gelu(x, approximate=True)", lambda x: x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))) / 2),
    ("torch.div(x, 2, rounding_mode='floor')", lambda x: floor(x / 2)),
    ("torch.div(x, 2, rounding_mode='trunc')", lambda x: trunc(x / 2)),
    ("x.div(2, rounding_mode='floor')", lambda x: floor(x / 2)),
    ("torch.tensor(2.0, dtype=torch.float64)*x", lambda x: 2 * x),
    ("np.exp(x, dtype=np.float64)", exp),
    ("np.exp(x, dtype=float)", exp),
    ("np.exp(x, dtype='float32')", exp),
    ("F.hardshrink(x)", lambda x: 0.0 if -0.5 <= x <= 0.5 else x),
    ("F.softshrink(x)", lambda x: x - 0.5 if x > 0.5 else x + 0.5 if x < -0.5 else 0),
    ("F.hardshrink(x, lambd=1)", lambda x: 0.0 if -1 <= x <= 1 else x),
    ("nn.Softshrink(lambd=1)(x)", lambda x: x - 1 if x > 1 else x + 1 if x < -1 else 0),
    ("nn.Hardshrink(1)(x)", lambda x: 0.0 if -1 <= x <= 1 else x),
    ("nn.Hardshrink()(x)", lambda x: 0.0 if -0.5 <= x <= 0.5 else x),
    ("F.threshold(x, 0.1, 20)", lambda x: x if x > 0.1 else 20),
    ("nn.Threshold(0.1, 20)(x)", lambda x: x if x > 0.1 else 20),
    ("nn.Threshold(threshold=0.1, value=20)(x)", lambda x: x if x > 0.1 else 20),
    ("F.prelu(x, 0.25)", lambda x: x if x > 0 else 0.25 * x),
    ("F.prelu(x, torch.tensor(0.25))", lambda x: x if x > 0 else 0.25 * x),
    ("nn.PReLU()(x)", lambda x: x if x > 0 else 0.25 * x),
    ("torch.float_power(x, 2)", lambda x: x * x),
    ("torch.addcmul(x, y, z, value=2)", lambda x, y, z: x + 2 * y * z),
    ("torch.addcdiv(x, y, z)", lambda x, y, z: x + y / z),
    ("torch.special.entr(x)", lambda x: -x * log(x)),
    ("torch.special.log_ndtr(x)", lambda x: log((1 + erf(x / sqrt(2))) / 2)),
    ("x.clone()", lambda x: x),
    ("nn.Identity()(x)*2", lambda x: 2 * x),
    ("x.where(x > 0, 0)", relu),
    ("x.masked_fill(x<0, 0)", relu),
    ("torch.masked_fill(x, x<0, 0)", relu),
    ("np.select([x < 0, x > 1], [-1, 1], default=0)", lambda x: -1 if x < 0 else 1 if x > 1 else 0),
    ("np.select([x < 0], [-x], x)", abs),
    ("np.piecewise(x, [x < 0, x >= 0], [lambda x: -x, lambda x: x])", abs),
    ("np.piecewise(x, [x < 0], [-1, 1])", lambda x: -1 if x < 0 else 1),
    ("tf.clip_by_value(x, 0, 1)", lambda x: min(max(x, 0), 1)),
    ("tf.clip_by_value(x, clip_value_min=0, clip_value_max=1)", lambda x: min(max(x, 0), 1)),
    ("tf.constant(2.0)*x", lambda x: 2 * x),
    ("tf.constant(2.0, dtype=tf.float64)*x", lambda x: 2 * x),
    ("tf.constant(2.0, tf.float64)*x", lambda x: 2 * x),
    ("tf.cast(x > 0, tf.float32)*x", relu),
    ("tf.cast(x > 0, 'float32')*x", relu),
    ("tf.cast(x > 0, dtype=tf.float64)*x", relu),
    ("tf.math.floordiv(x, 2)", lambda x: floor(x / 2)),
    ("tf.math.floormod(x, 2)", lambda x: x % 2),
    ("tf.math.squared_difference(x, 1)", lambda x: (x - 1) ** 2),
    ("tf.keras.activations.relu(x)", relu),
    ("keras.activations.elu(x)", lambda x: x if x > 0 else expm1(x)),
    ("jax.lax.rsqrt(x)", lambda x: 1 / sqrt(x)),
    ("lax.rsqrt(x)", lambda x: 1 / sqrt(x)),
    ("jax.nn.hard_tanh(x)", lambda x: min(max(x, -1), 1)),
    ("jax.nn.soft_sign(x)", lambda x: x / (1 + abs(x))),
    ("jax.nn.hard_swish(x)", lambda x: x * min(max(x + 3, 0), 6) / 6),
    ("jax.nn.hard_sigmoid(x)", lambda x: min(max(x + 3, 0), 6) / 6),
    ("int(x > 0)*x", relu),
    ("bool(x > 0)*x", relu),
    ("(x > 0).int()*x", relu),
    ("(x > 0).long()*x", relu),
    ("(x > 0).astype(float)*x", relu),
    ("(x > 0).astype(np.float64)*x", relu),
    ("(x > 0).astype('float32')*x", relu),
    ("x*(x > 0).astype(int)", relu),
    ("x.astype(float)**2", lambda x: x * x),
    ("x.type(torch.float64)**2", lambda x: x * x),
    ("(x > 0).type(torch.float32)*x", relu),
    ("(x > 0).float()*x", relu),
    ("max([x, 0])", relu),
    ("max((x, 0))", relu),
    ("max((x), (0))", relu),
    ("min([x, 0, 1])", lambda x: min(x, 0, 1)),
    ("max((x+1)(x-1), 0)", lambda x: max(x * x - 1, 0)),
    ("2max([x, 0])+1", lambda x: 2 * relu(x) + 1),
    ("x**2 # comment", lambda x: x * x),
    ("y = x**2  # parabola", lambda x: x * x),
    ("# comment\nx**2", lambda x: x * x),
    ("y = x.^2; % parabola", lambda x: x * x),
    ("y = x*x; // it's a parabola", lambda x: x * x),
    ("x**2 /* c */ + 1", lambda x: x * x + 1),
    ("/* c */ x", lambda x: x),
    ("sin(x) // the sine of x", sin),
    ("x // 2", lambda x: floor(x / 2)),
    ("sp.Mul(2, x, y)", lambda x, y: 2 * x * y),
    ("Add(x, y, 1)", lambda x, y: x + y + 1),
    ("sp.Add(x, y, 1, evaluate=False)", lambda x, y: x + y + 1),
    ("Mul(x, y)", lambda x, y: x * y),
    ("sp.S(1)/3*x", lambda x: x / 3),
    ("sp.Lambda(x, x**2)", lambda x: x * x),
    ("sp.Lambda((x, y), x - y)", lambda x, y: x - y),
    ("ITE(x > 0, x, 0)", relu),
    ("real_root(x, 3)", cbrt),
    ("sp.real_root(x, 3)", cbrt),
    ("ArcTan[x, y]", lambda x, y: atan2(y, x)),
    ("arctan(y, x)", lambda x, y: atan2(y, x)),
    ("Clip[x]", lambda x: min(max(x, -1), 1)),
    ("Clip[x, {0,1}]", lambda x: min(max(x, 0), 1)),
    ("Clip[x, {0, 1.5}]", lambda x: min(max(x, 0), 1.5)),
    ("Ramp[x]", relu),
    ("Surd[x, 3]", cbrt),
    ("PolyGamma[x] - digamma(x)", lambda x: 0.0),
    ("PolyGamma[0, x] - digamma(x)", lambda x: 0.0),
    ("Plus[x,1]", lambda x: x + 1),
    ("Times[2,x]", lambda x: 2 * x),
    ("Plus[x, 1, y]", lambda x, y: x + 1 + y),
    ("Subtract[x,1]", lambda x: x - 1),
    ("Minus[x]", lambda x: -x),
    ("Sin[30 Degree] x", lambda x: 0.5 * x),
    ("Sin[x Degree]", lambda x: sin(x * pi / 180)),
    ("FractionalPart[x]", lambda x: x - trunc(x)),
    ("IntegerPart[x]", trunc),
    ("LogisticSigmoid[x]", sigmoid),
    ("Boole[x > 0] x", relu),
    ("x === 0 ? 1 : x", lambda x: 1 if x == 0 else x),
    ("x !== 0 ? 1/x : 0", lambda x: 1 / x if x else 0),
    ("const f = x => x*x", lambda x: x * x),
    ("const f = (x) => x*x;", lambda x: x * x),
    ("let f = x => x*x", lambda x: x * x),
    ("Math.LN2*x", lambda x: log(2) * x),
    ("Math.SQRT2*x", lambda x: sqrt(2) * x),
    ("Math.SQRT1_2*x", lambda x: sqrt(0.5) * x),
    ("std::sin(x)", sin),
    ("std::pow(x, 2)", lambda x: x * x),
    ("sin.(x)", sin),
    ("exp.(-x.^2)", lambda x: exp(-x * x)),
    ("ifelse.(x .> 0, x, 0)", relu),
    ("max.(x, 0)", relu),
    ("x .+ 1", lambda x: x + 1),
    ("sin.(x) .* cos.(x) .- 1", lambda x: sin(x) * cos(x) - 1),
    ("x.powi(2)", lambda x: x * x),
    ("x.powf(0.5)", sqrt),
    ("x.recip()", lambda x: 1 / x),
    ("x.to_radians()", lambda x: x * pi / 180),
    ("f64::sin(x)", sin),
    ("Which[x > 0, x, True, 0]", relu),
    ("keras.ops.relu(x)", relu),
    ("x.fract()", lambda x: x - trunc(x)),
    ("np.euler_gamma*x", lambda x: 0.5772156649015329 * x),
]

SAME = [
    ("id x", "i*d*x"),
    ("where(x = 0, 1, 2)", "{1 if x == 0, 2 otherwise}"),
    ("torch.where(x = 0, 1, 2)", "{1 if x == 0, 2 otherwise}"),
    ("where(alpha = 0, 1, 2)", "{1 if alpha == 0, 2 otherwise}"),
    ("nn.ReLU(x)", "relu(x)"),
    ("ELU(2)*x", "elu(2)*x"),
    ("E x", "E*x"),
    ("\\left.(x\\right)", "x"),
    ("\\left.\\frac{x}{2}\\right.-3", "x/2 - 3"),
    ("xy.pow(2)", "x*y^2"),
    ("ArcTan[x]", "atan(x)"),
    ("f(a,l,x) = all(x)", "f(a, l, x) = a*l*l*x"),
    ("let y = x^2", "x^2"),
    ("dfrac{x}{2}", "x/2"),
]

REFUSED = [
    ("nn.LeakyReLU(0.2)", "layer", "nn.LeakyReLU(0.2)(x)"),
    ("nn.LeakyReLU(0.2, x)", "layer", "nn.LeakyReLU(0.2)(x)"),
    ("nn.ELU(alpha=2)", "layer", "nn.ELU(alpha=2)(x)"),
    ("nn.ReLU()", "layer", "nn.ReLU()(x)"),
    ("nn.GELU(approximate='tanh')", "layer", "nn.GELU(approximate='tanh')(x)"),
    ("F.leaky_relu(x, slope=0.2)", "no argument called slope", "F.leaky_relu(x, negative_slope=0.2)"),
    ("F.elu(x, a=2)", "no argument called a", "F.elu(x, alpha=2)"),
    ("torch.clamp(x, lo=0)", "no argument called lo", None),
    ("clamp(x, lo=0)", "no argument called lo", None),
    ("torch.sin(x, foo=2)", "no argument called foo", None),
    ("F.elu(x, alpha=1, alpha=2)", "given before", None),
    ("F.elu(x, 1, alpha=2)", "given before", None),
    ("torch.add(x, y, 2)", "takes 2 arguments", None),
    ("torch.div(x, 2, rounding_mode='ceil')", "cannot be the value", None),
    ("F.gelu(x, approximate='sigmoid')", "cannot be the value", None),
    ("clamp(x, min='a')", "no number", None),
    ("np.exp(x, dtype=np.int64)", "change the value", None),
    ("x.int()", "drops the digits", "trunc(x)"),
    ("x.bool()", "something else", None),
    ("x.astype(int)", "change the value", None),
    ("x.astype()", "name of a type", None),
    ("int(x)", "integral", None),
    ("bool(x)", "differs from zero", None),
    ("x.to(torch.float64)", "type of numbers", None),
    ("x // Sin", "nothing to work on", None),
    ("nn.ReLU()(x, y)", "takes 1 argument", None),
    ("F.relu(x, 2)", "takes 1 argument", None),
    ("pow(x, 2, mod=3)", "no argument called mod", None),
    ("re(z)", "complex", None),
    ("np.(x)", "", None),
    ("np.int64(x)", "drops the digits", None),
    ("tf.cast(x)", "2 arguments", None),
    ("torch.hardshrnk(x)", "not a function", "torch.hardshrink(x)"),
    ("torch.foo(x)", "not a function", None),
    ("F.dropout(x, 0.5)", "random", None),
    ("nn.Dropout(0.5)(x)", "random", None),
    ("torch.randn(3)", "random", None),
    ("np.random.rand()", "random", None),
    ("Math.random()", "random", None),
    ("np.real(x)", "complex", None),
    ("x.data", "autograd", None),
    ("x.shape", "tensor", None),
    ("nn.Softmax()(x)", "many values", None),
    ("str(x)", "program", None),
    ("any(x)", "program", None),
    ("all(x)", "program", None),
    ("dir(x)", "program", None),
    ("id(x)", "program", None),
    ("map(x)", "program", None),
    ("zip(x)", "program", None),
    ("set(x)", "program", None),
    ("bin(x)", "program", None),
    ("hex(x)", "program", None),
    ("isinstance(x)", "program", None),
    ("exit(x)", "program", None),
    ("exit x", "program", None),
    ("Torch.sin(x)", "no module", "torch.sin(x)"),
    ("NP.maximum(x, 0)", "no module", "np.maximum(x, 0)"),
    ("pytorch.sin(x)", "no module", "torch.sin(x)"),
    ("th.sin(x)", "no module", "torch.sin(x)"),
    ("foo.maximum(x, 0)", "no module", "maximum(x, 0)"),
    ("# comment", "does not belong", None),
    ("x#2", "does not belong", None),
    ("sin(x # comment", "never closed", "sin(x)"),
    ("np.piecewise(x, [x < 0, x >= 0], [lambda t: -t, lambda t: t])", "variable of this lambda", None),
    ("np.select(x<0, 1)", "list was expected", None),
    ("np.select([x<0], [1, 2, 3])", "as many values", None),
    ("sp.Lambda((y, x), x - y)", "order of the alphabet", "f(y, x) = x - y"),
    ("sp.Lambda", "nothing to work on", None),
    ("Clip[x, 0]", "list was expected", None),
    ("frac(x, y, z)", "1 or 2 arguments", None),
    ("Add()", "arguments", None),
    ("max([x])", "at least 2", None),
    ("x.masked_fill(x, 0)", "condition was expected", None),
    ("np.piecewise(x, [x < 0], [-1, )", "Something is missing", None),
    ("nn.LeakyReLU{0.22, x)", "opened, but", None),
]

NOTED = [
    ("np.sin^-1(x)", "inverse", "1/np.sin(x)"),
    ("2np.sin^-1(x)", "inverse", "2(1/np.sin(x))"),
    ("np.exp(x, dtype=np.float32)", "float32 was left out", None),
    ("sp.acot(2x)", "between 0 and π", "sp.atan(1/(2x))"),
    ("ArcCot[x]", "between 0 and π", "ArcTan[1/(x)]"),
    ("ATAN2(x, y)", "in Excel", "ATAN2(y, x)"),
    ("arctan(y, x)", "height first", "arctan(x, y)"),
    ("Power[E, x]", "Euler's number", None),
    ("frac{x}{2}", "as a fraction", None),
    ("x**2 # a parabola", "as a comment", None),
    ("x // comment", "if a comment begins there", "x "),
    ("x % comment", "if a comment begins there", "x "),
]

QUIET = [
    "frac(1,2)x",
    "torch.tensor(2.0, dtype=torch.float64)*x",
    "F.softplus(x, 2, 20)",
    "torch.frac(x)",
    "sin.(x)",
    "std::sin(x)",
    "x.powi(2)",
    "Sinc[x]",
    "x !== 0 ? 1/x : 0",
]


def _expected(meaning: Callable[..., float], at: list[float]) -> float:
    try:
        return float(meaning(*at))
    except (ValueError, ZeroDivisionError, TypeError):  # TypeError: a complex number was compared
        return math.nan


@pytest.mark.parametrize(("text", "meaning"), MEANINGS, ids=[text for text, _ in MEANINGS])
def test_value(text: str, meaning: Callable[..., float]) -> None:
    """The value is the program's, at five points or undefined there, and what was read can be printed and read again."""
    function = parse(text)
    names = sorted(inspect.signature(meaning).parameters)
    assert [*function.variables] in (names, [])
    for turn in range(5):
        at = [POINTS[(turn + place) % 5] + 0.1 * place for place in range(len(names))]
        wanted = _expected(meaning, at)
        found = float(value(function, dict(zip(function.variables, at, strict=False))))
        assert math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-12) or (
            math.isnan(found) and math.isnan(wanted)
        )
    is_read_or_refused(text)


@pytest.mark.parametrize(("text", "same"), SAME)
def test_same(text: str, same: str) -> None:
    """Texts beside these spellings keep their meaning."""
    assert parse(text) == parse(same)


@pytest.mark.parametrize(("text", "message", "suggestion"), REFUSED)
def test_refused(text: str, message: str, suggestion: str | None) -> None:
    """What cannot be read is said in words, and what is offered can be read."""
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert message in caught.value.message
    assert caught.value.hint
    assert caught.value.suggestion == suggestion
    is_read_or_refused(text)


@pytest.mark.parametrize(("text", "message", "instead"), NOTED)
def test_noted(text: str, message: str, instead: str | None) -> None:
    """A reading that is not every program's is noted, with the other."""
    notice = next(each for each in parse(text).notices if message in each.message)
    assert notice.instead == instead
    is_read_or_refused(text)


@pytest.mark.parametrize("text", QUIET)
def test_quiet(text: str) -> None:
    """Where only one reading is possible nothing is noted."""
    assert parse(text).notices == ()


@pytest.mark.parametrize(
    "text",
    [
        "int(x>0)+" * 300,
        "max([x," * 120,
        "/* " * 3000,
        "x // a " * 300,
        "F.elu(x, alpha=" * 100,
        "sin.(" * 130,
    ],
)
def test_long_texts(text: str) -> None:
    """Long texts of these spellings are read or refused like any other."""
    is_read_or_refused(text)
