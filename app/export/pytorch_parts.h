// The parts of an exported PyTorch script that are the same for every program.
#pragma once

namespace backstep::pytorch_parts {

inline constexpr const char* imports = R"(import json
import sys
from math import inf, isfinite, nan

import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)

)";

// Two more imports, for programs that Python would read differently: those in which a
// single number has a name, or something is compared.
inline constexpr const char* imports_for_reading = "import ast\nimport inspect\n";
inline constexpr const char* as_in_backstep = R"(
class Comparisons(ast.NodeTransformer):
    """a > b as greater(a, b), which is 1 or 0 where PyTorch has True or False."""

    names = {ast.Gt: "greater", ast.Lt: "less", ast.GtE: "greater_equal",
             ast.LtE: "less_equal", ast.Eq: "equal", ast.NotEq: "not_equal"}

    def visit_Compare(self, node):
        self.generic_visit(node)
        name = ast.Name(self.names[type(node.ops[0])], ast.Load())
        return ast.Call(name, [node.left, node.comparators[0]], [])


def as_in_backstep(function):
    """Numbers with a name, three = 3, are matrices in Backstep and have gradients."""
    tree = Comparisons().visit(ast.parse(inspect.getsource(function)))
    tree.body[0].decorator_list = []
    for line in tree.body[0].body:
        if isinstance(line, ast.Assign):
            line.value = ast.Call(ast.Name("matrix", ast.Load()), [line.value], [])
    names = {}
    exec(compile(ast.fix_missing_locations(tree), __file__, "exec"), globals(), names)
    return names[function.__name__]

)";

inline constexpr const char* words_of_programs = R"(
# ---- the words of the program, in PyTorch ----------------------------------------

def tensor(values):
    """A matrix of doubles; a number is one of 1×1."""
    result = torch.tensor(values, dtype=torch.float64)
    return result if result.dim() == 2 else result.reshape(1, 1)


parameters = [tensor(values).requires_grad_() for values in PARAMETERS]
running = [tensor(values) for values in RUNNING]


class Pass:
    """One pass through the program: what it sees, and how much of it was met so far."""

    def __init__(self, rows, training, masks):
        self.rows, self.training, self.masks = rows, training, masks
        self.loss = None
        self.met = {}

    def next(self, what):
        self.met[what] = self.met.get(what, -1) + 1
        return self.met[what]

    def mask(self, x, p):
        if self.masks:
            return self.masks[self.next("dropout")]
        return functional.dropout(torch.ones_like(x), p, self.training)


def run(rows, training=True, masks=None):
    """The loss of one pass, and all that the program gives a name."""
    global now
    now = Pass(rows, training, masks)
    values = program()
    return list(values.values())[-1] if now.loss is None else now.loss, values


def matrix(value):
    return value if torch.is_tensor(value) else tensor(value).requires_grad_()


def input(values):
    place = now.next("input")
    if isinstance(values, str):
        return now.rows[values].clone().requires_grad_()
    return tensor(EDITED.get(place, values)).requires_grad_()


def target(values):
    return input(values)


def param(*ignored, **ignored_too):
    return parameters[now.next("param")]


def layer(name):
    pass


def loss(value):
    now.loss = value


def batch_normalised(x, gamma, beta):
    mean, variance = running[now.next("batch_norm")]
    if now.training and len(x) == 1:
        with torch.no_grad():  # PyTorch refuses a batch of one, which varies by 0
            mean += 0.1 * (x[0] - mean)
            variance += 0.1 * (0 - variance)
        return (x - x) * gamma + beta
    return functional.batch_norm(x, mean, variance, gamma[0], beta[0], now.training)
)";

inline constexpr const char* what_it_does = R"(
# ---- what this script does ------------------------------------------------------

def tensors(data):
    return {name: tensor(rows) for name, rows in data.items()}


def numbers(rows):
    """As JSON has them, which knows no numbers that are not finite."""
    return [[v if isfinite(v) else str(v) for v in row] for row in rows.tolist()]


def show():
    """One forward and backward pass over all training data, as JSON."""
    value, values = run(tensors(TRAIN), masks=[tensor(mask) for mask in MASKS])
    nodes = {name: matrix(node) for name, node in values.items()}
    differentiated = {name: node for name, node in nodes.items() if node is values[name]}
    for node in differentiated.values():
        node.retain_grad()
    value.backward()
    gradients = {name: torch.zeros_like(node) if node.grad is None else node.grad
                 for name, node in differentiated.items()}
    print(json.dumps({"loss": numbers(value)[0][0],
                      "values": {name: numbers(node) for name, node in nodes.items()},
                      "gradients": {name: numbers(g) for name, g in gradients.items()}}))


def loss_of(rows):
    """As when the network is used."""
    with torch.no_grad():
        return run(rows, training=False)[0].item()


)";

inline constexpr const char* main_part = R"(

if __name__ == "__main__":
    if sys.argv[1:2] == ["--train"]:
        train(int(sys.argv[2]))
    else:
        show()
)";

}  // namespace backstep::pytorch_parts
