#include "core/runs/fitted_network.h"

#include <span>

namespace backstep {

namespace {

bool is_squared_error(const std::string& loss) { return loss == "half_mse" || loss == "mse"; }

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
  if (samples.kind == TargetKind::numbers) {
    if (!is_squared_error(network.loss)) network = with_loss(network, "half_mse");
    return with_output(network, "linear");
  }
  // Several classes are columns of 0 and 1 that rule one another out.
  if (samples.classes > 2)
    return is_squared_error(network.loss) && network.output != "linear"
               ? network
               : with_loss(network, "cross_entropy");
  if (network.loss == "cross_entropy") network = with_loss(network, "half_mse");
  return is_squared_error(network.loss) && network.output == "linear" ? with_output(network, "tanh")
                                                                      : network;
}

}  // namespace backstep
