// How the exported script trains: the settings of the session, one by one, as
// torch.optim has them.
#include "app/explain/training_words.h"
#include "app/export/pytorch.h"
#include "app/paint/numbers.h"
#include "core/stepping/optimizers.h"

namespace backstep {

namespace {

// The call that makes the optimizer.
std::string optimizer_call(const Training& training) {
  const Optimizer& chosen = *find_optimizer(training.optimizer);
  const Optimizer& optimizer = chosen.without_momentum && training.momentum == 0
                                   ? *find_optimizer(chosen.without_momentum)
                                   : chosen;
  // PyTorch's optimizers with a decay of their own decay by default.
  const bool decays = training.weight_decay != 0 || optimizer.decouples_decay;
  const std::string groups =
      decays && training.weights_only
          ? "[{\"params\": pulled}, {\"params\": others, \"weight_decay\": 0}]"
          : "parameters";
  const Words words = {{"parameters", groups},
                       {"rate", exact_number(training.learning_rate)},
                       {"momentum", exact_number(training.momentum)}};
  return "torch.optim." + fill_in(optimizer.pytorch, words) +
         (decays ? ", weight_decay=" + exact_number(training.weight_decay) : "") + ")";
}

bool pulls(const Training& training) { return training.l1 != 0 && training.l1_stops_at_zero; }

// The parameters that L2 and L1 act on, and the state that is kept of each.
std::string pulled_parameters(const Timeline& timeline) {
  const Training& training = timeline.training();
  std::string text;
  if (training.weights_only) {
    std::string weights;
    const std::vector<int>& parameters = timeline.graph().parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i)
      if (is_weight(timeline.graph(), parameters[i]))
        weights += (weights.empty() ? "" : ", ") + std::to_string(i);
    text += "weights = [" + weights + "]  # the others are biases, or learnt by norms\n" +
            "pulled = [parameters[number] for number in weights]\n" +
            "others = [parameters[number] for number in range(len(parameters))\n" +
            "          if number not in weights]\n";
  } else if (training.l1 != 0) {
    text += "pulled = parameters\n";
  }
  if (pulls(training))
    text += "stopped = [torch.zeros_like(parameter, dtype=torch.bool) for parameter in pulled]\n";
  return text;
}

// The optimizer's step, and L1 after it where it stops at 0.
std::string optimizer_step(const Training& training) {
  if (!pulls(training)) return "optimizer.step()\n";
  return "before = [parameter.detach().clone() for parameter in pulled]\n"
         "optimizer.step()\n"
         "with torch.no_grad():  # what L1 would carry across 0 stays 0\n"
         "    for parameter, old, stays in zip(pulled, before, stopped):\n"
         "        new = parameter - " +
         exact_number(training.learning_rate) + " * " + exact_number(training.l1) +
         " * old.sign()\n"
         "        stays |= parameter * new < 0\n"
         "        parameter.copy_(torch.where(stays, torch.zeros_like(new), new))\n";
}

// What changes the gradients between the backward pass and the optimizer's step.
std::string before_step(const Training& training) {
  std::string text;
  if (training.clip_norm > 0)
    text +=
        "torch.nn.utils.clip_grad_norm_(parameters, " + exact_number(training.clip_norm) + ")\n";
  if (training.clip_value > 0)
    text +=
        "torch.nn.utils.clip_grad_value_(parameters, " + exact_number(training.clip_value) + ")\n";
  if (training.l1 != 0 && !pulls(training))
    text += "for parameter in pulled:\n    parameter.grad += " + exact_number(training.l1) +
            " * parameter.detach().sign()\n";
  return text;
}

std::string step_of(const Training& training) {
  const std::string before = before_step(training);
  const std::string step = before + optimizer_step(training);
  if (training.zero_gradients) return step + "optimizer.zero_grad(set_to_none=False)\n";
  if (before.empty()) return "# Gradients are never zeroed.\n" + step;
  return "added_up = [parameter.grad.clone() for parameter in parameters]\n" + step +
         "for parameter, gradient in zip(parameters, added_up):  # gradients are never zeroed\n"
         "    parameter.grad = gradient\n";
}

std::string indented(const std::string& text, std::size_t spaces) {
  std::string result;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    result += std::string(spaces, ' ') + text.substr(begin, end - begin);
    begin = end;
  }
  return result;
}

// One pass, and an update after as many passes as are accumulated.
std::string pass_of(const Training& training) {
  const bool adds_up = training.accumulate > 1;
  const std::string passes = std::to_string(training.accumulate);
  return std::string("loss, _ = run(batch)\n") +
         (adds_up ? "(loss / " + passes + ").backward()\n" : "loss.backward()\n") +
         (adds_up ? "passes += 1\nif passes % " + passes + " == 0:\n" : "") +
         indented(step_of(training), adds_up ? 4 : 0);
}

// The order in which Backstep takes the rows.
std::string shuffled_part(std::uint64_t seed) {
  return "def shuffled(epoch, count):\n"
         "    \"\"\"Backstep's order of the rows in an epoch; torch.randperm(count) is another.\n\n"
         "    Fisher and Yates' shuffle with the numbers of SplitMix64.\n"
         "    \"\"\"\n"
         "    order, state = list(range(count)), " +
         std::to_string(seed) +
         " * 0x9E3779B97F4A7C15 + epoch\n"
         "    for last in range(count - 1, 0, -1):\n"
         "        state = (state + 0x9E3779B97F4A7C15) % 2**64\n"
         "        bits = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 % 2**64\n"
         "        bits = (bits ^ bits >> 27) * 0x94D049BB133111EB % 2**64\n"
         "        bits ^= bits >> 31\n"
         "        at = int((bits >> 11) * 2.0**-53 * (last + 1))\n"
         "        order[last], order[at] = order[at], order[last]\n"
         "    return torch.tensor(order)\n\n\n";
}

// The loop over the batches of one epoch; the last may be smaller, as with DataLoader.
std::string batches_of(const Batches& batches, bool shuffle) {
  if (!batches.uses_mini_batches()) return "";
  const std::string rows = std::to_string(batches.samples()),
                    size = std::to_string(batches.batch_size());
  const bool left_out = batches.remainder() > 0 && !batches.has_smaller();
  const std::string end = std::to_string(batches.samples() - (left_out ? batches.remainder() : 0));
  return (shuffle ? "order = shuffled(epoch - 1, " + rows + ")\n"
                  : "order = torch.arange(" + rows + ")\n") +
         "for first in range(0, " + end + ", " + size + "):\n" +
         "    chosen = order[first:first + " + size +
         "]\n    batch = {name: rows[chosen] for name, rows in data.items()}\n";
}

}  // namespace

std::string pytorch_training(const Experiment& experiment) {
  const Timeline& timeline = experiment.timeline();
  const Training& training = timeline.training();
  const Batches& batches = timeline.batches();
  const bool loops = batches.uses_mini_batches();
  const std::string words = training_words(timeline);
  std::string text = training.shuffle && loops ? shuffled_part(training.seed) : "";
  text += "def train(epochs):\n";
  text += "    \"\"\"" + (words.empty() ? "Gradient descent on all samples" : words) + ".\"\"\"\n";
  text += "    data, test = tensors(TRAIN), tensors(TEST)\n";
  text += indented(pulled_parameters(timeline), 4);
  text += "    optimizer = " + optimizer_call(training) + "\n";
  text +=
      "    for parameter in parameters:\n        parameter.grad = torch.zeros_like(parameter)\n";
  if (training.accumulate > 1) text += "    passes = 0\n";
  text += "    print(\"epoch,train_loss,test_loss\")\n";
  text += "    for epoch in range(epochs + 1):\n";
  text += "        if epoch > 0:\n";
  text += indented(loops ? batches_of(batches, training.shuffle) : "batch = data\n", 12);
  text += indented(pass_of(training), loops ? 16 : 12);
  text += "        print(f\"{epoch},{loss_of(data)},{loss_of(test) if test else ''}\")\n";
  return text;
}

}  // namespace backstep
