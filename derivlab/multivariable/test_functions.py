"""The classical functions on which optimizers are tried, with what is published of them.

Sources: Jamil and Yang, A literature survey of benchmark functions for global optimization problems (2013),
arXiv:1308.4008; Moré, Garbow and Hillstrom, Testing unconstrained optimization software, ACM TOMS 7 (1981).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TestFunction:
    """A function of x and y as text, its usual window, a start for descent, and published global minima (x,
    y, f).
    """

    __test__ = False

    name: str
    text: str
    window: tuple[tuple[float, float], tuple[float, float]]
    start: tuple[float, float]
    minima: tuple[tuple[float, float, float], ...]


TEST_FUNCTIONS: tuple[TestFunction, ...] = (
    TestFunction("Rosenbrock", "(1 - x)^2 + 100(y - x^2)^2", ((-2, 2), (-1, 3)), (-1.2, 1), ((1, 1, 0),)),
    TestFunction(
        "Himmelblau",
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        ((-6, 6), (-6, 6)),
        (0, -1),
        ((3, 2, 0), (-2.805118, 3.131312, 0), (-3.779310, -3.283186, 0), (3.584428, -1.848126, 0)),
    ),
    TestFunction(
        "Beale",
        "(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2",
        ((-4.5, 4.5), (-4.5, 4.5)),
        (1, 1),
        ((3, 0.5, 0),),
    ),
    TestFunction("Booth", "(x + 2y - 7)^2 + (2x + y - 5)^2", ((-10, 10), (-10, 10)), (-6, 8), ((1, 3, 0),)),
    TestFunction(
        "Ackley",
        "-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + e + 20",
        ((-4, 4), (-4, 4)),
        (2.6, 1.7),
        ((0, 0, 0),),
    ),
    TestFunction(
        "Six-hump camel",
        "(4 - 2.1x^2 + x^4/3)x^2 + x y + (-4 + 4y^2)y^2",
        ((-2.2, 2.2), (-1.2, 1.2)),
        (1.2, 0.2),
        ((0.089842, -0.712656, -1.031628), (-0.089842, 0.712656, -1.031628)),
    ),
    TestFunction(
        "Three-hump camel",
        "2x^2 - 1.05x^4 + x^6/6 + x y + y^2",
        ((-2.5, 2.5), (-2.5, 2.5)),
        (1.9, -2),
        ((0, 0, 0),),
    ),
    TestFunction("Matyas", "0.26(x^2 + y^2) - 0.48x y", ((-10, 10), (-10, 10)), (8, -3), ((0, 0, 0),)),
    TestFunction(
        "McCormick",
        "sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1",
        ((-1.5, 4), (-3, 4)),
        (3, 2),
        ((-0.547198, -1.547198, -1.913223),),
    ),
    TestFunction(
        "Easom",
        "-cos(x)cos(y)exp(-((x - pi)^2 + (y - pi)^2))",
        ((0, 6.2), (0, 6.2)),
        (2, 2),
        ((3.141593, 3.141593, -1),),
    ),
    TestFunction(
        "Goldstein–Price",
        "(1 + (x + y + 1)^2(19 - 14x + 3x^2 - 14y + 6x y + 3y^2))"
        "(30 + (2x - 3y)^2(18 - 32x + 12x^2 + 48y - 36x y + 27y^2))",
        ((-2, 2), (-2, 2)),
        (-0.5, 0.3),
        ((0, -1, 3),),
    ),
    TestFunction(
        "Branin",
        "(y - 5.1x^2/(4pi^2) + 5x/pi - 6)^2 + 10(1 - 1/(8pi))cos(x) + 10",
        ((-5, 10), (0, 15)),
        (4, 9),
        ((-3.141593, 12.275, 0.397887), (3.141593, 2.275, 0.397887), (9.424778, 2.475, 0.397887)),
    ),
    TestFunction(
        "Rastrigin",
        "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)",
        ((-2.5, 2.5), (-2.5, 2.5)),
        (1.3, 1.7),
        ((0, 0, 0),),
    ),
    TestFunction(
        "Griewank",
        "1 + (x^2 + y^2)/4000 - cos(x)cos(y/sqrt(2))",
        ((-8, 8), (-8, 8)),
        (5, 4),
        ((0, 0, 0),),
    ),
    TestFunction(
        "Lévy 13",
        "sin(3pi x)^2 + (x - 1)^2(1 + sin(3pi y)^2) + (y - 1)^2(1 + sin(2pi y)^2)",
        ((-2, 4), (-2, 4)),
        (-1, 3),
        ((1, 1, 0),),
    ),
    TestFunction(
        "Styblinski–Tang",
        "(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2",
        ((-5, 5), (-5, 5)),
        (0.5, 0.6),
        ((-2.903534, -2.903534, -78.332331),),
    ),
    TestFunction(
        "Bohachevsky 1",
        "x^2 + 2y^2 - 0.3cos(3pi x) - 0.4cos(4pi y) + 0.7",
        ((-1.5, 1.5), (-1.5, 1.5)),
        (1.2, -1.1),
        ((0, 0, 0),),
    ),
    TestFunction("Sphere", "x^2 + y^2", ((-5, 5), (-5, 5)), (4, 3), ((0, 0, 0),)),
    TestFunction(
        "Dixon–Price",
        "(x - 1)^2 + 2(2y^2 - x)^2",
        ((-3, 3), (-3, 3)),
        (-2, 2),
        ((1, 0.707107, 0), (1, -0.707107, 0)),
    ),
    TestFunction(
        "Freudenstein–Roth",
        "(-13 + x + ((5 - y)y - 2)y)^2 + (-29 + x + ((y + 1)y - 14)y)^2",
        ((-10, 15), (-4, 6)),
        (0.5, -2),
        ((5, 4, 0),),
    ),
)
"""Twenty functions of two variables."""


def find(name: str) -> TestFunction:
    """The test function of this name."""
    return next(each for each in TEST_FUNCTIONS if each.name == name)
