#include "core/runs/fitted_network.h"

#include <span>

namespace backstep {

namespace {

using Targets = LossTraits::Targets;

bool has_targets(const Network& network, Targets targets) {
  return loss_traits(network.loss).targets == targets;
}

Network with_loss_for(Network network, Targets targets) {
  return with_loss(std::move(network), losses_for(targets).front());
}

template <typename Set>
Network first_right(const Network& network, std::span<const char* const> words, Set set) {
  for (const char* word : words) {
    Network tried = network;
    set(tried, word);
    if (mistake_in(tried).empty()) return tried;
  }
  return network;
}

}  // namespace

Network with_loss(Network network, const std::string& loss) {
  network.loss = loss;
  if (mistake_in(network).empty()) return network;
  return first_right(network, all_outputs(), [](Network& n, const char* w) { n.output = w; });
}

Network with_output(Network network, const std::string& output) {
  network.output = output;
  if (mistake_in(network).empty()) return network;
  return first_right(network, all_losses(), [](Network& n, const char* w) { n.loss = w; });
}

Network fitted(Network network, const Samples& samples) {
  const bool learns_numbers = has_targets(network, Targets::numbers);
  if (samples.kind == TargetKind::numbers) {
    if (!learns_numbers) network = with_loss_for(std::move(network), Targets::numbers);
    return with_output(network, "linear");
  }
  // With several classes, each has a column of its own, and one of them is 1.
  if (samples.classes > 2)
    return learns_numbers && network.output != "linear"
               ? network
               : with_loss_for(std::move(network), Targets::one_hot);
  if (has_targets(network, Targets::one_hot))
    network = with_loss_for(std::move(network), Targets::numbers);
  return has_targets(network, Targets::numbers) && network.output == "linear"
             ? with_output(network, "tanh")
             : network;
}

}  // namespace backstep
