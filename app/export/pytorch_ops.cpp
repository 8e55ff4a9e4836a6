#include "app/export/pytorch_ops.h"

#include <cassert>
#include <cstring>

#include "app/paint/numbers.h"

namespace backstep {

namespace {

constexpr const char* own_operator = nullptr;

// `now`, `batch_normalised` and `matrix` are defined in pytorch.cpp.
const PyTorchOp pytorch_table[] = {
    {"add", own_operator},
    {"subtract", own_operator},
    {"multiply", own_operator},
    {"divide", own_operator},
    {"power", own_operator},
    {"negate", own_operator},
    {"matmul", own_operator},
    {"transpose", own_operator},
    {"slice", own_operator},

    // Leaves of their own: as in Backstep no gradient passes back through them, and
    // they have one themselves.
    {"greater", "({a} > {b}).double().requires_grad_()"},
    {"less", "({a} < {b}).double().requires_grad_()"},
    {"greater_equal", "({a} >= {b}).double().requires_grad_()"},
    {"less_equal", "({a} <= {b}).double().requires_grad_()"},
    {"equal", "({a} == {b}).double().requires_grad_()"},
    {"not_equal", "({a} != {b}).double().requires_grad_()"},
    {"where", "torch.where({c} != 0, {a}, {b})"},

    {"maximum", "torch.maximum({a}, {b})"},
    {"minimum", "torch.minimum({a}, {b})"},
    {"clip", "torch.clamp({x}, low, high)"},
    {"exp", "torch.exp({x})"},
    {"log", "torch.log({x})"},
    {"sqrt", "torch.sqrt({x})"},
    {"abs", "torch.abs({x})"},
    {"concat", "torch.cat(({a}, {b}), dim=axis)"},
    {"sum", "{x}.sum().reshape(1, 1) if axis is None else {x}.sum(dim=axis, keepdim=True)"},
    {"mean", "{x}.mean().reshape(1, 1) if axis is None else {x}.mean(dim=axis, keepdim=True)"},

    {"tanh", "torch.tanh({x})"},
    {"sigmoid", "torch.sigmoid({x})"},
    {"relu", "torch.relu({x})"},
    {"leaky_relu", "functional.leaky_relu({x}, slope)"},
    {"elu", "functional.elu({x}, alpha)"},
    // Its own threshold of 20 would leave out 2e-9.
    {"softplus", "functional.softplus({x}, threshold=700)"},
    {"gelu", "functional.gelu({x}, approximate=approximate)"},
    {"gelu_tanh", "functional.gelu({x}, approximate=\"tanh\")"},
    {"silu", "functional.silu({x})"},

    {"softmax", "torch.softmax({x}, dim=1)"},
    {"naive_softmax", "torch.exp({x}) / torch.exp({x}).sum(dim=1, keepdim=True)"},
    {"log_softmax", "torch.log_softmax({x}, dim=1)"},
    {"dropout", "{x} * now.mask({x}, p)"},
    {"batch_norm", "batch_normalised({x}, {gamma}, {beta})"},
    {"layer_norm", "functional.layer_norm({x}, {x}.shape[1:], {gamma}[0], {beta}[0])"},

    {"mse", "functional.mse_loss({p}, {t}).reshape(1, 1)"},
    {"half_mse", "0.5 * functional.mse_loss({p}, {t}).reshape(1, 1)"},
    {"mae", "functional.l1_loss({p}, {t}).reshape(1, 1)"},
    {"huber", "functional.huber_loss({p}, {t}, delta=delta).reshape(1, 1)"},
    {"bce", "functional.binary_cross_entropy({p}, {t}).reshape(1, 1)"},
    {"naive_bce", "-({t} * torch.log({p}) + (1 - {t}) * torch.log(1 - {p})).mean().reshape(1, 1)"},
    {"bce_with_logits", "functional.binary_cross_entropy_with_logits({z}, {t}).reshape(1, 1)"},
    {"cross_entropy", "functional.cross_entropy({z}, {t}).reshape(1, 1)"},
};

// "x, axis=None"
std::string parameters_of(const Op& op) {
  std::string text;
  for (const char* operand : op.operands) text += (text.empty() ? "" : ", ") + std::string(operand);
  for (const Option& option : op.options) {
    const bool has_usual = option.usual == option.usual && !option.each_its_own;
    text +=
        std::string(", ") + option.name + "=" + (has_usual ? exact_number(option.usual) : "None");
  }
  for (const WordOption& option : op.word_options)
    text += std::string(", ") + option.name + "=" + option.words.front().first;
  return text;
}

}  // namespace

const PyTorchOp* pytorch_of(const Op& op) {
  for (const PyTorchOp& row : pytorch_table)
    if (std::strcmp(row.op, op.name) == 0) return &row;
  return nullptr;
}

std::string pytorch_definition(const Op& op) {
  const PyTorchOp* row = pytorch_of(op);
  assert(row && "every op of the table has its line here");
  if (!row->expression) return "";
  Words words;
  for (const char* operand : op.operands)
    words.emplace_back(operand, "matrix(" + std::string(operand) + ")");
  return "def " + std::string(op.spelling == Spelling::call ? op.token : op.name) + "(" +
         parameters_of(op) + "):\n    return " + fill_in(row->expression, words) + "\n";
}

}  // namespace backstep
