// How the exported script trains: the settings of the session, one by one, as
// torch.optim has them.
#include <array>

#include "app/draw/numbers.h"
#include "app/explain/training_words.h"
#include "app/export/pytorch.h"

namespace backstep {

namespace {

// The call that makes the optimizer.
std::string optimizer_call(const Training& training) {
  struct Row {
    const char *optimizer, *call;
  };
  static constexpr std::array<Row, 7> rows = {{
      {"sgd", "SGD(parameters, lr={rate}"},
      {"momentum", "SGD(parameters, lr={rate}, momentum={momentum}"},
      {"nesterov", "SGD(parameters, lr={rate}, momentum={momentum}, nesterov=True"},
      {"rmsprop", "RMSprop(parameters, lr={rate}"},
      {"adagrad", "Adagrad(parameters, lr={rate}"},
      {"adam", "Adam(parameters, lr={rate}"},
      {"adamw", "AdamW(parameters, lr={rate}"},
  }};
  std::string name = training.optimizer;
  if (name == "nesterov" && training.momentum == 0) name = "sgd";  // PyTorch refuses it
  const Words words = {{"rate", exact_number(training.learning_rate)},
                       {"momentum", exact_number(training.momentum)}};
  for (const Row& row : rows)
    if (name == row.optimizer) {
      const bool decays = training.weight_decay != 0 || name == "adamw";  // AdamW decays unasked
      return "torch.optim." + fill_in(row.call, words) +
             (decays ? ", weight_decay=" + exact_number(training.weight_decay) : "") + ")";
    }
  return "";
}

// What is done to the gradients between the backward pass and the step.
std::string before_step(const Training& training) {
  std::string text;
  if (training.clip_norm > 0)
    text +=
        "torch.nn.utils.clip_grad_norm_(parameters, " + exact_number(training.clip_norm) + ")\n";
  if (training.clip_value > 0)
    text +=
        "torch.nn.utils.clip_grad_value_(parameters, " + exact_number(training.clip_value) + ")\n";
  if (training.l1 != 0)
    text += "for parameter in parameters:\n    parameter.grad += " + exact_number(training.l1) +
            " * parameter.detach().sign()\n";
  return text;
}

std::string step_of(const Training& training) {
  const std::string before = before_step(training);
  if (training.zero_gradients)
    return before + "optimizer.step()\noptimizer.zero_grad(set_to_none=False)\n";
  if (before.empty()) return "optimizer.step()  # gradients are never zeroed\n";
  return "added_up = [parameter.grad.clone() for parameter in parameters]\n" + before +
         "optimizer.step()\n"
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

// One pass, and an update where it is time.
std::string pass_of(const Training& training) {
  const bool adds_up = training.accumulate > 1;
  const std::string passes = std::to_string(training.accumulate);
  return std::string("loss, _ = run(batch)\n") +
         (adds_up ? "(loss / " + passes + ").backward()\n" : "loss.backward()\n") +
         (adds_up ? "passes += 1\nif passes % " + passes + " == 0:\n" : "") +
         indented(step_of(training), adds_up ? 4 : 0);
}

// The loop over the batches of one epoch.
std::string batches_of(const Batches& batches, bool shuffle) {
  if (!batches.dealt()) return "";
  const std::string rows = std::to_string(batches.samples()),
                    size = std::to_string(batches.batch_size());
  const std::string last = std::to_string(batches.samples() - batches.batch_size() + 1);
  return (shuffle ? "order = torch.randperm(" + rows + ")  # PyTorch's own order, not Backstep's\n"
                  : "order = torch.arange(" + rows + ")\n") +
         "for first in range(0, " + last + ", " + size + "):\n" +
         "    chosen = order[first:first + " + size +
         "]\n    batch = {name: rows[chosen] for name, rows in data.items()}\n";
}

}  // namespace

std::string pytorch_training(const Experiment& experiment) {
  const Timeline& timeline = experiment.timeline();
  const Training& training = timeline.training();
  const Batches& batches = timeline.batches();
  const bool loops = batches.dealt();
  const std::string words = training_words(timeline);
  std::string text = "def train(epochs):\n";
  text += "    \"\"\"" + (words.empty() ? "Gradient descent on all samples" : words) + ".\"\"\"\n";
  text += "    data, test = tensors(TRAIN), tensors(TEST)\n";
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
